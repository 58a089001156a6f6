// Our integers as the vendor's JSON numbers.
import { type Minor, ONE_UNIT, type Quantity, toDecimalNumber } from "../../core/money/index.ts";

/** Kopecks as roubles: at most two decimals. */
export function roubles(amount: Minor): number {
  return toDecimalNumber(amount, 2);
}

/** Thousandths as units: whole where they are whole. */
export function units(count: Quantity): number {
  return count / ONE_UNIT;
}
