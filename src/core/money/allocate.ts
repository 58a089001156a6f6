// The one way an amount is split: largest remainder, capped, so that parts always sum to the whole.
import { assert } from "../basics/index.ts";
import { type Minor, minor } from "./minor.ts";
import { multiplyRoundDown } from "./rounding.ts";

/** One part of a split: its weight (kopecks, 0 or more) and the most it may take (0 or more; default its weight). */
export interface Part {
  readonly weight: number;
  readonly cap?: number;
}

/**
 * Splits `amount` (0 or more) over `parts` in proportion to weight, kopeck by kopeck: floors first, then one more to
 * the largest remainders; ties by the order of `parts`, so the caller sorts them by a stable key. No part passes its
 * cap; what a full part cannot take goes to the others. Parts of weight 0 get nothing.
 * The result sums to `amount`, or to the sum of the caps where that is less.
 */
export function allocate(amount: Minor, parts: readonly Part[]): Minor[] {
  assert(amount >= 0, "only an amount of 0 or more is split");
  const given = new Array<number>(parts.length).fill(0);
  const open: number[] = [];
  let room = 0;
  for (const [index, part] of parts.entries()) {
    assert(part.weight >= 0, "a weight is 0 or more");
    const cap = capOf(part);
    if (part.weight === 0 || cap === 0) continue;
    open.push(index);
    room += cap;
  }
  let left = Math.min(amount, room);
  let candidates = open;
  while (left > 0) {
    left = spread(left, parts, given, candidates);
    candidates = candidates.filter((index) => (given[index] as number) < capOf(parts[index] as Part));
  }
  return given.map((value) => minor(value));
}

function capOf(part: Part): number {
  const cap = part.cap ?? part.weight;
  assert(cap >= 0, "a cap is 0 or more");
  return cap;
}

/** One round over the parts that still have room; gives back what did not fit. */
function spread(
  amount: number,
  parts: readonly Part[],
  given: number[],
  candidates: readonly number[],
): number {
  let weights = 0;
  for (const index of candidates) weights += (parts[index] as Part).weight;
  assert(Number.isSafeInteger(weights), "weights sum to less than 2^53");
  const shares: Array<{ index: number; share: number; remainder: number }> = [];
  let floors = 0;
  for (const index of candidates) {
    const { weight } = parts[index] as Part;
    const share = multiplyRoundDown(amount, weight, weights);
    const product = amount * weight;
    const remainder = Number.isSafeInteger(product)
      ? product - share * weights
      : Number(BigInt(amount) * BigInt(weight) - BigInt(share) * BigInt(weights));
    shares.push({ index, share, remainder });
    floors += share;
  }
  let extra = amount - floors;
  if (extra > 0) shares.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let left = 0;
  for (const entry of shares) {
    let take = entry.share;
    if (extra > 0 && entry.remainder > 0) {
      take += 1;
      extra -= 1;
    }
    const cap = capOf(parts[entry.index] as Part);
    const before = given[entry.index] as number;
    const after = Math.min(cap, before + take);
    given[entry.index] = after;
    left += before + take - after;
  }
  return left;
}
