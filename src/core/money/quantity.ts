// Quantities: integer thousandths, so that 0.7 kg is exact.
import { assert, type Brand } from "../basics/index.ts";

/** A quantity in thousandths of a unit (1 piece = 1000), 0 or more. */
export type Quantity = Brand<number, "Quantity">;

/** Thousandths in one unit. */
export const ONE_UNIT = 1000;

/** The quantity of `thousandths`; throws AssertionFailed unless it is a safe integer of 0 or more. */
export function quantity(thousandths: number): Quantity {
  assert(
    Number.isSafeInteger(thousandths) && thousandths >= 0,
    "a quantity is whole thousandths of 0 or more",
  );
  return thousandths as Quantity;
}

/** True when the quantity is a whole number of units, so that it can be counted in pieces. */
export function isWhole(value: Quantity): boolean {
  return value % ONE_UNIT === 0;
}
