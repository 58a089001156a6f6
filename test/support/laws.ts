// Ways to state a law of pricing and to show that it catches a broken pricer.
import fc from "fast-check";
import { minor } from "../../src/core/money/index.ts";
import {
  type Cart,
  type Facts,
  price,
  type Quote,
  type QuoteLine,
  type Rules,
} from "../../src/core/pricing/index.ts";
import { anyWorld, RUNS, type World } from "./carts.ts";
import { NOON, rulesOf } from "./shop.ts";

/** Broken pricers meet the same carts every time, so that catching them is no matter of luck. */
export const SEED = 20_261_121;

/** Anything that prices. */
export type Pricer = (cart: Cart, rules: Rules, facts: Facts) => Quote;

/** The engine, telling all. */
export const real: Pricer = (cart, rules, facts) => price(cart, rules, facts, NOON);
/** The engine, telling what is quick to tell. */
export const plain: Pricer = (cart, rules, facts) => price(cart, rules, facts, NOON, "plain");

/** How long a law may take: a long form of a million carts takes most of an hour. */
export const LONG = { timeout: 60_000 + RUNS * 10 };

/** Asserts that the law holds on so many random worlds. */
export function hold(law: (world: World, rules: Rules) => void, runs: number): void {
  fc.assert(
    fc.property(anyWorld, (world) => law(world, rulesOf(world.promotions))),
    { numRuns: Math.max(1, Math.floor(runs)) },
  );
}

/** True when the law finds the pricer wrong on some cart. */
export function catches(law: (world: World, rules: Rules) => void): boolean {
  return fc.check(
    fc.property(anyWorld, (world) => law(world, rulesOf(world.promotions))),
    { numRuns: 3000, endOnFailure: true, seed: SEED },
  ).failed;
}

/** What each offer costs in all, gifts apart. */
export function byOffer(quote: Quote): Map<string, number> {
  const totals = new Map<string, number>();
  for (const each of quote.lines) {
    if (!each.isCounted || each.lineIndex === null || each.offerId === null) continue;
    totals.set(each.offerId, (totals.get(each.offerId) ?? 0) + each.total);
  }
  return totals;
}

/** The quote with other discounts of its lines, totals following. */
export function changed(quote: Quote, change: (line: QuoteLine) => number): Quote {
  const lines = quote.lines.map((each) => {
    const discount = change(each);
    return { ...each, discount: minor(discount), total: minor(each.gross - discount) };
  });
  const total = lines.reduce((sum, each) => sum + (each.isCounted ? each.total : 0), 0);
  return { ...quote, lines, total: minor(total) };
}
