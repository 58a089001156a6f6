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
  const given: number[] = [];
  const weights = parts.map((part) => part.weight);
  const caps = parts.map((part) => part.cap ?? part.weight);
  allocateInto(amount, weights, caps, given);
  return given.map((value) => minor(value));
}

/**
 * The same split on plain numbers, written to the first places of `into`,
 * which is none of the other arrays: for the inner loops of pricing.
 */
export function allocateInto(
  amount: number,
  weights: readonly number[],
  caps: readonly number[],
  into: number[],
): void {
  assert(Number.isSafeInteger(amount) && amount >= 0, "only a whole amount of 0 or more is split");
  if (scratch.candidates.length < weights.length) scratch = scratchOf(weights.length * 2);
  const { candidates } = scratch;
  let size = 0;
  let left = 0;
  for (let index = 0; index < weights.length; index += 1) {
    const weight = weights[index] as number;
    const cap = caps[index] as number;
    assert(weight >= 0 && cap >= 0, "weights and caps are 0 or more");
    into[index] = 0;
    if (weight === 0 || cap === 0) continue;
    candidates[size] = index;
    size += 1;
    left = Math.min(amount, left + cap);
  }
  while (left > 0) {
    left = spread(left, weights, caps, into, size);
    if (left > 0) size = keepOpen(size, caps, into);
  }
}

/** Of the candidates those that are not full yet, in the same order; gives their number. */
function keepOpen(size: number, caps: readonly number[], into: readonly number[]): number {
  const { candidates } = scratch;
  let kept = 0;
  for (let place = 0; place < size; place += 1) {
    const index = candidates[place] as number;
    if ((into[index] as number) >= (caps[index] as number)) continue;
    candidates[kept] = index;
    kept += 1;
  }
  return kept;
}

/** Rows for one split, kept for the next: parts that still have room, their shares, remainders, and these by size. */
interface Scratch {
  readonly candidates: Int32Array;
  readonly shares: Float64Array;
  readonly remainders: Float64Array;
  readonly ranked: Float64Array;
}

const scratchOf = (size: number): Scratch => ({
  candidates: new Int32Array(size),
  shares: new Float64Array(size),
  remainders: new Float64Array(size),
  ranked: new Float64Array(size),
});

// Every place is written before it is read in every split, so nothing of one calculation reaches another.
let scratch = scratchOf(64);

/** One round over the parts that still have room; gives back what did not fit. */
function spread(
  amount: number,
  weights: readonly number[],
  caps: readonly number[],
  into: number[],
  size: number,
): number {
  const { candidates, shares, remainders } = scratch;
  let sum = 0;
  for (let place = 0; place < size; place += 1) sum += weights[candidates[place] as number] as number;
  assert(Number.isSafeInteger(sum), "weights sum to less than 2^53");
  let extra = amount;
  for (let place = 0; place < size; place += 1) {
    const weight = weights[candidates[place] as number] as number;
    const product = amount * weight;
    // Half of 2^53 leaves the double division room enough for an exact floor.
    const isExact = product <= 2 ** 52;
    const share = isExact ? Math.floor(product / sum) : multiplyRoundDown(amount, weight, sum);
    remainders[place] = isExact
      ? product - share * sum
      : Number(BigInt(amount) * BigInt(weight) - BigInt(share) * BigInt(sum));
    shares[place] = share;
    extra -= share;
  }
  if (extra > 0) giveExtras(extra, size);
  let left = 0;
  for (let place = 0; place < size; place += 1) {
    const index = candidates[place] as number;
    const wanted = (into[index] as number) + (shares[place] as number);
    const after = Math.min(caps[index] as number, wanted);
    into[index] = after;
    left += wanted - after;
  }
  return left;
}

const SHORT = 48;

/** One more to each of the `extra` largest remainders; of equal ones to the first. */
function giveExtras(extra: number, size: number): void {
  const { shares, remainders, ranked } = scratch;
  for (let place = 0; place < size; place += 1) ranked[place] = remainders[place] as number;
  if (size > SHORT) ranked.subarray(0, size).sort();
  else insertionSort(ranked, size);
  const least = ranked[size - extra] as number;
  let equal = extra;
  for (let rank = size - 1; rank >= 0 && (ranked[rank] as number) > least; rank -= 1) equal -= 1;
  for (let place = 0; place < size; place += 1) {
    const remainder = remainders[place] as number;
    if (remainder < least || (remainder === least && equal === 0)) continue;
    if (remainder === least) equal -= 1;
    shares[place] = (shares[place] as number) + 1;
  }
}

/** Ascending; for a few values faster than a general sort. */
function insertionSort(values: Float64Array, size: number): void {
  for (let end = 1; end < size; end += 1) {
    const value = values[end] as number;
    let at = end - 1;
    while (at >= 0 && (values[at] as number) > value) {
      values[at + 1] = values[at] as number;
      at -= 1;
    }
    values[at + 1] = value;
  }
}
