// The door of feedback.
export {
  decideRating,
  isRatingRequired,
  type OnAsked,
  type RatingDecision,
  type RatingGiven,
  type RatingState,
} from "./rating.ts";
