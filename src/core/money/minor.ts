// Money: integer kopecks with a brand, so that roubles, points and plain counts cannot slip in.
import { assert, type Brand } from "../basics/index.ts";

/** An amount in kopecks; may be negative; always a safe integer (2^53 kopecks is 90 trillion roubles). */
export type Minor = Brand<number, "Minor">;

/** The amount of `kopecks`; throws AssertionFailed unless it is a safe integer. */
export function minor(kopecks: number): Minor {
  assert(Number.isSafeInteger(kopecks), "money is a whole number of kopecks within 2^53");
  return (kopecks === 0 ? 0 : kopecks) as Minor;
}

/** No money. */
export const ZERO = 0 as Minor;

/** Sum of two amounts. */
export function add(left: Minor, right: Minor): Minor {
  return minor(left + right);
}

/** What is left of `from` after `amount`; may be negative. */
export function subtract(from: Minor, amount: Minor): Minor {
  return minor(from - amount);
}

/** Sum of many amounts; ZERO of none. */
export function total(amounts: Iterable<Minor>): Minor {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return minor(sum);
}
