// Units and kits of the plain model, and the shares in which an amount is spread.
import type { Effect, Offer, PromotionDocument } from "../../src/core/pricing/index.ts";
import { isIn } from "./membership.ts";

/** One offer of a cart while promotions are applied to it. */
export interface Heap {
  readonly offer: Offer;
  /** Thousandths. */
  readonly quantity: number;
  readonly gross: number;
  readonly byWeight: boolean;
  money: number;
  /** Money when the layer began. */
  before: number;
  /** Units that still cost something. */
  units: number;
}

/** Whole kopecks of roubles. */
export const kopecks = (roubles: number | string): number => Math.round(Number(roubles) * 100);
/** The nearest whole number, halves upward. */
export const halfUp = (value: number): number => Math.floor(value + 0.5 + 1e-9);
const percentOf = (money: number, percent: number): number =>
  Math.floor((money * Math.round(percent * 100) + 5000) / 10_000);

/** The sum. */
export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** What an effect would take off one heap, and how many of its units would be free. */
export interface Wish {
  readonly off: number;
  readonly units: number;
  readonly isFree: boolean;
}

/** Money off, no unit free. */
export const offOnly = (off: number): Wish => ({ off, units: 0, isFree: false });

/** A percentage rounded as the promotion says. */
export function rounded(money: number, percent: number, { rounding }: PromotionDocument): number {
  if (rounding === undefined || rounding === "kopeck") return percentOf(money, percent);
  const grain = rounding === "rouble" ? 100 : 1000;
  return Math.floor((money * Math.round(percent * 100)) / (10_000 * grain)) * grain;
}

/** Every unit with what it costs: of a heap the odd kopecks fall on its first units. */
function unitsOf(goods: readonly Heap[]): { readonly at: number; readonly price: number }[] {
  return goods.flatMap(({ units, money, byWeight }, at) =>
    byWeight
      ? []
      : Array.from({ length: units }, (_, index) => ({
          at,
          price: Math.floor(money / units) + (index < money % units ? 1 : 0),
        })),
  );
}

/** N for the price of M and cheaper units. */
export function unitWish(
  effect: Effect,
  goods: readonly Heap[],
  share: (money: number, percent: number) => number,
): Wish[] {
  const [every, won, percent, across] =
    "nForM" in effect
      ? [effect.nForM.take, effect.nForM.take - effect.nForM.pay, 100, effect.nForM.across]
      : "nthCheaper" in effect
        ? [effect.nthCheaper.every, 1, effect.nthCheaper.percent, effect.nthCheaper.across]
        : [1, 0, 0, "offer"];
  const isFree = "nForM" in effect || (percent === 100 && every > 1);
  const units = unitsOf(goods)
    .filter(({ at }) => across !== "scope" || (goods[at] as Heap).gross > 0)
    .sort((a, b) => a.price - b.price || a.at - b.at);
  const pick = (from: typeof units): typeof units => from.slice(0, Math.floor(from.length / every) * won);
  const picked =
    across === "scope" ? pick(units) : goods.flatMap((_, at) => pick(units.filter((unit) => unit.at === at)));
  return goods.map((_, at) => {
    const own = picked.filter((unit) => unit.at === at);
    const worth = total(own.map(({ price }) => price));
    return {
      off: isFree ? worth : share(worth, percent),
      units: own.length,
      isFree: isFree && own.length > 0,
    };
  });
}

/** Kits of the dearest units; a set of units makes kits when no group of parts is asked for less than fits only there. */
export function kitWish(
  { kit }: Extract<Effect, { kit: unknown }>,
  goods: readonly Heap[],
  room: readonly number[],
  promotion: PromotionDocument,
): Wish[] {
  const fits = goods.map(({ offer }) =>
    kit.parts.reduce((mask, { of }, part) => (isIn(offer, of) ? mask | (1 << part) : mask), 0),
  );
  const units = unitsOf(goods).sort((a, b) => b.price - a.price || a.at - b.at);
  let best = { gain: 0, kits: 0, worth: goods.map(() => 0) };
  for (let kits = 1; kits <= units.length; kits += 1) {
    const chosen: typeof units = [];
    for (const unit of units) if (canSeat([...chosen, unit], fits, kit.parts, kits)) chosen.push(unit);
    if (chosen.length < kits * total(kit.parts.map(({ quantity }) => quantity))) break;
    const worth = goods.map((_, at) =>
      total(chosen.filter((unit) => unit.at === at).map(({ price }) => price)),
    );
    const gain = kit.price === undefined ? total(worth) : total(worth) - kits * kopecks(kit.price);
    if (gain > best.gain) best = { gain, kits, worth };
  }
  if (kit.price === undefined)
    return best.worth.map((worth) => offOnly(rounded(worth, kit.percent ?? 0, promotion)));
  const saving = rounded(best.gain, 100, promotion);
  return shares(
    saving,
    best.worth,
    best.worth.map((worth, at) => Math.min(worth, room[at] as number)),
  ).map(offOnly);
}

function canSeat(
  chosen: readonly { at: number }[],
  fits: readonly number[],
  parts: readonly { quantity: number }[],
  kits: number,
): boolean {
  for (let group = 0; group < 2 ** parts.length; group += 1) {
    const seats = total(parts.map(({ quantity }, part) => ((group >> part) % 2 === 1 ? quantity * kits : 0)));
    if (chosen.filter(({ at }) => ((fits[at] as number) & ~group) === 0).length > seats) return false;
  }
  return true;
}

/** Largest remainder over weights, never past a part's most; what is left over goes round again. */
export function shares(amount: number, weights: readonly number[], most: readonly number[]): number[] {
  const given = weights.map(() => 0);
  let left = Math.min(amount, total(weights.map((weight, at) => (weight > 0 ? (most[at] as number) : 0))));
  while (left > 0) {
    const open = weights.map((weight, at) =>
      weight > 0 && (given[at] as number) < (most[at] as number) ? weight : 0,
    );
    const exact = open.map((weight) => (BigInt(left) * BigInt(weight)) / BigInt(total(open)));
    const rest = open.map((weight) => (BigInt(left) * BigInt(weight)) % BigInt(total(open)));
    let odd = left - total(exact.map(Number));
    const order = [...open.keys()]
      .filter((at) => (open[at] as number) > 0)
      .sort((a, b) => Number((rest[b] as bigint) - (rest[a] as bigint)) || a - b);
    left = 0;
    for (const at of order) {
      const want = Number(exact[at]) + (odd > 0 ? 1 : 0);
      odd -= 1;
      const fit = Math.min(want, (most[at] as number) - (given[at] as number));
      given[at] = (given[at] as number) + fit;
      left += want - fit;
    }
  }
  return given;
}
