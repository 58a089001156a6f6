// Reading what authors wrote: roubles, percentages and texts become exact integers, and every mistake is collected with its path.
import { parseDecimal } from "../money/index.ts";
import { readMinute, readMoment, type Zone } from "./clock.ts";
import type { Roubles, Text } from "./promotion.ts";

/** A mistake in a rule set: where it stands ("promotions[2].then[0].percent") and what is wrong with it. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Both languages of an authored text. */
export interface BothTexts {
  readonly ru: string;
  readonly en: string;
}

/** Collects problems while reading; a value that cannot be read gives a harmless stand-in and a problem. */
export class AuthoredReader {
  readonly problems: Problem[] = [];
  readonly zone: Zone;

  constructor(zone: Zone) {
    this.zone = zone;
  }

  problem(path: string, message: string): void {
    this.problems.push({ path, message });
  }

  /** Kopecks of 0 or more. */
  roubles(value: Roubles, path: string): number {
    return this.decimal(value, 2, path, "an amount of roubles with at most two decimals");
  }

  /** Basis points from 0 to `most`. */
  percent(value: number, path: string, most = 10_000): number {
    const share = this.decimal(value, 2, path, "a percentage with at most two decimals");
    if (share > most) this.problem(path, `is more than ${most / 100} %`);
    return Math.min(share, most);
  }

  /** A whole number from `least` on. */
  count(value: number, path: string, least = 1): number {
    const isGood = Number.isSafeInteger(value) && value >= least && value <= 1_000_000;
    if (!isGood) this.problem(path, `must be a whole number from ${least} to 1000000`);
    return isGood ? value : least;
  }

  /** Thousandths of a unit, 0 or more. */
  quantity(value: number, path: string): number {
    return this.decimal(value, 3, path, "a quantity with at most three decimals");
  }

  /** An instant; the shop's zone where the text names no offset. */
  moment(value: string, path: string): number {
    const at = readMoment(value, this.zone);
    if (at === null) this.problem(path, "must be a date, a local date-time or an ISO 8601 instant");
    return at ?? 0;
  }

  /** Minutes since midnight. */
  minute(value: string, path: string): number {
    const minute = readMinute(value);
    if (minute === null) this.problem(path, "must be a time of day such as 09:30");
    return minute ?? 0;
  }

  private decimal(value: Roubles, digits: number, path: string, what: string): number {
    const result = parseDecimal(value, digits);
    if (result === null || result < 0) this.problem(path, `must be ${what}, 0 or more`);
    return Math.max(result ?? 0, 0);
  }
}

/** Both languages; a bare text, or a missing English one, stands for both. */
export function bothTexts(text: Text): BothTexts {
  if (typeof text === "string") return { ru: text, en: text };
  return { ru: text.ru, en: text.en ?? text.ru };
}
