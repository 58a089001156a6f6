// How much a promotion can take off at the very most, written so that many of them together can be bounded from above.
//
// At its turn a promotion leaves of a pool's money m at least (1 − share) × m, and over all its pools takes at most
// `amount` besides. Shares of several promotions multiply, so for pools of money M and any set of promotions
//   saved ≤ Σ M × (1 − Π (1 − share)) + Σ amount,
// whatever their order and whatever conditions fail on the way. Rounding half up adds at most half a kopeck a pool.
import { applyEffect, openSlot } from "./application.ts";
import { type Ledger, resetLedger } from "./ledger-of-units.ts";
import type { MoneyEffect, RuleBounds } from "./rule.ts";
import type { Pool } from "./situation.ts";
import type { Slot } from "./slot.ts";
import type { Play } from "./trial.ts";

/** The reach of one promotion in one calculation. */
export interface Reach {
  /** By place in the slot's goods: share of the pool's money at its turn, 0 to 1. */
  readonly shares: readonly number[];
  /** Share of the money of all its pools together, where it picks units across them. */
  readonly across: number;
  /** Kopecks that do not depend on the money, declared worth included. */
  readonly amount: number;
  /** Most in all, kopecks, worth included. */
  readonly most: number;
  /** Kopecks by which rounding may pass the shares. */
  readonly slack: number;
  /** True when `shares` alone say all, no cap standing in the way. */
  readonly isPure: boolean;
}

/** Shares this near to the whole have no logarithm to reckon with. */
const NEARLY_ALL = 0.999;

/** The reaches of all slots. */
export function reachesOf(play: Play, ledger: Ledger): Reach[] {
  const freed = play.slots.map((slot) => mostFreed(slot, play));
  const all = freed.reduce((sum, units) => sum + units, 0);
  return play.slots.map((slot, index) => reachOf(slot, play, ledger, all - (freed[index] as number)));
}

/** Units that a promotion may make free at the most. */
function mostFreed({ rule, goods }: Slot, { situation }: Play): number {
  const units = goods.map((pool) => (situation.pools[pool] as Pool).units);
  const all = units.reduce((sum, count) => sum + count, 0);
  let freed = 0;
  for (const effect of rule.effects) {
    if (effect.kind !== "free_units") continue;
    const sets = effect.isAcross
      ? Math.floor(all / effect.take)
      : units.reduce((sum, count) => sum + Math.floor(count / effect.take), 0);
    freed += sets * effect.free;
  }
  return freed;
}

function reachOf(slot: Slot, play: Play, ledger: Ledger, freed: number): Reach {
  const { rule, goods } = slot;
  const { situation } = play;
  const kept = goods.map(() => 1);
  let [across, amount, most] = [0, 0, 0];
  for (const effect of rule.effects) {
    for (let place = 0; place < goods.length; place += 1) {
      const pool = situation.pools[goods[place] as number] as Pool;
      kept[place] = (kept[place] as number) * (1 - shareOf(effect, pool, freed));
    }
    across += acrossOf(effect);
    amount += amountOf(effect, slot, play);
    most += mostOfEffect(effect, slot, play, ledger, freed);
  }
  if (slot.orderLimit !== null) most = Math.min(most, slot.orderLimit);
  const shares = kept.map((each) => 1 - each);
  let byShares = 0;
  for (const [place, pool] of goods.entries())
    byShares += (shares[place] as number) * (situation.gross[pool] as number);
  const isPure =
    rule.worth === 0 &&
    amount === 0 &&
    across === 0 &&
    most >= Math.floor(byShares * 0.99) &&
    shares.every((share) => share < NEARLY_ALL);
  const slack = rule.effects.length * goods.length;
  return { shares, across, amount: amount + rule.worth, most: most + rule.worth, slack, isPure };
}

/** Share of one pool's money; `freed`: units that others may have made free before. */
function shareOf(effect: MoneyEffect, { gross, quantity, units }: Pool, freed: number): number {
  switch (effect.kind) {
    case "percent":
      return effect.bps / 10_000;
    case "fixed_price":
      // A unit never costs more than at list, so a fixed price takes at most the share that it takes there.
      return gross === 0 ? 0 : Math.max(0, 1 - (effect.price * quantity) / 1000 / gross);
    case "free_units":
      return effect.isAcross ? 0 : shareOfUnits(units, effect.take, freed) * effect.free;
    case "nth_cheaper":
      return effect.isAcross ? 0 : (shareOfUnits(units, effect.every, freed) * effect.bps) / 10_000;
    case "steps":
      return Math.max(
        0,
        ...effect.levels.map((level) => shareOf(level.effect, { gross, quantity, units } as Pool, freed)),
      );
    default:
      return 0;
  }
}

/** One of every so many units; where others freed some before, the rest may happen to make whole groups. */
function shareOfUnits(units: number, every: number, freed: number): number {
  if (units < every) return 0;
  return freed > 0 ? 1 / every : Math.floor(units / every) / units;
}

function acrossOf(effect: MoneyEffect): number {
  if (effect.kind === "free_units") return effect.isAcross ? effect.free / effect.take : 0;
  if (effect.kind === "kit") return effect.price === null ? effect.bps / 10_000 : 1;
  return effect.kind === "nth_cheaper" && effect.isAcross ? effect.bps / 10_000 / effect.every : 0;
}

function amountOf(effect: MoneyEffect, slot: Slot, play: Play): number {
  switch (effect.kind) {
    case "cart_amount":
      return effect.amount;
    case "line_amount":
      return effect.amount * slot.goods.length;
    case "unit_amount": {
      const quantity = slot.goods.reduce(
        (sum, pool) => sum + (play.situation.pools[pool] as Pool).quantity,
        0,
      );
      return Math.ceil((effect.amount * quantity) / 1000);
    }
    case "steps":
      return Math.max(0, ...effect.levels.map((level) => amountOf(level.effect, slot, play)));
    default:
      return 0;
  }
}

/**
 * What an effect takes at list prices, steps at their best level: never less than what it takes beside others. Only where
 * it picks the cheapest units of several pools may others, having freed those before it, leave it dearer ones, and where
 * prices decide which of the goods give may others turn it to goods that floors and caps bind less.
 */
function mostOfEffect(effect: MoneyEffect, slot: Slot, play: Play, ledger: Ledger, freed: number): number {
  if (effect.kind === "steps") {
    return Math.max(
      0,
      ...effect.levels.map((level) => mostOfEffect(level.effect, slot, play, ledger, freed)),
    );
  }
  if (isOfUnits(effect) && effect.isAcross) return mostAcross(effect, slot, play, freed);
  resetLedger(ledger, play.situation);
  openSlot(slot);
  const doesPick = effect.kind === "kit" || (isOfUnits(effect) && effect.most !== null);
  const taker = doesPick ? unbound(slot) : slot;
  applyEffect(effect, taker, ledger, play.situation, doesPick ? 0 : play.lowestUnitPrice);
  // An odd kopeck more may stand in a pool's paid units once its cheaper ones are free.
  return taker.amount + slot.goods.length;
}

type UnitEffect = Extract<MoneyEffect, { kind: "free_units" | "nth_cheaper" }>;

function isOfUnits(effect: MoneyEffect): effect is UnitEffect {
  return effect.kind === "free_units" || effect.kind === "nth_cheaper";
}

const BOUNDLESS: RuleBounds = {
  perUnit: null,
  perLine: null,
  perOrder: null,
  floorPrice: null,
  floorBps: null,
  grain: 1,
};

/** The slot without floors, caps and rounding. */
function unbound(slot: Slot): Slot {
  const rule = { ...slot.rule, bounds: BOUNDLESS, isBounded: false, needsCode: false };
  return { ...slot, rule, orderLimit: null, amount: 0 };
}

/** The cheapest units once the `freed` cheapest are gone, floors and caps aside; goods that cost nothing do not count. */
function mostAcross(effect: UnitEffect, { goods }: Slot, { situation }: Play, freed: number): number {
  const groups = goods
    .map((index) => situation.pools[index] as Pool)
    .filter((pool) => pool.units > 0 && pool.gross > 0)
    .map(({ gross, units }) => ({ price: gross / units, units }))
    .sort((a, b) => a.price - b.price);
  const all = groups.reduce((sum, group) => sum + group.units, 0);
  const [every, each, bps] =
    effect.kind === "free_units" ? [effect.take, effect.free, 10_000] : [effect.every, 1, effect.bps];
  const count = Math.min(Math.floor(all / every), effect.most ?? all) * each;
  let skip = Math.min(freed, all - count);
  let left = count;
  let sum = 0;
  for (const { price, units } of groups) {
    const skipped = Math.min(skip, units);
    const taken = Math.min(left, units - skipped);
    skip -= skipped;
    left -= taken;
    sum += taken * price;
  }
  return Math.ceil((sum * bps) / 10_000) + goods.length;
}
