// The door of the numbers: what may be said of ratings and of the work on them, and what may not.
export { alarmText, digestLines, type NoticeLanguage } from "./alarm-text.ts";
export { CALL_BOUNDS_MS, callBucket, callPercentile } from "./call-times.ts";
export {
  type Digest,
  type DigestComment,
  type DigestWeek,
  digestOf,
  pickComments,
} from "./digest.ts";
export {
  type DishOdds,
  type DishStratum,
  dishAssociations,
  stratifiedOdds,
} from "./dishes.ts";
export {
  discoveries,
  excessOf,
  expectedTopics,
  type TopicExcess,
  topicExcesses,
} from "./excess.ts";
export {
  bucketOf,
  decileEdges,
  type LateBucket,
  lateBuckets,
  slowerThan,
} from "./lateness.ts";
export { type QueueValue, queueOrder, queueValue } from "./queue.ts";
export { type FunnelLimits, funnelLimits, type Rank, ranksOf } from "./ranking.ts";
export {
  type AskDay,
  biasBound,
  isResponseShift,
  maturityLag,
  type ResponseNumber,
  responseOf,
} from "./response.ts";
export {
  type Change,
  changeOf,
  type Interval,
  newcombe,
  type ShareNumber,
  shareOf,
  wilson,
} from "./share.ts";
export { binomialTail, poissonTail, tQuantile95 } from "./special.ts";
export {
  addStars,
  countOf,
  lowShare,
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
  partsOf,
  TALLY_COLUMNS,
  type TallyColumn,
  type TallyCounts,
  tallyOf,
} from "./tally.ts";
export { alarmSteps, meanRunLength, oddsOf, Thresholds, thresholdFor } from "./threshold.ts";
export {
  BASELINE,
  baselineBefore,
  type TrendAlarm,
  type WatchDay,
  type WatchState,
  type WatchTerms,
  watchDay,
  watchOn,
} from "./watch.ts";
export { lastStars, type StarDay, type WeightedShare, weightedLow, windowStars } from "./windows.ts";
export {
  answerRate,
  inTimeShare,
  type LowRater,
  type Recovery,
  recoveryOf,
  type Spread,
  spreadOf,
} from "./work-numbers.ts";
