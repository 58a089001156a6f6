// Low ratings of branches by week: the small line beside each branch of the dashboard.
import { addDays, daysBetween, type Filter, weekday } from "../core/desk/index.ts";
import { type BranchDay, branchDays, type Tx } from "../storage/index.ts";
import { daysOfFilter } from "./numbers-parts.ts";

/** Ratings of a branch from Monday to Sunday, as far as the filter's days go. */
export interface BranchWeek {
  /** The Monday, yyyymmdd. */
  readonly monday: number;
  readonly of: number;
  readonly low: number;
}

/** Longest period whose weeks are told: beyond, a line beside a row says nothing. Days. */
export const WEEKS_MOST_DAYS = 100;

/** Which branch of which source. */
export function branchKey(source: string, branchId: string | null): string {
  return JSON.stringify([source, branchId]);
}

/** Weeks by `branchKey`; null: the filter leaves days open, or has too many. */
export async function branchWeeks(
  tx: Tx,
  filter: Filter,
): Promise<ReadonlyMap<string, readonly BranchWeek[]> | null> {
  const days = daysOfFilter(filter);
  if (days === null || daysBetween(days.from, days.to) >= WEEKS_MOST_DAYS) return null;
  return weeksOf(await branchDays(tx, filter));
}

/** Days of branches as weeks; weeks without ratings are left out. */
export function weeksOf(days: readonly BranchDay[]): ReadonlyMap<string, readonly BranchWeek[]> {
  const found = new Map<string, BranchWeek[]>();
  for (const { source, branchId, day, of, low } of days) {
    const key = branchKey(source, branchId);
    const weeks = found.get(key) ?? [];
    const monday = addDays(day, 1 - weekday(day));
    const last = weeks.at(-1);
    if (last?.monday === monday) weeks[weeks.length - 1] = { monday, of: last.of + of, low: last.low + low };
    else weeks.push({ monday, of, low });
    found.set(key, weeks);
  }
  return found;
}
