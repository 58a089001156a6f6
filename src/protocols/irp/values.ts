// Readings of single values that any IRP body may hold in any type: one rule each, the same for every webhook.
import { type Minor, minor, type Points, points, type Quantity, quantity } from "../../core/money/index.ts";

/** Texts that stand for "not given" in any letter case, beside the empty one. */
const NOTHING = new Set(["", "none", "null"]);

/** Longest id, code or name that is kept; anything longer is not one of ours. */
const LONGEST_ID = 300;

// U+0000 and halves of surrogate pairs: PostgreSQL cannot hold them, and no id has them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: U+0000 is what is looked for.
const UNSTORABLE = /[\u0000\p{Surrogate}]/gu;

/** The text without characters that cannot be stored; nearly always the very same text. */
export function storable(text: string): string {
  return text.search(UNSTORABLE) === -1 ? text : text.replace(UNSTORABLE, "");
}

/** An id or code: a trimmed text, a number as text, else null. Letter case is kept. */
export function idOf(value: unknown): string | null {
  if (typeof value === "string") {
    const text = storable(value).trim();
    return text.length > LONGEST_ID || (text.length < 5 && NOTHING.has(text.toLowerCase())) ? null : text;
  }
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null;
}

/** The first of several values that is an id. */
export function firstId(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const id = idOf(value);
    if (id !== null) return id;
  }
  return null;
}

/** Whom a body is about: the vendor names the same id of the retailer in three ways. May be an external id, a card or a phone. */
export function customerNamed(body: Readonly<Record<string, unknown>>): string | null {
  return firstId(body["userIdentifier"], body["externalUserId"], body["userId"]);
}

/** A number, also from a text with spaces between digits and a decimal comma; null for anything else. */
export function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const text = value.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** true, "true", 1 and "1"; their opposites; null for anything else. */
export function flagOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (value === 1) return true;
  if (value === 0) return false;
  if (typeof value !== "string") return null;
  const text = value.trim().toLowerCase();
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" ? false : null;
}

/** Thousandths, binary noise of fractions rounded away; null when it is no number, not above 0 or beyond 2^53. */
export function quantityOf(value: unknown): Quantity | null {
  const number = numberOf(value);
  if (number === null) return null;
  const thousandths = Math.round(number * 1000);
  return thousandths > 0 && Number.isSafeInteger(thousandths) ? quantity(thousandths) : null;
}

/** Kopecks of a price in roubles; null when it is no number, negative or beyond 2^53. */
export function moneyOf(value: unknown): Minor | null {
  const number = numberOf(value);
  if (number === null || number < 0) return null;
  const kopecks = Math.round(number * 100);
  return Number.isSafeInteger(kopecks) ? minor(kopecks) : null;
}

/** Whole points, the fraction dropped; 0 for anything that is not a positive number. */
export function pointsOf(value: unknown): Points {
  const number = numberOf(value);
  if (number === null || number <= 0) return points(0);
  const whole = Math.floor(number);
  return Number.isSafeInteger(whole) ? points(whole) : points(Number.MAX_SAFE_INTEGER);
}

/** The array, a lone object or text as an array of one, else nothing. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined || value === "" ? [] : [value];
}
