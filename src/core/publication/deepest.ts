// The deepest price that promotions could bring an offer to, quickly and never too high: who stays above it needs no trial.
import type { MoneyEffect, Offer, Rule } from "../pricing/index.ts";
import { type GoodsDemand, goodsOf } from "./baskets.ts";
import type { Ruled } from "./beaten.ts";
import type { GoodsBook } from "./catalogue.ts";
import type { Clause } from "./clauses.ts";

/** Share of the unit price, 0 to 1, that may be left after one promotion at its best. */
export type Share = number;

/** What the promotion may leave of the offer's price. Never above what it can in truth leave. */
export function shareLeft({ rule, clauses }: Ruled, offer: Offer, before: number, goods: GoodsBook): Share {
  const reach = leastSum(clauses, offer, goods);
  let left = before;
  for (const effect of rule.effects)
    left = Math.min(left, Math.max(0, left - taken(effect, left, reach, offer.price)));
  return Math.max(left, ownFloor(rule, offer), before - capOf(rule)) / before;
}

/** Sums that the conditions of a promotion ask for, alternative by alternative. */
const sums = new WeakMap<readonly Clause[], readonly (readonly GoodsDemand[])[]>();

/** List money that a cart has at least when the promotion's conditions hold and the offer is in it. */
function leastSum(clauses: Ruled["clauses"], offer: Offer, goods: GoodsBook): number {
  if (clauses === null) return 0;
  let asked = sums.get(clauses);
  if (asked === undefined) {
    asked = clauses.map((clause) =>
      goodsOf(clause).filter(
        ({ measure, span }) => (measure === "list" || measure === "left") && span.least > 0,
      ),
    );
    sums.set(clauses, asked);
  }
  let least = Number.POSITIVE_INFINITY;
  for (const demands of asked) {
    let sum = 0;
    // Only sums that the offer itself counts for are made of goods that share the discount.
    for (const { of, span } of demands) if (goods.contains(of, offer.id)) sum = Math.max(sum, span.least);
    least = Math.min(least, sum);
  }
  return Number.isFinite(least) ? least : 0;
}

/** Kopecks that one effect takes off a unit that costs `price` now, in a cart of at least `reach` at list prices. */
function taken(effect: MoneyEffect, price: number, reach: number, list: number): number {
  switch (effect.kind) {
    case "percent":
      return (price * effect.bps) / 10_000;
    case "unit_amount":
    case "line_amount":
      return effect.amount;
    case "fixed_price":
      return Math.max(0, price - effect.price);
    case "free_units":
      return effect.isAcross ? price : (price * effect.free) / effect.take;
    case "nth_cheaper":
      return effect.isAcross ? (price * effect.bps) / 10_000 : (price * effect.bps) / 10_000 / effect.every;
    case "cart_amount":
      // Shares follow money; what earlier promotions took off all the goods alike leaves the share as at list prices.
      return (effect.amount * list) / Math.max(reach, list);
    case "steps":
      return Math.max(
        0,
        ...effect.levels.map(({ from, effect: inner }) =>
          taken(inner, price, Math.max(reach, effect.bySum ? from : 0), list),
        ),
      );
    default:
      return price;
  }
}

function ownFloor({ bounds: { floorPrice, floorBps } }: Rule, offer: Offer): number {
  return Math.max(floorPrice ?? 0, floorBps === null ? 0 : (offer.price * floorBps) / 10_000);
}

function capOf({ bounds: { perUnit } }: Rule): number {
  return perUnit ?? Number.POSITIVE_INFINITY;
}

/** The lowest price of a unit that promotions together could leave: one code, one choice, one of each best. */
export function deepestPrice(offer: Offer, matching: readonly Ruled[], goods: GoodsBook): number {
  const free: Ruled[] = [];
  const alternatives = new Map<string, Ruled[]>();
  for (const each of matching) {
    const { rule } = each;
    const key = rule.needsCode ? "code" : rule.bestOf === null ? null : `best ${rule.bestOf}`;
    if (key === null) free.push(each);
    else alternatives.set(key, [...(alternatives.get(key) ?? []), each]);
  }
  let price = offer.price as number;
  for (const each of free) price *= shareLeft(each, offer, price, goods);
  for (const group of alternatives.values()) {
    const shares = group.map((each) => shareLeft(each, offer, price, goods));
    price *= Math.min(1, ...shares);
  }
  return price;
}
