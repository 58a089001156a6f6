// A moment read from a vendor's text, exact to the microsecond: Date accepts what is wrong and cuts what is right.
import { type Instant, instant } from "../basics/index.ts";

/** A point in time as somebody wrote it. */
export interface Moment {
  /** Whole milliseconds UTC, rounded down. */
  readonly at: Instant;
  /** Microseconds beyond `at`, 0 to 999; kept apart because years past 2255 do not fit one safe integer. */
  readonly micros: number;
  /** Minutes east of UTC that the writer used, -1439 to 1439; for display only. */
  readonly offsetMinutes: number;
  /** The text as received, without surrounding white space. */
  readonly text: string;
}

const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?:[Zz]|([+-])(\d{2})(?::?(\d{2}))?)$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY_MS = 86_400_000;

/**
 * Reads an ISO 8601 date with time and offset in any of its common spellings; null when it is none, when the
 * day does not exist or when the offset is missing. Second 60 is the next minute; digits past the sixth are cut.
 */
export function parseMoment(received: string): Moment | null {
  const text = received.trim();
  const match = SHAPE.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as SixNumbers;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const offsetMinutes = readOffset(match[8], match[9], match[10]);
  if (offsetMinutes === null) return null;
  const fraction = Number((match[7] ?? "").padEnd(6, "0").slice(0, 6));
  const seconds = hour * 3600 + (minute - offsetMinutes) * 60 + second;
  const at = dayNumber(year, month, day) * DAY_MS + seconds * 1000 + Math.floor(fraction / 1000);
  return { at: instant(at), micros: fraction % 1000, offsetMinutes, text };
}

/** The UTC text of a moment with as many fraction digits as it needs: none, three or six. */
export function formatMoment(at: Instant, micros: number): string {
  const text = new Date(at).toISOString();
  if (micros > 0) return `${text.slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
  return text.endsWith(".000Z") ? `${text.slice(0, -5)}Z` : text;
}

/** Whether two moments are the same point in time, however each was written. */
export function isSameMoment(left: PointInTime, right: PointInTime): boolean {
  return left.at === right.at && left.micros === right.micros;
}

type PointInTime = Pick<Moment, "at" | "micros">;
type SixNumbers = [number, number, number, number, number, number];

function readOffset(
  sign: string | undefined,
  hours: string | undefined,
  minutes: string | undefined,
): number | null {
  if (sign === undefined) return 0;
  const [wholeHours, restMinutes] = [Number(hours), Number(minutes ?? "0")];
  if (wholeHours > 23 || restMinutes > 59) return null;
  const size = wholeHours * 60 + restMinutes;
  return sign === "-" && size > 0 ? -size : size;
}

function daysInMonth(year: number, month: number): number {
  return (DAYS_IN_MONTH[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from 1970-01-01; years start in March, so that the leap day is the last one of its year. */
function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const monthFromMarch = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((monthFromMarch * 153 + 2) / 5) + day - 1 - 719_468;
}
