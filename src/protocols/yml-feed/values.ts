// Words of a feed to values: decimals with comma or spaces, yes and no in two languages, text without control characters.
import { parseDecimal } from "../../core/money/index.ts";

// Control characters (PostgreSQL refuses the first) and characters that are none.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed.
const UNUSABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text in one line, trimmed, without characters that no database takes, cut to `limit` UTF-16 units. */
export function cleanText(text: string, limit: number): string {
  const clean = text.replace(UNUSABLE, "").replace(/\s+/g, " ").trim();
  // The cut may split a pair; the half is dropped.
  return clean.length <= limit ? clean : clean.slice(0, limit).replace(/[\ud800-\udbff]$/, "");
}

/** "1 234,50" as 10^-digits units; null when it is no decimal or finer than that. */
export function readDecimal(text: string, digits: number): number | null {
  const bare = text.trim();
  return parseDecimal(/\d\s\d/.test(bare) ? bare.replace(/(?<=\d)\s(?=\d{3}(?:\D|$))/g, "") : bare, digits);
}

/** Null when it is neither yes nor no. */
export function readFlag(text: string): boolean | null {
  switch (text.trim().toLowerCase()) {
    case "true":
    case "1":
    case "yes":
    case "да":
      return true;
    case "false":
    case "0":
    case "no":
    case "нет":
      return false;
    default:
      return null;
  }
}
