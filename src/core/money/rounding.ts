// Rounding has a name. Each function divides integers exactly, without passing through a fraction of a kopeck.
import { assert } from "../basics/index.ts";

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function divide(numerator: number, denominator: number): { quotient: number; remainder: number } {
  assert(
    Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator),
    "rounding divides safe integers",
  );
  assert(denominator > 0, "rounding divides by a positive number");
  // The double division of safe integers never reaches the next integer, and so much of the numerator is exact.
  const whole = Math.trunc(numerator / denominator);
  const rest = numerator - whole * denominator;
  return rest < 0
    ? { quotient: whole - 1, remainder: rest + denominator }
    : { quotient: whole, remainder: rest };
}

/** numerator / denominator to the nearest integer, halves upward (towards plus infinity). */
export function roundHalfUp(numerator: number, denominator: number): number {
  const { quotient, remainder } = divide(numerator, denominator);
  return remainder * 2 >= denominator ? quotient + 1 : quotient;
}

/** numerator / denominator to the nearest integer, halves to the even neighbour. */
export function roundHalfEven(numerator: number, denominator: number): number {
  const { quotient, remainder } = divide(numerator, denominator);
  const beyondHalf = remainder * 2 - denominator;
  return beyondHalf > 0 || (beyondHalf === 0 && quotient % 2 !== 0) ? quotient + 1 : quotient;
}

/** numerator / denominator to the integer below (towards minus infinity). */
export function roundDown(numerator: number, denominator: number): number {
  return divide(numerator, denominator).quotient;
}

/** left × right as a safe integer, or through big integers where the product passes 2^53; then rounded half up by `denominator`. */
export function multiplyRoundHalfUp(left: number, right: number, denominator: number): number {
  const product = left * right;
  if (Number.isSafeInteger(product)) return roundHalfUp(product, denominator);
  return divideBig(BigInt(left) * BigInt(right), BigInt(denominator), true);
}

/** left × right / denominator rounded down, exact for every safe input. */
export function multiplyRoundDown(left: number, right: number, denominator: number): number {
  const product = left * right;
  if (Number.isSafeInteger(product)) return roundDown(product, denominator);
  return divideBig(BigInt(left) * BigInt(right), BigInt(denominator), false);
}

function divideBig(product: bigint, denominator: bigint, halfUp: boolean): number {
  assert(denominator > 0n, "rounding divides by a positive number");
  let quotient = product / denominator;
  let remainder = product % denominator;
  if (remainder < 0n) {
    quotient -= 1n;
    remainder += denominator;
  }
  if (halfUp && remainder * 2n >= denominator) quotient += 1n;
  assert(quotient <= SAFE && quotient >= -SAFE, "a rounded amount stays within 2^53");
  return Number(quotient);
}
