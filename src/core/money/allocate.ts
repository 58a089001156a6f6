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
  const open: number[] = [];
  let left = 0;
  for (let index = 0; index < weights.length; index += 1) {
    const weight = weights[index] as number;
    const cap = caps[index] as number;
    assert(weight >= 0 && cap >= 0, "weights and caps are 0 or more");
    into[index] = 0;
    if (weight === 0 || cap === 0) continue;
    open.push(index);
    left = Math.min(amount, left + cap);
  }
  let candidates = open;
  while (left > 0) {
    left = spread(left, weights, caps, into, candidates);
    if (left > 0)
      candidates = candidates.filter((index) => (into[index] as number) < (caps[index] as number));
  }
}

/** One round over the parts that still have room; gives back what did not fit. */
function spread(
  amount: number,
  weights: readonly number[],
  caps: readonly number[],
  into: number[],
  candidates: readonly number[],
): number {
  let sum = 0;
  for (const index of candidates) sum += weights[index] as number;
  assert(Number.isSafeInteger(sum), "weights sum to less than 2^53");
  const size = candidates.length;
  const shares: number[] = [];
  const remainders: number[] = [];
  let extra = amount;
  for (let place = 0; place < size; place += 1) {
    const weight = weights[candidates[place] as number] as number;
    const product = amount * weight;
    // Half of 2^53 leaves the double division room enough for an exact floor.
    const isExact = product <= 2 ** 52;
    const share = isExact ? Math.floor(product / sum) : multiplyRoundDown(amount, weight, sum);
    remainders.push(
      isExact ? product - share * sum : Number(BigInt(amount) * BigInt(weight) - BigInt(share) * BigInt(sum)),
    );
    shares.push(share);
    extra -= share;
  }
  if (extra > 0) giveExtras(extra, shares, remainders);
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
function giveExtras(extra: number, shares: number[], remainders: readonly number[]): void {
  const size = shares.length;
  const order: number[] = [];
  for (let place = 0; place < size; place += 1) order.push(place);
  if (size > SHORT) order.sort((a, b) => (remainders[b] as number) - (remainders[a] as number) || a - b);
  else insertionSort(order, remainders);
  for (let rank = 0; rank < extra; rank += 1) {
    const place = order[rank] as number;
    shares[place] = (shares[place] as number) + 1;
  }
}

/** For a few parts faster than a general sort; stable, so equal remainders keep their order. */
function insertionSort(order: number[], remainders: readonly number[]): void {
  for (let end = 1; end < order.length; end += 1) {
    const place = order[end] as number;
    const remainder = remainders[place] as number;
    let at = end - 1;
    while (at >= 0 && (remainders[order[at] as number] as number) < remainder) {
      order[at + 1] = order[at] as number;
      at -= 1;
    }
    order[at + 1] = place;
  }
}
