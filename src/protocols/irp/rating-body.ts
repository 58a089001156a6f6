// Reads a rating's body: two spellings of the order's id, stars in several types, a comment that is anybody's text.
import { parseDecimal } from "../../core/money/index.ts";
import type { RatingReading } from "../../flows/index.ts";

/** Longest order id, characters; a longer text is no id. */
export const LONGEST_ORDER_ID = 200;

/** Why a delivery cannot be used; the first word is the error code that is answered. */
export type RatingFault = "missing_order_id" | "rating_out_of_range";

/** A reading, with the fault by name where it is unusable. */
export type RatingBody =
  | (Extract<RatingReading, { kind: "usable" }> & { readonly fault: null })
  | (Extract<RatingReading, { kind: "unusable" }> & { readonly fault: RatingFault });

/** Reads the body's own keys only; whatever else is in it does not count. */
export function readRating(body: Readonly<Record<string, unknown>>): RatingBody {
  const warnings: string[] = [];
  const orderId = readOrderId(body, warnings);
  if (orderId === null) {
    return unusable("missing_order_id", 400, "neither id nor orderId names an order");
  }
  const stars = readStars(body["rating"]);
  if (stars === "unusable")
    return unusable("rating_out_of_range", 200, "rating: expected a whole number from 1 to 5");
  const comment = readText(body["comment"], warnings);
  return { kind: "usable", orderId, given: { stars, comment }, warnings, fault: null };
}

function unusable(fault: RatingFault, status: number, reason: string): RatingBody {
  return { kind: "unusable", reason, status, fault };
}

/** `id` wins where both are given: its page has a documented answer. */
function readOrderId(body: Readonly<Record<string, unknown>>, warnings: string[]): string | null {
  const id = readId(body["id"]);
  const orderId = readId(body["orderId"]);
  if (id !== null && orderId !== null && id !== orderId) warnings.push("order_id_conflict");
  return id ?? orderId;
}

/** Words that the vendor's samples put where there is nothing. */
const NOTHING = new Set(["", "none", "null"]);

function readId(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = clean(String(value)).trim();
  return NOTHING.has(text) || [...text].length > LONGEST_ORDER_ID ? null : text;
}

/** Stars as a number or its text; null asks for them; absent and empty are silent; anything else cannot be used. */
function readStars(value: unknown): number | "asked" | "silent" | "unusable" {
  if (value === null) return "asked";
  if (value === undefined) return "silent";
  if (typeof value === "string" && NOTHING.has(value.trim())) return "silent";
  if (typeof value !== "number" && typeof value !== "string") return "unusable";
  const stars = parseDecimal(value, 0);
  return stars !== null && stars >= 1 && stars <= 5 ? stars : "unusable";
}

function readText(value: unknown, warnings: string[]): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "object") {
    warnings.push("comment_not_text");
    return "";
  }
  const text = String(value);
  const kept = clean(text);
  if (kept !== text) warnings.push("text_sanitized");
  return kept;
}

/** Without U+0000, which PostgreSQL cannot hold, and with U+FFFD for halves of surrogate pairs. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: U+0000 is what is looked for.
  return text.replace(/\u0000/g, "").replace(/\p{Surrogate}/gu, "\uFFFD");
}
