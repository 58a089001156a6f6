// Rolling windows of what a filter finds, from counted days: every source for itself.
import { addDays, dayOfEpoch, type Filter, writeDay } from "../core/desk/index.ts";
import {
  type Change,
  changeOf,
  lastStars,
  lowShare,
  type MeanNumber,
  meanOf,
  type ShareNumber,
  type StarDay,
  type Stars,
  satisfiedShare,
  type WeightedShare,
  weightedLow,
  windowStars,
} from "../core/numbers/index.ts";
import { talliesOf } from "../storage/index.ts";
import { clockOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { starsIn, withDays } from "./numbers-parts.ts";

/** Lengths of the windows, days. */
const WINDOW_DAYS = [7, 30, 90] as const;

/** Ratings of the last window, and the half-life of weights in days. */
const LAST = 200;
const HALF_LIFE = 30;

/** How far back is looked at all, days. */
const LOOKED_BACK = 400;

/** Numbers of some ratings. */
export interface StarNumbers {
  readonly stars: Stars;
  readonly mean: MeanNumber;
  readonly satisfied: ShareNumber;
  readonly low: ShareNumber;
}

/** Windows of one source. */
export interface SourceWindows {
  readonly source: string;
  readonly rolling: readonly (StarNumbers & {
    readonly days: number;
    readonly from: string;
    /** Of the low share, against the equally long time before. */
    readonly change: Change;
  })[];
  readonly last: StarNumbers & { readonly most: number };
  readonly weighted: WeightedShare & { readonly halfLifeDays: number };
}

/** Windows that end with `day`. */
export interface Windows {
  readonly day: string;
  readonly sources: readonly SourceWindows[];
}

/** Reads them; whole days up to yesterday, or with what there is of today. */
export async function readWindows(
  house: House,
  filter: Filter,
  until: "yesterday" | "today",
): Promise<Windows> {
  const today = dayOfEpoch(clockOf(house, null).wallClock(house.now()).day);
  const day = until === "today" ? today : addDays(today, -1);
  const span = withDays(filter, { from: addDays(day, 1 - LOOKED_BACK), to: day });
  const slices = await house.database.read((tx) => talliesOf(tx, span, "day"));
  const names = [...new Set(slices.map(({ source }) => source))].sort();
  return {
    day: writeDay(day),
    sources: names.map((source) => {
      const days = slices
        .filter((slice) => slice.source === source)
        .map((slice): StarDay => ({ day: slice.day as number, stars: starsIn(slice.counts) }));
      return windowsOf(source, days, day);
    }),
  };
}

function windowsOf(source: string, days: readonly StarDay[], day: number): SourceWindows {
  return {
    source,
    rolling: WINDOW_DAYS.map((length) => {
      const stars = windowStars(days, day, length);
      const before = windowStars(days, addDays(day, -length), length);
      const from = writeDay(addDays(day, 1 - length));
      return { days: length, from, ...numbersOf(stars), change: changeOf(lowShare(before), lowShare(stars)) };
    }),
    last: { most: LAST, ...numbersOf(lastStars(days, day, LAST)) },
    weighted: { ...weightedLow(days, day, HALF_LIFE), halfLifeDays: HALF_LIFE },
  };
}

/** Without a network to be drawn to, a mean of few ratings is not told. */
function numbersOf(stars: Stars): StarNumbers {
  return { stars, mean: meanOf(stars, null), satisfied: satisfiedShare(stars), low: lowShare(stars) };
}
