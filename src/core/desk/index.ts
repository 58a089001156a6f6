// The door of the desk: what an item is, and the one filter that finds it.
export {
  ANSWER_STATES,
  type AnswerCallEnd,
  type AnswerState,
  type AttemptWord,
  givesBack,
  isHolding,
  isPromoPercent,
  isUndoable,
  NOT_SENDABLE,
  stepAfter,
  UNDO_MS,
  wordOfAnswer,
  wordOfCall,
} from "./answer.ts";
export {
  type AnswerRemark,
  type AnswerSubject,
  checkAnswer,
  keptBackBy,
} from "./answer-checks.ts";
export { type LearnedDeadline, learnDeadline, timeEnds, timeLeft } from "./answer-deadline.ts";
export {
  type AnswerPolicy,
  type AnswerRole,
  needsApproval,
  type PromoBudget,
  promoCost,
  USUAL_POLICY,
  whyNotApprove,
} from "./answer-policy.ts";
export {
  type AnswerTemplate,
  promoText,
  renderTemplate,
  suits,
  type TemplateLanguage,
  unknownVariables,
} from "./answer-template.ts";
export { sameTextKey } from "./answer-text.ts";
export {
  addDays,
  type Days,
  dayOfEpoch,
  daysBetween,
  readDay,
  weekday,
  writeDay,
} from "./day.ts";
export {
  type Condition,
  type Filter,
  type FilterTest,
  type Having,
  isMatch,
  type RangeField,
  type WordField,
} from "./filter.ts";
export {
  type FilterContext,
  type FilterProblem,
  readFilter,
} from "./filter-reading.ts";
export { keptToBranches } from "./filter-stores.ts";
export {
  ANSWER_WORDS,
  type AnswerWord,
  APPEALS,
  type Appeal,
  DESK_SOURCES,
  DESK_STATES,
  type DeskItem,
  type DeskSource,
  type DeskState,
} from "./item.ts";
export { masked } from "./masking.ts";
export { isMailbox, isTelegramChat } from "./notice-address.ts";
export { itemNoticeText, type NoticePart, noticesText } from "./notice-text.ts";
export { type NoticeEnd, type NoticeStep, stepAfterNotice } from "./notice-tries.ts";
export {
  COLLAPSE,
  type Notice,
  type NoticePlan,
  planNotices,
  type QuietHours,
  type SentMessage,
} from "./notices.ts";
export {
  type DeskClock,
  dueAfter,
  minutesDue,
  type SlaRule,
  type SlaSubject,
  USUAL_HOURS,
  USUAL_SLA,
  type WorkingHours,
  workingMinutes,
} from "./sla.ts";
export { sourceName } from "./source-name.ts";
export { suggestTopics, TOPIC_HINTS, type TopicHint } from "./topic-hints.ts";
export {
  decideAll,
  isOpenState,
  OPEN_STATES,
  type RefusedWork,
  type WorkChange,
  type WorkPatch,
} from "./work.ts";
