// Sizes as people read them.
import { numberText } from "../../parts/amounts.ts";
import type { Language, Say } from "../../words.ts";

const UNITS = ["b", "kb", "mb", "gb"] as const;

/** Bytes in the largest unit of which there is at least one; from a thousand bytes on, with one decimal under ten. */
export function byteText(bytes: number, say: Say, language: Language): string {
  let [amount, unit] = [bytes, 0];
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const text = numberText(amount, language, unit > 0 && amount < 10 ? 1 : 0);
  return say(`system.bytes.${UNITS[unit] ?? "gb"}`, { count: text });
}
