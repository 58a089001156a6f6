// The weekly digest: at most seven lines, of changes only those that luck hardly makes, and "nothing unusual" is a good answer.
import { discoveries, EXCESS, excessOf, type TopicCount } from "./excess.ts";
import { type Interval, newcombe, shareOf } from "./share.ts";
import { poissonTail } from "./special.ts";
import { addStars, countOf, NO_STARS, type Stars } from "./stars.ts";
import type { TrendAlarm } from "./watch.ts";

/** Most changes and comments; with the first line seven lines. */
export const DIGEST_LIMITS = { changes: 3, comments: 3 } as const;

/** Two-sided 99.8 %: a digest looks at several numbers every week of the year. */
const Z_DIGEST = 3.090_232_306_167_813;

/** Share of false ones among the topics of a digest. */
const TOPIC_RATE = 0.02;

/** A comment that may be shown; its text is masked before it goes out. */
export interface DigestComment {
  readonly id: string;
  readonly branch: string | null;
  readonly rating: number | null;
  readonly text: string;
  /** Its distinct words as search sees them. */
  readonly stems: readonly string[];
  readonly topics: number;
}

/** A week as the digest looks at it. */
export interface DigestWeek {
  /** Alarms that began in it. */
  readonly alarms: readonly {
    readonly branch: string | null;
    readonly source: string;
    readonly alarm: TrendAlarm;
  }[];
  /** Ratings of the week and of the eight weeks before, never pooled over sources. */
  readonly sources: readonly { readonly source: string; readonly before: Stars; readonly week: Stars }[];
  readonly topics: readonly TopicCount[];
  readonly comments: readonly DigestComment[];
  /** The week before brought nothing either. */
  readonly wasSilent: boolean;
}

/** A change that is worth a line. */
export type DigestChange =
  | {
      readonly kind: "alarm";
      readonly branch: string | null;
      readonly source: string;
      readonly alarm: TrendAlarm;
    }
  | {
      readonly kind: "low_share";
      readonly source: string;
      readonly direction: "up" | "down";
      readonly before: number;
      readonly after: number;
      readonly interval: Interval;
    }
  | {
      readonly kind: "topic";
      readonly branch: string | null;
      readonly topic: string;
      readonly observed: number;
      readonly expected: number;
    };

/** The digest. "silent": nothing came, said once; "paused": nothing came again, so nothing is sent. */
export type Digest =
  | { readonly kind: "paused" }
  | { readonly kind: "silent" }
  | {
      readonly kind: "digest";
      readonly ratings: number;
      readonly low: number;
      /** Empty: nothing unusual. */
      readonly changes: readonly DigestChange[];
      readonly comments: readonly DigestComment[];
    };

/** Makes the digest of a week. */
export function digestOf(week: DigestWeek): Digest {
  const all = week.sources.reduce((sum, each) => addStars(sum, each.week), NO_STARS);
  if (countOf(all) === 0) return { kind: week.wasSilent ? "paused" : "silent" };
  const changes: DigestChange[] = [
    ...[...week.alarms]
      .sort((left, right) => right.alarm.odds - left.alarm.odds)
      .map((each) => ({ kind: "alarm" as const, ...each })),
    ...week.sources.flatMap(lowChange),
    ...topicChanges(week.topics),
  ];
  return {
    kind: "digest",
    ratings: countOf(all),
    low: all[0] + all[1],
    changes: changes.slice(0, DIGEST_LIMITS.changes),
    comments: pickComments(week.comments),
  };
}

function lowChange({ source, before, week }: DigestWeek["sources"][number]): DigestChange[] {
  const sizes = [
    { count: before[0] + before[1], of: countOf(before) },
    { count: week[0] + week[1], of: countOf(week) },
  ] as const;
  // What no tile would tell as a share, no digest tells as a change.
  if (sizes.some(({ count, of }) => shareOf(count, of).kind !== "share")) return [];
  const interval = newcombe(sizes[0], sizes[1], Z_DIGEST);
  if (interval.low <= 0 && interval.high >= 0) return [];
  return [
    {
      kind: "low_share",
      source,
      direction: interval.low > 0 ? "up" : "down",
      before: sizes[0].count / sizes[0].of,
      after: sizes[1].count / sizes[1].of,
      interval,
    },
  ];
}

function topicChanges(topics: readonly TopicCount[]): DigestChange[] {
  const stand = discoveries(
    topics.map(({ observed, expected }) => poissonTail(observed, expected)),
    TOPIC_RATE,
  );
  return topics
    .filter(({ observed, expected }, index) => {
      const isMuch = observed >= EXCESS.least && excessOf(observed, expected).bound > EXCESS.bound;
      return stand[index] && isMuch;
    })
    .sort((left, right) => right.observed / right.expected - left.observed / left.expected)
    .map((topic) => ({ kind: "topic" as const, ...topic }));
}

/** Fewest distinct words of a comment that tells something. */
const WORDS_LEAST = 4;

/** Words beyond this many tell no more. */
const WORDS_MOST = 30;

/** The comments that tell most: many words that the picked ones do not have, low ratings and topics first. */
export function pickComments(comments: readonly DigestComment[]): DigestComment[] {
  const picked: DigestComment[] = [];
  const told = new Set<string>();
  const left = comments.filter(({ stems }) => new Set(stems).size >= WORDS_LEAST);
  while (picked.length < DIGEST_LIMITS.comments && left.length > 0) {
    const worth = (comment: DigestComment): number => {
      const fresh = [...new Set(comment.stems)].filter((stem) => !told.has(stem)).length;
      if (fresh < WORDS_LEAST) return 0;
      const isLow = comment.rating !== null && comment.rating <= 2;
      return Math.min(WORDS_MOST, fresh) + (isLow ? 10 : 0) + 3 * comment.topics;
    };
    left.sort((one, other) => worth(other) - worth(one) || (one.id < other.id ? -1 : 1));
    const best = left.shift() as DigestComment;
    if (worth(best) === 0) break;
    picked.push(best);
    for (const stem of best.stems) told.add(stem);
  }
  return picked;
}
