// The allocation of money/allocate on number arrays: an amount over pools by weight, capped, ties by offer id.
import { allocate, type Minor } from "../money/index.ts";

/** Writes into `into` the parts of `amount` by largest remainder, no part above its ceiling. */
export function spread(
  amount: number,
  weights: ArrayLike<number>,
  ceilings: ArrayLike<number>,
  into: Float64Array,
): void {
  const parts: { weight: number; cap: number }[] = [];
  for (let index = 0; index < weights.length; index += 1) {
    parts.push({ weight: weights[index] as number, cap: ceilings[index] as number });
  }
  const shares = allocate(amount as Minor, parts);
  for (let index = 0; index < shares.length; index += 1) into[index] = shares[index] as number;
}
