// The money of every pool while promotions are applied: a total over the units still paid for, always spread evenly over them.
import { multiplyRoundDown, multiplyRoundHalfUp } from "../money/index.ts";
import { copyRow, rowOf } from "./row.ts";
import type { Pool, Situation } from "./situation.ts";

/**
 * State of one trial. The `paid` units of a pool cost total ÷ paid each, the first total mod paid of them a kopeck more:
 * so the units of an offer never have more than two prices, and a unit's price only ever falls.
 */
export interface Ledger {
  /** Kopecks of each pool now. */
  readonly money: number[];
  /** The same when the current layer began; a search puts rows of its own here. */
  layerMoney: number[];
  /** Whole units still paid for; 0 where the offer is sold by fraction. */
  readonly paid: number[];
  /** Kopecks that code promotions have taken. */
  readonly codeUsed: number[];
}

/** A ledger of list prices. */
export function openLedger(situation: Situation): Ledger {
  const size = situation.pools.length;
  const ledger: Ledger = {
    money: rowOf(size),
    layerMoney: rowOf(size),
    paid: rowOf(size),
    codeUsed: rowOf(size),
  };
  resetLedger(ledger, situation);
  return ledger;
}

/** Back to list prices. */
export function resetLedger(ledger: Ledger, situation: Situation): void {
  copyRow(ledger.money, situation.gross);
  copyRow(ledger.layerMoney, situation.gross);
  for (let index = 0; index < situation.pools.length; index += 1) {
    ledger.codeUsed[index] = 0;
    ledger.paid[index] = (situation.pools[index] as Pool).units;
  }
}

/** What the `count` cheapest of `paid` units cost together. */
export function cheapestUnits(count: number, money: number, paid: number): number {
  const low = Math.floor(money / paid);
  const dear = money - low * paid;
  return count * low + Math.max(0, count - (paid - dear));
}

/** What the units from `start` to `end` (exclusive) of `paid` cost; units beyond `paid` are free. */
export function unitsBetween(start: number, end: number, money: number, paid: number): number {
  const last = Math.min(end, paid);
  if (last <= start) return 0;
  const low = Math.floor(money / paid);
  const dear = money - low * paid;
  return (last - start) * low + Math.max(0, Math.min(last, dear) - start);
}

const EXACT = 2 ** 53;

/** `bps` of `money`, half up; quick where the product is exact, and the same in any case. */
export function shareHalfUp(money: number, bps: number): number {
  const product = money * bps;
  if (product + 5000 < EXACT) return Math.floor((product + 5000) / 10_000);
  return multiplyRoundHalfUp(money, bps, 10_000);
}

/** `bps` of `money` rounded down to a multiple of `grain` kopecks. */
export function shareDown(money: number, bps: number, grain: number): number {
  return multiplyRoundDown(money, bps, 10_000 * grain) * grain;
}

/** Least that a pool may cost when a unit must cost at least `unitPrice`. */
export function floorOf(pool: Pool, paid: number, unitPrice: number): number {
  if (!pool.isFractional) return paid * unitPrice;
  return unitPrice === 0 ? 0 : Math.max(1, multiplyRoundHalfUp(unitPrice, pool.quantity, 1000));
}
