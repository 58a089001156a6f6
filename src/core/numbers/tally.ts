// What one item adds to the counts of its day, branch and source; the same words whether it is counted once or anew.
import { type DeskItem, weekday } from "../desk/index.ts";

/** Columns of a day's counts. */
export const TALLY_COLUMNS = [
  "items",
  "x1",
  "x2",
  "x3",
  "x4",
  "x5",
  "asked",
  "asked_answered",
  "worded",
  "given",
  "no_reaction",
  "delivered",
  "outdated",
  "open",
  "promos",
  "promo_minor",
] as const;

/** One of TALLY_COLUMNS. */
export type TallyColumn = (typeof TALLY_COLUMNS)[number];

/** Counts by column. */
export type TallyCounts = Readonly<Record<TallyColumn, number>>;

/** An item with what counting needs besides. */
export interface CountedItem
  extends Pick<
    DeskItem,
    | "source"
    | "branchId"
    | "day"
    | "rating"
    | "comment"
    | "preset"
    | "state"
    | "answer"
    | "totalMinor"
    | "lateMs"
    | "topics"
  > {
  /** Number of the item. */
  readonly seq: number;
  /** The channel asked for a rating. */
  readonly wasAsked: boolean;
  readonly promoPercent: number | null;
  /** Hour of the order on the branch's clock, 0 to 23; null: not known. */
  readonly hour: number | null;
}

/** Nothing. */
export const NO_TALLY: TallyCounts = Object.freeze(
  Object.fromEntries(TALLY_COLUMNS.map((column) => [column, 0])) as Record<TallyColumn, number>,
);

/** What the item adds to its day. */
export function tallyOf(item: CountedItem): TallyCounts {
  const is = (condition: boolean): number => (condition ? 1 : 0);
  const isGiven = item.state !== "asked";
  const isPromo = item.answer === "delivered" && item.promoPercent !== null;
  const total = item.totalMinor ?? 0;
  return {
    items: 1,
    x1: is(item.rating === 1),
    x2: is(item.rating === 2),
    x3: is(item.rating === 3),
    x4: is(item.rating === 4),
    x5: is(item.rating === 5),
    asked: is(item.wasAsked),
    asked_answered: is(item.wasAsked && item.rating !== null),
    worded: is(item.comment !== null || item.preset !== null),
    given: is(isGiven),
    no_reaction: is(item.state === "no_reaction"),
    delivered: is(item.answer === "delivered"),
    outdated: is(item.answer === "outdated"),
    open: is(item.state === "new" || item.state === "in_progress" || item.state === "waiting"),
    promos: is(isPromo),
    promo_minor: isPromo ? Math.floor((total * (item.promoPercent as number)) / 100) : 0,
  };
}

/** Longest time on the way that is told apart, minutes. */
export const LATE_MOST = 240;

/** A count of a month: of hours of the week, minutes on the way, topics. */
export interface PartCount {
  readonly kind: "hour" | "late" | "topic";
  /** Weekday from 1 times 24 plus hour; minutes; topic. */
  readonly word: string;
  readonly of: number;
  readonly low: number;
}

/** What the item adds to its month. Hours and minutes count ratings, topics count items. */
export function partsOf(item: CountedItem): PartCount[] {
  const low = item.rating !== null && item.rating <= 2 ? 1 : 0;
  const parts: PartCount[] = [];
  if (item.rating !== null && item.hour !== null) {
    parts.push({ kind: "hour", word: String(weekday(item.day) * 24 + item.hour), of: 1, low });
  }
  if (item.rating !== null && item.lateMs !== null) {
    const minute = Math.min(LATE_MOST, Math.floor(item.lateMs / 60_000));
    parts.push({ kind: "late", word: String(minute), of: 1, low });
  }
  for (const topic of item.topics) parts.push({ kind: "topic", word: topic, of: 1, low });
  return parts;
}
