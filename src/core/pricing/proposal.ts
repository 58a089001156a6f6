// What an effect would take off each pool, before caps and floors: one rounding per promotion and offer.
import { allocateInto, multiplyRoundHalfUp } from "../money/index.ts";
import { bestKits, type KitEffect } from "./kits.ts";
import { cheapestUnits, type Ledger, shareDown, shareHalfUp } from "./ledger-of-units.ts";
import { rowOf } from "./row.ts";
import type { MoneyEffect } from "./rule.ts";
import type { Pool, Situation } from "./situation.ts";
import type { Slot } from "./slot.ts";

/** Scratch for one effect: kopecks and free units by place in the slot's goods, and the most each pool may give. */
export interface Proposal {
  readonly want: number[];
  readonly free: number[];
  readonly ceiling: number[];
}

/** Fills the proposal, whose places of the slot's goods hold zeros before. */
export function propose(
  effect: MoneyEffect,
  slot: Slot,
  ledger: Ledger,
  situation: Situation,
  proposal: Proposal,
): void {
  switch (effect.kind) {
    case "percent":
      proposePercent(effect.bps, slot, ledger, proposal);
      break;
    case "cart_amount":
      proposeCartAmount(effect.amount, slot, ledger, proposal);
      break;
    case "line_amount":
      proposal.want.fill(effect.amount, 0, slot.goods.length);
      break;
    case "unit_amount":
    case "fixed_price":
      proposePerUnit(effect, slot, ledger, situation, proposal);
      break;
    case "free_units":
    case "nth_cheaper":
      proposeUnits(effect, slot, ledger, situation, proposal);
      break;
    case "kit":
      proposeKits(effect, slot, ledger, situation, proposal);
      break;
    default: {
      const level = levelReached(effect, slot, ledger, situation);
      if (level !== null) propose(level.effect, slot, ledger, situation, proposal);
    }
  }
}

function proposePercent(bps: number, slot: Slot, ledger: Ledger, proposal: Proposal): void {
  const { grain } = slot.rule.bounds;
  for (let place = 0; place < slot.goods.length; place += 1) {
    const money = ledger.money[slot.goods[place] as number] as number;
    proposal.want[place] = grain === 1 ? shareHalfUp(money, bps) : shareDown(money, bps, grain);
  }
}

function proposeCartAmount(amount: number, slot: Slot, ledger: Ledger, { want, ceiling }: Proposal): void {
  const weights: number[] = [];
  for (let place = 0; place < slot.goods.length; place += 1) {
    weights.push(ledger.money[slot.goods[place] as number] as number);
  }
  allocateInto(amount, weights, ceiling, want);
}

function proposePerUnit(
  effect: Extract<MoneyEffect, { kind: "unit_amount" | "fixed_price" }>,
  slot: Slot,
  ledger: Ledger,
  situation: Situation,
  { want }: Proposal,
): void {
  const price = effect.kind === "unit_amount" ? effect.amount : effect.price;
  for (let place = 0; place < slot.goods.length; place += 1) {
    const index = slot.goods[place] as number;
    const pool = situation.pools[index] as Pool;
    const paid = ledger.paid[index] as number;
    const sum = pool.isFractional ? multiplyRoundHalfUp(price, pool.quantity, 1000) : price * paid;
    want[place] = effect.kind === "unit_amount" ? sum : Math.max(0, (ledger.money[index] as number) - sum);
  }
}

type UnitEffect = Extract<MoneyEffect, { kind: "free_units" | "nth_cheaper" }>;

/** Goods sold by fraction have no units to count and stay out. */
function proposeUnits(
  effect: UnitEffect,
  slot: Slot,
  ledger: Ledger,
  situation: Situation,
  proposal: Proposal,
): void {
  const counts = effect.isAcross
    ? cheapestAcross(effect, slot, ledger, situation)
    : effect.most === null
      ? null
      : dearestSets(effect, effect.most, slot, ledger, situation);
  for (let place = 0; place < slot.goods.length; place += 1) {
    const index = slot.goods[place] as number;
    const paid = ledger.paid[index] as number;
    const count = counts === null ? unitsWon(effect, paid) : (counts[place] as number);
    if (count === 0 || (situation.pools[index] as Pool).isFractional) continue;
    const worth = cheapestUnits(count, ledger.money[index] as number, paid);
    const { grain } = slot.rule.bounds;
    if (effect.kind === "free_units") {
      proposal.want[place] = worth;
      proposal.free[place] = count;
    } else {
      proposal.want[place] =
        grain === 1 ? shareHalfUp(worth, effect.bps) : shareDown(worth, effect.bps, grain);
    }
  }
}

function unitsWon(effect: UnitEffect, paid: number): number {
  if (effect.kind === "nth_cheaper") return Math.floor(paid / effect.every);
  return Math.floor(paid / effect.take) * effect.free;
}

/** Most units that all sets of an order win together. */
function mostWon({ most, ...effect }: UnitEffect): number {
  if (most === null) return Number.MAX_SAFE_INTEGER;
  return effect.kind === "free_units" ? most * effect.free : most;
}

/** Where an order may have only so many sets, the dearest goods come first; equal prices by offer id. */
function dearestSets(
  effect: UnitEffect,
  most: number,
  { goods }: Slot,
  ledger: Ledger,
  { pools }: Situation,
): number[] {
  const counts = rowOf(goods.length);
  const price = (place: number): number => {
    const paid = ledger.paid[goods[place] as number] as number;
    return paid === 0 ? 0 : (ledger.money[goods[place] as number] as number) / paid;
  };
  const order = goods.map((_, place) => place).sort((a, b) => price(b) - price(a) || a - b);
  const each = effect.kind === "free_units" ? effect.free : 1;
  let left = most;
  for (const place of order) {
    const index = goods[place] as number;
    if ((pools[index] as Pool).isFractional) continue;
    const sets = Math.min(left, unitsWon(effect, ledger.paid[index] as number) / each);
    counts[place] = sets * each;
    left -= sets;
  }
  return counts;
}

function proposeKits(
  effect: KitEffect,
  slot: Slot,
  ledger: Ledger,
  situation: Situation,
  { want, ceiling }: Proposal,
): void {
  const { kits, worth, sum } = bestKits(effect, slot, ledger, situation);
  if (kits === 0) return;
  const { grain } = slot.rule.bounds;
  if (effect.price === null) {
    for (const [place, share] of worth.entries())
      want[place] = grain === 1 ? shareHalfUp(share, effect.bps) : shareDown(share, effect.bps, grain);
    return;
  }
  const saving = sum - effect.price * kits;
  const most = worth.map((share, place) => Math.min(share, ceiling[place] as number));
  allocateInto(saving - (saving % grain), worth, most, want);
}

/** Over the whole scope the cheapest units win; equal prices by offer id. Goods that cost nothing neither count nor win. */
function cheapestAcross(effect: UnitEffect, slot: Slot, ledger: Ledger, { gross }: Situation): number[] {
  const counts = rowOf(slot.goods.length);
  const groups: { place: number; price: number; count: number }[] = [];
  let paidUnits = 0;
  for (let place = 0; place < slot.goods.length; place += 1) {
    const index = slot.goods[place] as number;
    const paid = ledger.paid[index] as number;
    if (paid === 0 || gross[index] === 0) continue;
    paidUnits += paid;
    const money = ledger.money[index] as number;
    const price = Math.floor(money / paid);
    const dear = money - price * paid;
    groups.push({ place, price, count: paid - dear });
    if (dear > 0) groups.push({ place, price: price + 1, count: dear });
  }
  groups.sort((a, b) => a.price - b.price || a.place - b.place);
  let left = Math.min(unitsWon(effect, paidUnits), mostWon(effect));
  for (const group of groups) {
    const take = Math.min(left, group.count);
    counts[group.place] = (counts[group.place] as number) + take;
    left -= take;
  }
  return counts;
}

/** The highest level that the scope reaches, by the money or the quantity at the start of the layer. */
export function levelReached(
  effect: Extract<MoneyEffect, { kind: "steps" }>,
  slot: Slot,
  ledger: Ledger,
  situation: Situation,
): (typeof effect.levels)[number] | null {
  let measure = 0;
  for (const index of slot.goods) {
    measure += effect.bySum
      ? (ledger.layerMoney[index] as number)
      : (situation.pools[index] as Pool).quantity;
  }
  let reached: (typeof effect.levels)[number] | null = null;
  for (const level of effect.levels) if (measure >= level.from) reached = level;
  return reached;
}
