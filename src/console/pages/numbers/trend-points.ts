// Days of the trend as points of a chart, by day or by week: a week's band is of all its ratings together.
import { funnelLimits } from "../../../core/numbers/index.ts";
import type { Dashboard } from "./figures.ts";
import { instantOfDay } from "./filters.ts";

/** The days of one source. */
export type TrendDays = NonNullable<Dashboard["trend"]>[number]["days"];

/** A point: a day, or the seven days from a Monday. */
export interface TrendPoint {
  /** First and last day, yyyymmdd. */
  readonly from: number;
  readonly to: number;
  readonly of: number;
  readonly low: number;
  /** Stars; null: no ratings, or a week, whose mean its days do not tell. */
  readonly mean: number | null;
  /** What luck alone fills, 95 %; null: no ratings. */
  readonly band: { readonly low: number; readonly high: number } | null;
}

/** Low ratings of all days together; null: no ratings. */
export function usualShare(days: TrendDays): number | null {
  const of = days.reduce((sum, day) => sum + day.of, 0);
  return of === 0 ? null : days.reduce((sum, day) => sum + day.low, 0) / of;
}

/** Points by day. */
export function dayPoints(days: TrendDays): TrendPoint[] {
  return days.map(({ day, of, low, mean, band }) => ({
    from: day,
    to: day,
    of,
    low,
    mean: mean.kind === "not_enough" ? null : mean.mean,
    band: band === null ? null : { low: band.low95, high: band.high95 },
  }));
}

/** Points by week, Monday to Sunday. */
export function weekPoints(days: TrendDays): TrendPoint[] {
  const usual = usualShare(days);
  const weeks = Map.groupBy(days, ({ day }) => mondayOf(day));
  return [...weeks.values()].map((own) => {
    const of = own.reduce((sum, day) => sum + day.of, 0);
    const low = own.reduce((sum, day) => sum + day.low, 0);
    const limits = usual === null || of === 0 ? null : funnelLimits(usual, of);
    return {
      from: own[0]?.day ?? 0,
      to: own.at(-1)?.day ?? 0,
      of,
      low,
      mean: null,
      band: limits === null ? null : { low: limits.low95, high: limits.high95 },
    };
  });
}

/** The Monday of a day, as a count of days. */
function mondayOf(day: number): number {
  const days = Math.floor(instantOfDay(day) / 86_400_000);
  // The first of January 1970 was a Thursday.
  return days - ((days + 3) % 7);
}
