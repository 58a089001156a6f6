// A small shop with a cart of two pans and a tea, priced by promotions given briefly: for tests of what is told.

import { quantity } from "../../src/core/money/index.ts";
import {
  type Cart,
  type Detail,
  type Facts,
  type PromotionDocument,
  type PromotionSet,
  price,
  type Quote,
} from "../../src/core/pricing/index.ts";
import { cart, facts, line, NOON, offer, rulesOf } from "./shop.ts";

/** A promotion of which only the id must be said: 10 % off everything unless more is. */
export type Brief = Partial<PromotionDocument> & { readonly id: string };

/** Its goods; nothing is left of h. */
export const SHOP = [
  offer("a", 100, { categoryIds: ["pans"] }),
  offer("b", 50, { categoryIds: ["tea"] }),
  offer("w", 100, { step: quantity(100) }),
  offer("g", 10),
  offer("h", 20, { stock: quantity(0) }),
];

/** The quote of two of a and one of b, unless more is said. */
export function quoteOf(
  promotions: readonly Brief[],
  asked: Partial<Cart> = {},
  more: Partial<Facts> = {},
  set: Partial<PromotionSet> = {},
  detail: Detail = "full",
): Quote {
  const whole = promotions.map(
    (each): PromotionDocument => ({ name: each.id, then: [{ percent: 10 }], ...each }),
  );
  return price(cart([line("a", 2), line("b")], asked), rulesOf(whole, set), facts(SHOP, more), NOON, detail);
}

/** The verdict on one promotion. */
export function verdictOf(quote: Quote, id: string): unknown {
  return quote.verdicts.find((verdict) => verdict.promotionId === id);
}
