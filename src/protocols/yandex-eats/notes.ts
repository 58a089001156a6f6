// What a reader remarks while it goes through a body, and the readings of single values that every part shares.
import {
  FEEDBACK_WARNINGS,
  type FeedbackWarning,
  type Moment,
  parseMoment,
} from "../../core/feedback/index.ts";
import { MOST_PROBLEMS, type Problem } from "./errors.ts";

/** Collects problems and warnings of one body. */
export class Notes {
  readonly #problems: Problem[] = [];
  readonly #warnings = new Set<FeedbackWarning>();

  /** Remarks something that makes the body unusable. */
  problem(code: number, description: string): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push({ code, description });
  }

  /** Remarks something odd that is read all the same. */
  warn(warning: FeedbackWarning): void {
    this.#warnings.add(warning);
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Each once, in the order of FEEDBACK_WARNINGS. */
  get warnings(): readonly FeedbackWarning[] {
    return FEEDBACK_WARNINGS.filter((warning) => this.#warnings.has(warning));
  }
}

/** Vendor's date with six fraction digits, PHP's `Y-m-d\TH:i:s.uP`. */
export const WITH_FRACTION = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}[+-]\d{2}:\d{2}$/;

/** Vendor's date without a fraction. */
export const WITHOUT_FRACTION = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/;

/** Longest identifier, in characters. */
export const LONGEST_ID = 255;

/** Reads a date in any spelling, remarking one that is not `shape`; null when it is no date. */
export function readMoment(notes: Notes, value: unknown, shape: RegExp): Moment | null {
  const moment = typeof value === "string" ? parseMoment(value) : null;
  if (moment !== null && !shape.test(value as string)) notes.warn("date_format");
  return moment;
}

/** Reads a text in full; null when it is absent, blank or nothing that could be a text. */
export function readText(notes: Notes, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") notes.warn("text_coerced");
  const text = cleanText(notes, asText(value) ?? "");
  return text.trim() === "" ? null : text;
}

/** The text without U+0000 (PostgreSQL cannot hold it) and with U+FFFD for halves of surrogate pairs. */
export function cleanText(notes: Notes, text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: U+0000 is what is looked for.
  const clean = text.replace(/\u0000/g, "").replace(/\p{Surrogate}/gu, "\uFFFD");
  if (clean !== text) notes.warn("text_sanitized");
  return clean;
}

/** Whether an identifier is longer than LONGEST_ID characters; surrogate pairs count as one. */
export function isTooLong(text: string): boolean {
  return text.length > LONGEST_ID && [...text.slice(0, 2 * LONGEST_ID + 2)].length > LONGEST_ID;
}

function asText(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (!Array.isArray(value)) return null;
  const texts = value.map((part) => (typeof part === "object" ? null : asText(part)));
  return texts.filter((part) => part !== null).join("; ");
}
