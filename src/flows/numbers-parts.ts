// Parts of the dashboard: counts of storage become numbers of the core, of which those that are not borne have no value.
import { addDays, type Days, daysBetween, type Filter } from "../core/desk/index.ts";
import {
  type AskDay,
  answerRate,
  biasBound,
  bucketOf,
  type Change,
  changeOf,
  countOf,
  type DishOdds,
  decileEdges,
  dishAssociations,
  expectedTopics,
  type FunnelLimits,
  type Interval,
  isResponseShift,
  type LateBucket,
  lateBuckets,
  lowShare,
  type MeanNumber,
  meanChange,
  meanOf,
  type NetStars,
  type Network,
  netStars,
  type ResponseNumber,
  responseOf,
  type ShareNumber,
  type Stars,
  satisfiedShare,
  shareOf,
  type TallyCounts,
  type TopicExcess,
  topicExcesses,
} from "../core/numbers/index.ts";
import type { DishCount, PartSlice } from "../storage/index.ts";

/** The five tiles and what stands beside them, of one source. */
export interface Tiles {
  readonly stars: Stars;
  readonly mean: MeanNumber;
  readonly satisfied: ShareNumber;
  readonly low: ShareNumber;
  readonly net: NetStars;
  readonly response: ResponseNumber;
  /** Where the satisfied share of all asked lies; null: not measurable. */
  readonly bias: Interval | null;
  readonly answerRate: ShareNumber;
  readonly worded: ShareNumber;
  readonly open: number;
  readonly promoMinor: number;
}

/** Differences to another slice. */
export interface Changes {
  readonly mean: Change;
  readonly satisfied: Change;
  readonly low: Change;
  readonly response: Change;
  readonly answerRate: Change;
}

/** How a response rate is told. */
export interface ResponseTerms {
  /** False: the filter speaks of what only answers have. */
  readonly isMeasurable: boolean;
  readonly lag: number;
  readonly today: number;
}

/** Stars of counts. */
export function starsIn(counts: TallyCounts): Stars {
  return [counts.x1, counts.x2, counts.x3, counts.x4, counts.x5];
}

/** The tiles of counts; `days` are the asks by day. */
export function tilesOf(
  counts: TallyCounts,
  days: readonly AskDay[],
  network: Network | null,
  terms: ResponseTerms,
): Tiles {
  const stars = starsIn(counts);
  const satisfied = satisfiedShare(stars);
  const response: ResponseNumber = terms.isMeasurable
    ? responseOf(days, terms.lag, terms.today)
    : { kind: "not_measurable" };
  const isBound =
    response.kind === "response" && response.rate.kind === "share" && satisfied.kind === "share";
  return {
    stars,
    mean: meanOf(stars, network),
    satisfied,
    low: lowShare(stars),
    net: netStars(stars),
    response,
    bias: isBound && response.rate.kind === "share" ? biasBound(response.rate.share, satisfied.share) : null,
    answerRate: answerRate({
      given: counts.given,
      noReaction: counts.no_reaction,
      delivered: counts.delivered,
    }),
    worded: shareOf(counts.worded, Math.max(counts.worded, countOf(stars))),
    open: counts.open,
    promoMinor: counts.promo_minor,
  };
}

/** How the second slice differs from the first. */
export function changesOf(before: Tiles, after: Tiles): Changes {
  const rates = [before.response, after.response] as const;
  return {
    mean: meanChange(before.stars, after.stars),
    satisfied: changeOf(before.satisfied, after.satisfied),
    low: changeOf(before.low, after.low),
    response:
      rates[0].kind === "response" && rates[1].kind === "response"
        ? changeOf(rates[0].ripe, rates[1].ripe)
        : { kind: "not_enough" },
    answerRate: changeOf(before.answerRate, after.answerRate),
  };
}

/** What a reader of a change has to know. "response_shift": the share of those who answer has changed by more than five points. */
export type NumberWarning = "response_shift";

/** Warnings of changes; none where nothing is compared. */
export function warningsOf(changes: Changes | null): readonly NumberWarning[] {
  return changes !== null && isResponseShift(changes.response) ? ["response_shift"] : [];
}

/** Ratings of a day with the band that luck alone fills. */
export interface TrendDay {
  readonly day: number;
  readonly of: number;
  readonly low: number;
  readonly mean: MeanNumber;
  readonly band: FunnelLimits | null;
}

/** The days of a source, with what the period is to be read with. */
export interface TrendNumbers {
  readonly source: string;
  readonly warnings: readonly NumberWarning[];
  readonly days: readonly TrendDay[];
}

/** The equally long period before; null where the filter's days have no beginning or end. */
export function daysBefore({ from, to }: Days): Days {
  const length = daysBetween(from, to) + 1;
  return { from: addDays(from, -length), to: addDays(from, -1) };
}

/** Days of a filter, both ends told; null: it leaves one open, or denies days. */
export function daysOfFilter(filter: Filter): Days | null {
  let from: number | null = null;
  let to: number | null = null;
  for (const { isNot, test } of filter) {
    if (test.kind !== "range" || test.field !== "day") continue;
    if (isNot) return null;
    if (test.from !== null) from = from === null ? test.from : Math.max(from, test.from);
    if (test.to !== null) to = to === null ? test.to : Math.min(to, test.to);
  }
  return from === null || to === null || from > to ? null : { from, to };
}

/** The filter over other days. */
export function withDays(filter: Filter, { from, to }: Days): Filter {
  return [
    ...filter.filter(({ test }) => test.kind !== "range" || test.field !== "day"),
    { isNot: false, test: { kind: "range", field: "day", from, to } },
  ];
}

/** Whether both who answered and who did not can pass the filter. */
export function asksPass(filter: Filter): boolean {
  return filter.every(({ test }) => {
    if (test.kind === "word") return test.field === "source" || test.field === "branch";
    if (test.kind === "range") return test.field !== "rating";
    if (test.kind === "has") return test.what === "branch" || test.what === "dishes";
    return test.kind === "order" || test.kind === "dish";
  });
}

/** An hour of the week; cells of fewer than ten ratings have no share. */
export type HeatCell =
  | {
      readonly kind: "share";
      readonly weekday: number;
      readonly hour: number;
      readonly of: number;
      readonly low: number;
    }
  | { readonly kind: "not_enough"; readonly weekday: number; readonly hour: number };

/** Fewest ratings of a cell that is shown. */
export const CELL_LEAST = 10;

/** Hours of the week. */
export function heatOf(parts: readonly PartSlice[]): HeatCell[] {
  return parts
    .map(({ word, of, low }) => ({ at: Number(word), of, low }))
    .sort((left, right) => left.at - right.at)
    .map(({ at, of, low }) => {
      const cell = { weekday: Math.floor(at / 24), hour: at % 24 };
      return of < CELL_LEAST ? { kind: "not_enough", ...cell } : { kind: "share", ...cell, of, low };
    });
}

/** Topics of branches against what their share of the feedback leads to expect; of `words` by branch. */
export function topicsOf(
  parts: readonly PartSlice[],
  words: ReadonlyMap<string | null, number>,
): readonly TopicExcess[] {
  const slices = [...words].map(([branch, of]) => ({
    branch,
    of,
    topics: new Map(parts.filter(({ branchId }) => branchId === branch).map((part) => [part.word, part.of])),
  }));
  return topicExcesses(expectedTopics(slices.filter(({ of }) => of > 0))).filter(
    ({ observed }) => observed > 0,
  );
}

/** Lateness of one branch or of all. */
export function lateOf(parts: readonly PartSlice[]): readonly LateBucket[] {
  return lateBuckets(parts.map(({ word, of, low }) => ({ minute: Number(word), of, low })));
}

/** A dish with its odds. */
export interface DishNumber {
  readonly dish: number;
  readonly odds: DishOdds;
}

/** Odds of the dishes, stratified by branch and by the branch's own tenths of lateness. */
export function dishesOf(counts: readonly DishCount[]): DishNumber[] {
  const byDish = Map.groupBy(counts, ({ dish }) => dish);
  const all = byDish.get(null) ?? [];
  byDish.delete(null);
  const edges = new Map<string | null, readonly number[]>();
  for (const [branchId, own] of Map.groupBy(all, (each) => each.branchId)) {
    const minutes = own.flatMap(({ minute, of, low }) => (minute === null ? [] : [{ minute, of, low }]));
    edges.set(branchId, minutes.length === 0 ? [] : decileEdges(minutes));
  }
  const stratumOf = ({ branchId, minute }: DishCount): string =>
    JSON.stringify([branchId, minute === null ? null : bucketOf(edges.get(branchId) ?? [], minute)]);
  const totals = sumsBy(all, stratumOf);
  const dishes = [...byDish.keys()].filter((dish) => dish !== null);
  const strata = [...byDish.values()].map((own) =>
    [...sumsBy(own, stratumOf)].map(([key, having]) => {
      const total = totals.get(key) ?? having;
      return {
        lowWith: having.low,
        otherWith: having.of - having.low,
        lowWithout: total.low - having.low,
        otherWithout: total.of - total.low - (having.of - having.low),
      };
    }),
  );
  const odds = dishAssociations(strata);
  return dishes.map((dish, index) => ({ dish, odds: odds[index] as DishOdds }));
}

function sumsBy(
  counts: readonly DishCount[],
  keyOf: (count: DishCount) => string,
): Map<string, { of: number; low: number }> {
  const sums = new Map<string, { of: number; low: number }>();
  for (const count of counts) {
    const known = sums.get(keyOf(count)) ?? { of: 0, low: 0 };
    sums.set(keyOf(count), known);
    known.of += count.of;
    known.low += count.low;
  }
  return sums;
}
