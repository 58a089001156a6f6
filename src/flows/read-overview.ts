// The front page: today beside the same day of last week up to the same time of day, each number with the list that explains it.

import { instant } from "../core/basics/index.ts";
import { addDays, dayOfEpoch, keptToBranches, writeDay } from "../core/desk/index.ts";
import { CALL_BOUNDS_MS, callPercentile, type MeanNumber, meanOf } from "../core/numbers/index.ts";
import {
  countCarts,
  HOUR_MS,
  hourCounts,
  outletCartHours,
  sumOrders,
  type Tx,
  talliesOf,
} from "../storage/index.ts";
import { clockOf } from "./desk-policy.ts";
import {
  type Attention,
  type AttentionTerms,
  findAttention,
  type ListLink,
  type OverviewReader,
} from "./find-attention.ts";
import { readDeskFilter } from "./find-desk.ts";
import type { House } from "./house.ts";
import { starsIn } from "./numbers-parts.ts";
import { pointsLiability, pointsTurnover } from "./report-points.ts";
import type { RuleShelf } from "./rule-shelf.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;
/** Hours of calls that are told. */
const CALL_HOURS = 24;

/** A stretch of time, ms; `until` exclusive. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** A number of today and of the same day last week, with the calls that list what was counted. */
export interface Figure {
  readonly today: number;
  readonly before: number;
  readonly link: ListLink;
  readonly linkBefore: ListLink;
}

/** Ratings of a source; no mean where the data do not bear one. */
export interface RatedSource {
  readonly source: string;
  readonly today: MeanNumber;
  readonly before: MeanNumber;
  readonly link: ListLink;
}

/** Calls of vendors in an hour. */
export interface CallHour {
  readonly at: number;
  readonly calls: number;
  /** Answered 4xx, and 5xx. */
  readonly refusals: number;
  readonly faults: number;
  readonly p95Ms: number | null;
}

/** The front page; parts that the reader may not see are null. */
export interface Overview {
  readonly at: number;
  readonly day: string;
  readonly today: Span;
  readonly before: Span;
  readonly carts:
    | (Figure & { readonly hours: readonly { at: number; today: number; before: number }[] })
    | null;
  readonly orders: {
    readonly count: Figure;
    readonly totalMinor: Figure;
    readonly discountMinor: Figure;
  } | null;
  readonly points: { readonly issued: Figure; readonly redeemed: Figure } | null;
  readonly liability: { readonly points: number; readonly minor: number | null } | null;
  readonly ratings: readonly RatedSource[] | null;
  readonly calls: readonly CallHour[];
  readonly attention: readonly Attention[];
}

/** Outlets that the reader is set on; null: all. */
type Stores = OverviewReader["stores"];

/** Reads it. */
export async function readOverview(
  house: House,
  rules: RuleShelf,
  terms: AttentionTerms,
  reader: OverviewReader,
): Promise<Overview> {
  const { mayRead, stores } = reader;
  const now = house.now();
  const clock = clockOf(house, null);
  const { day, minute } = clock.wallClock(now);
  const from = clock.instantOf(day * DAY);
  // By the clock on the wall, not by hours since midnight: the two differ on the days when clocks are changed.
  const sameTime = (day - 7) * DAY + minute * MINUTE + (now % MINUTE);
  const today = { from, until: now };
  const before = { from: clock.instantOf((day - 7) * DAY), until: clock.instantOf(sameTime) };
  const shelved = await rules.current();
  const date = dayOfEpoch(day);
  const read = await house.database.read(async (tx) => ({
    carts: mayRead("calculations") ? await cartsOf(tx, today, before, stores) : null,
    orders: mayRead("orders") ? await ordersOf(tx, today, before, stores) : null,
    ratings: mayRead("feedback") ? await ratingsOf({ tx, house, stores }, date, before.until) : null,
    calls: stores === null ? await callsOf(tx, now) : [],
  }));
  const mayReadPoints = stores === null && mayRead("loyalty");
  const owed = mayReadPoints
    ? await pointsLiability(house, null, shelved.programme?.pointValueMinor ?? null)
    : null;
  return {
    at: now,
    day: writeDay(date),
    today,
    before,
    ...read,
    points: mayReadPoints ? await pointsOf(house, today, before) : null,
    liability: owed === null ? null : { points: owed.total, minor: owed.totalMinor },
    attention: await findAttention(house, shelved, terms, reader),
  };
}

function linkTo(operation: string, { from, until }: Span): ListLink {
  const query = { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
  return { operation, params: {}, query };
}

function figure(
  [today, before]: readonly [number, number],
  operation: string,
  spans: readonly [Span, Span],
): Figure {
  return {
    today,
    before,
    link: linkTo(operation, spans[0]),
    linkBefore: linkTo(operation, spans[1]),
  };
}

async function cartsOf(
  tx: Tx,
  today: Span,
  before: Span,
  stores: Stores,
): Promise<NonNullable<Overview["carts"]>> {
  const count = async ({ from, until }: Span): Promise<number> =>
    stores === null
      ? countCarts(tx, from, until)
      : [...(await outletCartHours(tx, stores, { from, until })).values()].reduce((sum, one) => sum + one, 0);
  const counts = [await count(today), await count(before)] as const;
  const starts = [today, before].map(({ from }) => Math.floor(from / HOUR_MS)) as [number, number];
  const [ours, theirs] = [await perHour(tx, starts[0], stores), await perHour(tx, starts[1], stores)];
  const hours = Array.from({ length: CALL_HOURS }, (_, hour) => ({
    at: (starts[0] + hour) * HOUR_MS,
    today: ours.get(starts[0] + hour) ?? 0,
    before: theirs.get(starts[1] + hour) ?? 0,
  }));
  return { ...figure(counts, "listCalculations", [today, before]), hours };
}

async function perHour(tx: Tx, first: number, stores: Stores): Promise<ReadonlyMap<number, number>> {
  if (stores !== null) {
    const span = { from: first * HOUR_MS, until: (first + CALL_HOURS) * HOUR_MS };
    return outletCartHours(tx, stores, span);
  }
  const found = new Map<number, number>();
  for (const { hour, amount } of await hourCounts(tx, "carts", first, first + CALL_HOURS))
    found.set(hour, (found.get(hour) ?? 0) + amount);
  return found;
}

async function ordersOf(
  tx: Tx,
  today: Span,
  before: Span,
  stores: Stores,
): Promise<NonNullable<Overview["orders"]>> {
  const ours = await sumOrders(tx, today.from, today.until, stores);
  const theirs = await sumOrders(tx, before.from, before.until, stores);
  const of = (name: keyof typeof ours) => figure([ours[name], theirs[name]], "listOrders", [today, before]);
  return { count: of("count"), totalMinor: of("totalMinor"), discountMinor: of("discountMinor") };
}

async function pointsOf(house: House, today: Span, before: Span): Promise<NonNullable<Overview["points"]>> {
  const of = async ({ from, until }: Span) => {
    const [row] = from < until ? await pointsTurnover(house, [instant(from), instant(until)]) : [];
    return { issued: row?.issued ?? 0, redeemed: row?.redeemed ?? 0 };
  };
  const [ours, theirs] = [await of(today), await of(before)];
  const spans = [today, before] as const;
  return {
    issued: figure([ours.issued, theirs.issued], "listLedgerEntries", spans),
    redeemed: figure([ours.redeemed, theirs.redeemed], "listLedgerEntries", spans),
  };
}

async function ratingsOf(
  { tx, house, stores }: { readonly tx: Tx; readonly house: House; readonly stores: Stores },
  day: number,
  until: number,
): Promise<readonly RatedSource[]> {
  const textOf = (date: number): string => `day:${writeDay(date)} has:rating`;
  const filterOf = (text: string) => {
    const read = readDeskFilter(house, text, { me: "", zone: null });
    if (read.kind === "refused") throw new TypeError("the front page cannot read its own filter");
    return keptToBranches(read.filter, stores);
  };
  const lastWeek = [
    ...filterOf(textOf(addDays(day, -7))),
    { isNot: false, test: { kind: "range", field: "received", from: null, to: until - 1 } },
  ] as const;
  const ours = await talliesOf(tx, filterOf(textOf(day)), "source");
  const theirs = await talliesOf(tx, lastWeek, "source");
  const meanIn = (slices: typeof ours, source: string): MeanNumber => {
    const found = slices.find((slice) => slice.source === source);
    return meanOf(found === undefined ? [0, 0, 0, 0, 0] : starsIn(found.counts), null);
  };
  const sources = [...new Set([...ours, ...theirs].map(({ source }) => source))].sort();
  return sources.map((source) => ({
    source,
    today: meanIn(ours, source),
    before: meanIn(theirs, source),
    link: {
      operation: "listDeskItems",
      params: {},
      query: { filter: `${textOf(day)} source:${source}` },
    },
  }));
}

async function callsOf(tx: Tx, now: number): Promise<readonly CallHour[]> {
  const end = Math.floor(now / HOUR_MS) + 1;
  const first = end - CALL_HOURS;
  const [calls, faults, refusals] = [
    await hourCounts(tx, "calls", first, end),
    await hourCounts(tx, "faults", first, end),
    await hourCounts(tx, "refusals", first, end),
  ];
  const isOfVendor = (part: string): boolean => !/^(api|none)\b/.test(part);
  const sum = (tallies: typeof calls, hour: number): number =>
    tallies
      .filter((tally) => tally.hour === hour && isOfVendor(tally.part))
      .reduce((total, { amount }) => total + amount, 0);
  return Array.from({ length: CALL_HOURS }, (_, index) => {
    const hour = first + index;
    const counts = Array.from({ length: CALL_BOUNDS_MS.length + 1 }, () => 0);
    for (const { hour: of, part, amount } of calls) {
      const bucket = Number(part.slice(part.lastIndexOf(" ") + 1));
      if (of === hour && isOfVendor(part)) counts[bucket] = (counts[bucket] ?? 0) + amount;
    }
    return {
      at: hour * HOUR_MS,
      calls: sum(calls, hour),
      refusals: sum(refusals, hour),
      faults: sum(faults, hour),
      p95Ms: callPercentile(counts, 0.95),
    };
  });
}
