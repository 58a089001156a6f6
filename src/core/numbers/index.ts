// The door of the numbers: what may be said of ratings and of the work on them, and what may not.
export { alarmText, digestLines, type NoticeLanguage } from "./alarm-text.ts";
export {
  DIGEST_LIMITS,
  type Digest,
  type DigestChange,
  type DigestComment,
  type DigestWeek,
  digestOf,
  pickComments,
} from "./digest.ts";
export {
  DISH_LEAST,
  type DishOdds,
  type DishStratum,
  dishAssociations,
  stratifiedOdds,
} from "./dishes.ts";
export {
  discoveries,
  EXCESS,
  excessOf,
  expectedTopics,
  type TopicCount,
  type TopicExcess,
  type TopicSlice,
  topicExcesses,
} from "./excess.ts";
export {
  bucketOf,
  decileEdges,
  type LateBucket,
  type LateMinute,
  lateBuckets,
  slowerThan,
} from "./lateness.ts";
export { type QueueItem, type QueueValue, queueOrder, queueValue } from "./queue.ts";
export { type FunnelLimits, funnelLimits, type Rank, type Ranking, ranksOf } from "./ranking.ts";
export { type AskDay, biasBound, LAG, maturityLag, type ResponseNumber, responseOf } from "./response.ts";
export {
  type Change,
  changeOf,
  type Interval,
  judged,
  newcombe,
  type ShareNumber,
  shareOf,
  WIDEST,
  wilson,
} from "./share.ts";
export { binomialTail, poissonTail, tQuantile95 } from "./special.ts";
export {
  addStars,
  countOf,
  lowShare,
  MEAN_LEAST,
  type MeanNumber,
  meanChange,
  meanInterval,
  meanOf,
  type NetStars,
  type Network,
  NO_STARS,
  netStars,
  networkOf,
  plainMean,
  type Stars,
  satisfiedShare,
  shrunkMean,
  shrunkShares,
  varianceOf,
} from "./stars.ts";
export {
  type CountedItem,
  LATE_MOST,
  NO_TALLY,
  type PartCount,
  partsOf,
  TALLY_COLUMNS,
  type TallyColumn,
  type TallyCounts,
  tallyOf,
} from "./tally.ts";
export { alarmSteps, meanRunLength, oddsOf, Thresholds, thresholdFor } from "./threshold.ts";
export {
  BASELINE,
  type Baseline,
  baselineBefore,
  type TrendAlarm,
  type WatchDay,
  type WatchState,
  type WatchTerms,
  watchDay,
  watchOn,
} from "./watch.ts";
export { lastStars, type StarDay, type WeightedShare, WINDOWS, weightedLow, windowStars } from "./windows.ts";
export {
  type AnswerCounts,
  answerRate,
  type DueCohort,
  inTimeShare,
  type LowRater,
  promoCost,
  QUANTILE_LEAST,
  type Recovery,
  recoveryOf,
  type Spread,
  spreadOf,
} from "./work-numbers.ts";
