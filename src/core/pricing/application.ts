// Applying one promotion to the ledger: proposals meet caps, floors and feed limits, then the money moves.

import { allocateInto } from "../money/index.ts";
import { floorOf, type Ledger, shareHalfUp } from "./ledger-of-units.ts";
import { type Proposal, propose } from "./proposal.ts";
import { rowOf } from "./row.ts";
import type { MoneyEffect, Rule } from "./rule.ts";
import type { Pool, Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";

const scratchOf = (size: number): Proposal => ({
  want: rowOf(size),
  free: rowOf(size),
  ceiling: rowOf(size),
});

let scratch = scratchOf(64);

/** Applies all effects of the slot; notes in the slot what each pool got. Gives the kopecks taken off. */
export function applySlot(slot: Slot, ledger: Ledger, situation: Situation, lowestUnitPrice: number): number {
  openSlot(slot);
  for (const effect of slot.rule.effects) applyEffect(effect, slot, ledger, situation, lowestUnitPrice);
  return slot.amount;
}

/** Forgets what the slot gave in an earlier trial. */
export function openSlot(slot: Slot): void {
  slot.amount = 0;
  for (let place = 0; place < slot.goods.length; place += 1) {
    slot.given[place] = 0;
    slot.freed[place] = 0;
  }
}

/** Applies one effect after what the slot has given already. */
export function applyEffect(
  effect: MoneyEffect,
  slot: Slot,
  ledger: Ledger,
  situation: Situation,
  lowestUnitPrice: number,
): void {
  if (effect.kind === "percent" && isUnbound(slot)) {
    takeShare(effect.bps, slot, ledger, situation, lowestUnitPrice);
    return;
  }
  const size = slot.goods.length;
  // The scratch is written before it is read in every call, so nothing of one calculation reaches another.
  if (scratch.want.length < size) scratch = scratchOf(size * 2);
  const { want, free, ceiling } = scratch;
  for (let place = 0; place < size; place += 1) {
    want[place] = 0;
    free[place] = 0;
    ceiling[place] = ceilingOf(place, slot, ledger, situation, lowestUnitPrice);
  }
  propose(effect, slot, ledger, situation, scratch);
  let sum = 0;
  for (let place = 0; place < size; place += 1) {
    const isFreely =
      (free[place] as number) > 0 && (want[place] as number) <= freeCeiling(place, slot, ledger, situation);
    if (!isFreely) {
      free[place] = 0;
      want[place] = Math.min(want[place] as number, ceiling[place] as number);
    }
    sum += want[place] as number;
  }
  if (slot.orderLimit !== null && sum > slot.orderLimit - slot.amount) {
    limitOrder(slot, want, free, ceiling);
  }
  post(slot, ledger, want, free);
}

/** True when only the shop's lowest price limits what the promotion takes, to the kopeck. */
function isUnbound({ rule, orderLimit }: Slot): boolean {
  return !rule.isBounded && rule.bounds.grain === 1 && !rule.needsCode && orderLimit === null;
}

/** The commonest effect, a plain percentage, taken at once: the same sums as below without rows of their own. */
function takeShare(
  bps: number,
  slot: Slot,
  ledger: Ledger,
  situation: Situation,
  lowestUnitPrice: number,
): void {
  const { goods, given } = slot;
  for (let place = 0; place < goods.length; place += 1) {
    const index = goods[place] as number;
    const money = ledger.money[index] as number;
    const take = Math.min(shareHalfUp(money, bps), roomOf(index, ledger, situation, lowestUnitPrice));
    if (take <= 0) continue;
    ledger.money[index] = money - take;
    given[place] = (given[place] as number) + take;
    slot.amount += take;
  }
}

/** What the shop's lowest price leaves of the pool. */
function roomOf(index: number, ledger: Ledger, situation: Situation, lowestUnitPrice: number): number {
  const pool = situation.pools[index] as Pool;
  const paid = ledger.paid[index] as number;
  const least = pool.isFractional ? floorOf(pool, 0, lowestUnitPrice) : paid * lowestUnitPrice;
  return Math.max((ledger.money[index] as number) - least, 0);
}

/**
 * The cap of the order leaves less than was proposed: shares of what it leaves. No unit is wholly free then, so the
 * lowest price holds for all of them.
 */
function limitOrder(slot: Slot, want: number[], free: number[], ceiling: readonly number[]): void {
  const weights = want.slice(0, slot.goods.length);
  const caps = weights.map((weight, place) => Math.min(weight, ceiling[place] as number));
  allocateInto(Math.max(0, (slot.orderLimit as number) - slot.amount), weights, caps, want);
  for (let place = 0; place < weights.length; place += 1) free[place] = 0;
}

function post(slot: Slot, ledger: Ledger, want: readonly number[], free: readonly number[]): void {
  const { goods, given, freed, rule } = slot;
  for (let place = 0; place < goods.length; place += 1) {
    const take = want[place] as number;
    if (take <= 0) continue;
    const index = goods[place] as number;
    ledger.money[index] = (ledger.money[index] as number) - take;
    ledger.paid[index] = (ledger.paid[index] as number) - (free[place] as number);
    if (rule.needsCode) ledger.codeUsed[index] = (ledger.codeUsed[index] as number) + take;
    given[place] = (given[place] as number) + take;
    freed[place] = (freed[place] as number) + (free[place] as number);
    slot.amount += take;
  }
}

/** Most that the pool may give to this promotion now, all floors and caps but the order's. */
function ceilingOf(
  place: number,
  slot: Slot,
  ledger: Ledger,
  situation: Situation,
  lowestUnitPrice: number,
): number {
  const { rule } = slot;
  const index = slot.goods[place] as number;
  if (!rule.isBounded && !rule.needsCode) return roomOf(index, ledger, situation, lowestUnitPrice);
  const pool = situation.pools[index] as Pool;
  const paid = ledger.paid[index] as number;
  const money = ledger.money[index] as number;
  const floor = floorOf(pool, paid, Math.max(lowestUnitPrice, ownFloor(rule, pool)));
  return Math.max(0, Math.min(money - floor, capOf(place, slot, ledger, situation)));
}

/** The same for units that become free: the shop's lowest price does not stand in their way, a floor of the promotion does. */
function freeCeiling(place: number, slot: Slot, ledger: Ledger, situation: Situation): number {
  const hasFloor = slot.rule.bounds.floorPrice !== null || slot.rule.bounds.floorBps !== null;
  return hasFloor ? -1 : capOf(place, slot, ledger, situation);
}

function ownFloor({ bounds: { floorPrice, floorBps } }: Rule, pool: Pool): number {
  const share = Math.ceil((pool.offer.price * (floorBps ?? 0)) / 10_000);
  return Math.max(floorPrice ?? 0, share);
}

/** Caps per unit and per line (all units of an offer, however the cart splits them), and the feed's limit on codes. */
function capOf(place: number, slot: Slot, ledger: Ledger, situation: Situation): number {
  const { bounds, needsCode } = slot.rule;
  const index = slot.goods[place] as number;
  const pool = situation.pools[index] as Pool;
  let most = Number.MAX_SAFE_INTEGER;
  const given = slot.given[place] as number;
  if (bounds.perUnit !== null) {
    const cap = pool.isFractional
      ? Math.floor((bounds.perUnit * pool.quantity) / 1000)
      : bounds.perUnit * (ledger.paid[index] as number);
    most = Math.min(most, cap - given);
  }
  if (bounds.perLine !== null) most = Math.min(most, bounds.perLine - given);
  if (needsCode && pool.offer.codeCap !== null) {
    const limit = Math.floor((pool.gross * pool.offer.codeCap) / 10_000);
    most = Math.min(most, limit - (ledger.codeUsed[index] as number));
  }
  return most;
}
