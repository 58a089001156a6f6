// The dashboard and the comparison: one filter in, numbers out that do not lie about small samples.
import { dayOfEpoch, type Filter } from "../core/desk/index.ts";
import {
  addStars,
  countOf,
  type FunnelLimits,
  funnelLimits,
  maturityLag,
  type Network,
  NO_STARS,
  networkOf,
  type Rank,
  ranksOf,
  shrunkMean,
  TALLY_COLUMNS,
  type TallyCounts,
} from "../core/numbers/index.ts";
import {
  answerLags,
  dishCounts,
  dishNames,
  isTallied,
  partsByFilter,
  type TallySlice,
  type Tx,
  talliesOf,
} from "../storage/index.ts";
import { type BranchWeek, branchKey, branchWeeks } from "./branch-weeks.ts";
import { clockOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import {
  asksPass,
  type Changes,
  changesOf,
  type DishNumber,
  daysBefore,
  daysOfFilter,
  dishesOf,
  type HeatCell,
  heatOf,
  lateOf,
  type NumberWarning,
  starsIn,
  type Tiles,
  type TrendDay,
  type TrendNumbers,
  tilesOf,
  topicsOf,
  warningsOf,
  withDays,
} from "./numbers-parts.ts";
import { type TeamNumbers, teamOf } from "./numbers-team.ts";

/** Parts of the dashboard that cost a read of their own. */
export const SECTIONS = ["trend", "branches", "hours", "lateness", "topics", "dishes", "team"] as const;

/** One of SECTIONS. */
export type Section = (typeof SECTIONS)[number];

/** A branch in the table. */
export interface BranchNumbers {
  readonly source: string;
  readonly branchId: string | null;
  readonly tiles: Tiles;
  /** The mean drawn to the network's; null without ratings. */
  readonly shrunkMean: number | null;
  readonly attention: Rank;
  readonly best: Rank;
  readonly funnel: FunnelLimits | null;
  /** Null: the filter leaves days open, or has more than 100. */
  readonly weeks: readonly BranchWeek[] | null;
}

/** The dashboard; sections that were not asked for are null. */
export interface Dashboard {
  /** True: read from counted days; false: from the items. */
  readonly isTallied: boolean;
  readonly sources: readonly {
    readonly source: string;
    readonly tiles: Tiles;
    /** Against the equally long period before; null where the filter leaves days open. */
    readonly changes: Changes | null;
    readonly warnings: readonly NumberWarning[];
    readonly network: Network;
    readonly maturityDays: number;
  }[];
  readonly trend: readonly TrendNumbers[] | null;
  readonly branches: readonly BranchNumbers[] | null;
  readonly hours: readonly HeatCell[] | null;
  readonly lateness: ReturnType<typeof lateOf> | null;
  readonly topics: ReturnType<typeof topicsOf> | null;
  readonly dishes: readonly (DishNumber & { readonly id: string; readonly name: string })[] | null;
  /** Rated orders that dishes are told of: the latest ones, at most 20,000. */
  readonly dishOrders: number | null;
  readonly team: TeamNumbers | null;
}

/** Reads the dashboard of what the filter finds. */
export function readDashboard(
  house: House,
  filter: Filter,
  sections: readonly Section[],
): Promise<Dashboard> {
  const has = (section: Section): boolean => sections.includes(section);
  return house.database.read(async (tx) => {
    const slices = await slicesOf(tx, house, filter);
    const days = daysOfFilter(filter);
    const before =
      days === null ? null : await slicesOf(tx, house, withDays(filter, daysBefore(days)), slices);
    const dishes = has("dishes") ? await dishesIn(tx, filter) : null;
    const topics = has("topics") ? await partsByFilter(tx, filter, "topic", true) : null;
    const sources = slices.sources.map(({ source, tiles, network, lag }) => {
      const earlier = before?.sources.find((each) => each.source === source)?.tiles;
      const changes = before === null ? null : changesOf(earlier ?? nothing(tiles), tiles);
      return { source, tiles, changes, warnings: warningsOf(changes), network, maturityDays: lag };
    });
    return {
      isTallied: isTallied(filter),
      sources,
      trend: has("trend") ? trendOf(slices, sources) : null,
      branches: has("branches") ? branchesOf(slices, await branchWeeks(tx, filter)) : null,
      hours: has("hours") ? heatOf(await partsByFilter(tx, filter, "hour", false)) : null,
      lateness: has("lateness") ? lateOf(await partsByFilter(tx, filter, "late", false)) : null,
      topics: topics === null ? null : topicsOf(topics, wordsOf(slices)),
      dishes: dishes?.dishes ?? null,
      dishOrders: dishes?.orders ?? null,
      team: has("team")
        ? await teamOf(
            tx,
            filter,
            slices.sources.map(({ counts }) => counts),
            house.now(),
          )
        : null,
    };
  });
}

/** Tiles of two filters, source by source, and how the second differs. */
export interface Comparison {
  readonly source: string;
  readonly first: Tiles;
  readonly second: Tiles;
  readonly changes: Changes;
  readonly warnings: readonly NumberWarning[];
}

/** Compares periods, branches or whatever two filters say. Sources are never pooled. */
export function compareNumbers(house: House, first: Filter, second: Filter): Promise<Comparison[]> {
  return house.database.read(async (tx) => {
    const [one, other] = [await slicesOf(tx, house, first), await slicesOf(tx, house, second)];
    const names = [...new Set([...one.sources, ...other.sources].map(({ source }) => source))].sort();
    return names.flatMap((source) => {
      const left = one.sources.find((each) => each.source === source)?.tiles;
      const right = other.sources.find((each) => each.source === source)?.tiles;
      const known = left ?? right;
      if (known === undefined) return [];
      const [a, b] = [left ?? nothing(known), right ?? nothing(known)];
      const changes = changesOf(a, b);
      return [{ source, first: a, second: b, changes, warnings: warningsOf(changes) }];
    });
  });
}

/** Two sources against each other: who answers differs, so only shares with their response rates beside them. */
interface Slices {
  readonly byDay: readonly TallySlice[];
  readonly byBranch: readonly TallySlice[];
  readonly isMeasurable: boolean;
  readonly today: number;
  readonly sources: readonly {
    readonly source: string;
    readonly counts: TallyCounts;
    readonly tiles: Tiles;
    readonly network: Network;
    readonly lag: number;
  }[];
}

/** Answered asks of which the lag is learned. */
const LAGS = 1000;

/** `known`: what was read of another period; its network and lags serve again, and no branches are read. */
async function slicesOf(tx: Tx, house: House, filter: Filter, known?: Slices): Promise<Slices> {
  const byDay = await talliesOf(tx, filter, "day");
  const byBranch = known === undefined ? await talliesOf(tx, filter, "branch") : [];
  const everywhere = filter.filter(({ test }) => !(test.kind === "word" && test.field === "branch"));
  const all = everywhere.length === filter.length ? byBranch : await talliesOf(tx, everywhere, "branch");
  const today = dayOfEpoch(clockOf(house, null).wallClock(house.now()).day);
  const isMeasurable = asksPass(filter);
  const names = [...new Set(byDay.map(({ source }) => source))].sort();
  const sources: Slices["sources"][number][] = [];
  for (const source of names) {
    const same = known?.sources.find((each) => each.source === source);
    const lag = same?.lag ?? maturityLag(await answerLags(tx, source, LAGS));
    const network =
      same?.network ??
      networkOf(all.filter((slice) => slice.source === source).map(({ counts }) => starsIn(counts)));
    const days = byDay.filter((slice) => slice.source === source);
    const counts = sumOf(days);
    const tiles = tilesOf(counts, asksOf(days), network, { isMeasurable, lag, today });
    sources.push({ source, counts, tiles, network, lag });
  }
  return { byDay, byBranch, isMeasurable, today, sources };
}

function asksOf(days: readonly TallySlice[]) {
  return days.map(({ day, counts }) => ({
    day: day as number,
    asked: counts.asked,
    answered: counts.asked_answered,
  }));
}

function sumOf(slices: readonly TallySlice[]): TallyCounts {
  const sum = Object.fromEntries(
    TALLY_COLUMNS.map((column) => [column, slices.reduce((all, { counts }) => all + counts[column], 0)]),
  );
  return sum as TallyCounts;
}

/** Tiles of a slice in which nothing is. */
function nothing(like: Tiles): Tiles {
  const none = sumOf([]);
  const days = like.response.kind === "response" ? [{ day: 19_700_101, asked: 0, answered: 0 }] : [];
  return tilesOf(none, days, null, { isMeasurable: true, lag: 1, today: 19_700_102 });
}

function trendOf({ byDay }: Slices, sources: Dashboard["sources"]): TrendNumbers[] {
  return sources.map(({ source, warnings, tiles, network }) => {
    const all = countOf(tiles.stars);
    const usual = (tiles.stars[0] + tiles.stars[1]) / all;
    const days = byDay
      .filter((slice) => slice.source === source)
      .map(({ day, counts }): TrendDay => {
        const stars = starsIn(counts);
        const of = countOf(stars);
        const mean: TrendDay["mean"] = tilesOf(counts, [], network, RIPE).mean;
        const band = of === 0 || all === 0 ? null : funnelLimits(usual, of);
        return { day: day as number, of, low: stars[0] + stars[1], mean, band };
      });
    return { source, warnings, days };
  });
}

const RIPE = { isMeasurable: false, lag: 1, today: 19_700_102 };

function branchesOf(
  { byBranch, sources, isMeasurable, today }: Slices,
  weeks: Awaited<ReturnType<typeof branchWeeks>>,
): BranchNumbers[] {
  return sources.flatMap(({ source, network, lag }) => {
    const slices = byBranch.filter((slice) => slice.source === source);
    const stars = slices.map(({ counts }) => starsIn(counts));
    const [attention, best] = [ranksOf(stars, "attention"), ranksOf(stars, "best")];
    const all = stars.reduce(addStars, NO_STARS);
    const usual = (all[0] + all[1]) / countOf(all);
    return slices.map(({ branchId, counts }, index) => {
      const own = starsIn(counts);
      const asks = [{ day: 19_700_101, asked: counts.asked, answered: counts.asked_answered }];
      const of = countOf(own);
      return {
        source,
        branchId,
        tiles: tilesOf(counts, asks, network, { isMeasurable, lag, today }),
        shrunkMean: of === 0 ? null : shrunkMean(own, network),
        attention: attention[index] as Rank,
        best: best[index] as Rank,
        funnel: of === 0 ? null : funnelLimits(usual, of),
        weeks: weeks === null ? null : (weeks.get(branchKey(source, branchId)) ?? []),
      };
    });
  });
}

function wordsOf({ byBranch }: Slices): Map<string | null, number> {
  const words = new Map<string | null, number>();
  for (const { branchId, counts } of byBranch) {
    words.set(branchId, (words.get(branchId) ?? 0) + counts.worded);
  }
  return words;
}

async function dishesIn(tx: Tx, filter: Filter) {
  const { orders, counts } = await dishCounts(tx, filter);
  const dishes = dishesOf(counts);
  const names = await dishNames(
    tx,
    dishes.map(({ dish }) => dish),
  );
  return {
    orders,
    dishes: dishes.map((each) => ({ ...each, ...(names.get(each.dish) ?? { id: "", name: "" }) })),
  };
}
