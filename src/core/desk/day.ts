// Days of a calendar as numbers yyyymmdd: they sort, compare and store as what they look like.
import { assert } from "../basics/index.ts";

const DAY_MS = 86_400_000;

/** A period of days, both included. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

/** The day of a date; month 1 to 12. Throws AssertionFailed for one that no calendar has. */
export function dayOf(year: number, month: number, date: number): number {
  assert(isDate(year, month, date), "a day stands in the calendar");
  return year * 10_000 + month * 100 + date;
}

/** Reads "2026-11-04"; null when the calendar has no such day. */
export function readDay(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isDate(year, month, date) ? dayOf(year, month, date) : null;
}

/** "2026-11-04". */
export function writeDay(day: number): string {
  const text = String(day).padStart(8, "0");
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** The day that is `count` days after 1 January 1970. */
export function dayOfEpoch(count: number): number {
  return addDays(19_700_101, count);
}

/** The day `count` days later, or earlier when it is negative. */
export function addDays(day: number, count: number): number {
  const moved = new Date(midnight(day) + count * DAY_MS);
  return dayOf(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate());
}

/** How many days `to` is after `from`. */
export function daysBetween(from: number, to: number): number {
  return Math.round((midnight(to) - midnight(from)) / DAY_MS);
}

/** 1 Monday to 7 Sunday. */
export function weekday(day: number): number {
  return ((new Date(midnight(day)).getUTCDay() + 6) % 7) + 1;
}

/** Names of periods, told from `today`. */
export const PERIODS = [
  "today",
  "yesterday",
  "7d",
  "30d",
  "90d",
  "week",
  "month",
  "last-month",
  "quarter",
  "year",
] as const;

/** One of PERIODS. */
export type Period = (typeof PERIODS)[number];

/**
 * The days of a period. "7d", "30d", "90d" end yesterday, so that they hold whole days only; "week" (from Monday),
 * "month", "quarter" and "year" run to today; "last-month" is whole.
 */
export function daysOf(period: Period, today: number): Days {
  const year = Math.floor(today / 10_000);
  const month = Math.floor(today / 100) % 100;
  switch (period) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "7d":
    case "30d":
    case "90d":
      return { from: addDays(today, -Number(period.slice(0, -1))), to: addDays(today, -1) };
    case "week":
      return { from: addDays(today, 1 - weekday(today)), to: today };
    case "month":
      return { from: dayOf(year, month, 1), to: today };
    case "last-month": {
      const to = addDays(dayOf(year, month, 1), -1);
      return { from: to - (to % 100) + 1, to };
    }
    case "quarter":
      return { from: dayOf(year, month - ((month - 1) % 3), 1), to: today };
    case "year":
      return { from: dayOf(year, 1, 1), to: today };
  }
}

function midnight(day: number): number {
  return Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100);
}

function isDate(year: number, month: number, date: number): boolean {
  if (!(year >= 1000 && year <= 9999)) return false;
  const told = new Date(Date.UTC(year, month - 1, date));
  return told.getUTCMonth() === month - 1 && told.getUTCDate() === date;
}
