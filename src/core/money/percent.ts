// Percentages: integer basis points; the rounding of a share is stated by the function's name.
import { assert, type Brand } from "../basics/index.ts";
import { type Minor, minor } from "./minor.ts";
import { ONE_UNIT, type Quantity } from "./quantity.ts";
import { multiplyRoundDown, multiplyRoundHalfUp } from "./rounding.ts";

/** Hundredths of a percent: 10 % is 1000. 0 or more; a discount is at most 10000. */
export type Bps = Brand<number, "Bps">;

/** Basis points in the whole. */
export const WHOLE = 10_000;

/** The share of `value` basis points; throws AssertionFailed unless it is a safe integer of 0 or more. */
export function bps(value: number): Bps {
  assert(Number.isSafeInteger(value) && value >= 0, "a percentage is whole basis points of 0 or more");
  return value as Bps;
}

/** `share` of `amount`, half a kopeck upward. */
export function percentHalfUp(amount: Minor, share: Bps): Minor {
  return minor(multiplyRoundHalfUp(amount, share, WHOLE));
}

/** `share` of `amount`, the fraction of a kopeck dropped. */
export function percentDown(amount: Minor, share: Bps): Minor {
  return minor(multiplyRoundDown(amount, share, WHOLE));
}

/** What `count` of something costs at `unitPrice` a unit: half-up, the gross of a line. */
export function grossHalfUp(unitPrice: Minor, count: Quantity): Minor {
  return minor(multiplyRoundHalfUp(unitPrice, count, ONE_UNIT));
}
