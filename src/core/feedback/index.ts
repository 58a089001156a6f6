// The door of feedback: what a delivery says, what it does to the record, what a rating decides.

export {
  canonicalText,
  FEEDBACK_WARNINGS,
  type FeedbackContent,
  type FeedbackWarning,
  type OrderDetails,
  type OrderedItem,
  type OrderedModification,
} from "./content.ts";
export {
  carryOver,
  decideEffect,
  type FeedbackDecision,
  type IncomingFeedback,
  type StoredFeedback,
} from "./decision.ts";
export { type Forgotten, forgetContent, forgetGiven } from "./forgetting.ts";
export { formatMoment, type Moment, parseMoment } from "./moment.ts";
export {
  decideRating,
  isRatingRequired,
  type OnAsked,
  type RatingGiven,
  type RatingState,
} from "./rating.ts";
