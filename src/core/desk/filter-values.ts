// Values of a written filter: ranges of stars, roubles, minutes and days.
import { type Days, daysOf, PERIODS, readDay } from "./day.ts";

/** A range, both ends included; null is open. */
export interface Range {
  readonly from: number | null;
  readonly to: number | null;
}

/** Reads "4", "1..2", "..2", "3..", ">3", ">=3", "<3", "<=3"; null where the numbers cannot be read or do not grow. */
export function readRange(text: string, read: (text: string) => number | null): Range | null {
  const compared = /^(>=|<=|>|<)(.+)$/.exec(text);
  if (compared !== null) {
    const value = read(compared[2] as string);
    if (value === null) return null;
    const sign = compared[1] as string;
    if (sign.startsWith(">")) return { from: sign === ">" ? value + 1 : value, to: null };
    return { from: null, to: sign === "<" ? value - 1 : value };
  }
  const [left, right, more] = text.split("..");
  if (more !== undefined) return null;
  const from = readEnd(left, read);
  const to = right === undefined ? from : readEnd(right, read);
  if (from === "wrong" || to === "wrong" || (from === null && to === null)) return null;
  return from !== null && to !== null && from > to ? null : { from, to };
}

function readEnd(text: string | undefined, read: (text: string) => number | null): number | null | "wrong" {
  if (text === undefined || text === "") return null;
  return read(text) ?? "wrong";
}

/** Reads stars. */
export function readStars(text: string): number | null {
  return /^[1-5]$/.test(text) ? Number(text) : null;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads "90s", "15m", "2h", "1d" as ms; without a unit minutes. */
export function readDuration(text: string): number | null {
  const match = /^(\d{1,6})([smhd]?)$/.exec(text);
  return match === null ? null : Number(match[1]) * (UNITS[match[2] || "m"] as number);
}

/** Reads roubles as kopecks: "1500", "1500.50", "1500,50". */
export function readRoubles(text: string): number | null {
  const match = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(text);
  return match === null ? null : Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}

/** Reads a day, a range of days or the name of a period told from `today`. */
export function readDays(text: string, today: number): Range | null {
  const period = PERIODS.find((name) => name === text);
  const named: Days | null = period === undefined ? null : daysOf(period, today);
  return named ?? readRange(text, readDay);
}
