// Which units win where an order may have only so many, or where a whole scope competes for them.
import { describe, expect, test } from "vitest";
import { cart, facts, line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { type Effect, type PromotionDocument, price } from "./index.ts";

type Goods = Readonly<Record<string, readonly [roubles: number, units: number]>>;

/** Kopecks that the promotion p takes off each of the goods, by id; others may come before it. */
function taken(
  goods: Goods,
  then: Effect,
  more: Partial<PromotionDocument> = {},
  others: readonly PromotionDocument[] = [],
): Record<string, number> {
  const offers = Object.entries(goods).map(([id, [roubles]]) => offer(id, roubles));
  const lines = Object.entries(goods).map(([id, [, units]]) => line(id, units));
  const promotions = [...others, { id: "p", name: "p", then: [then], combining: { layer: 5 }, ...more }];
  const quote = price(cart(lines), rulesOf(promotions), facts(offers), NOON);
  const off = quote.lines.map(({ offerId, discounts }) => {
    const own = discounts.filter(({ promotionId }) => promotionId === "p");
    return [offerId ?? "", own.reduce((sum, { amount }) => sum + amount, 0)] as const;
  });
  return Object.fromEntries(off.filter(([, amount]) => amount > 0));
}

const once = { limits: { perOrder: 1 } };
const twice = { limits: { perOrder: 2 } };
const twoForOne: Effect = { nForM: { take: 2, pay: 1 } };
const threeForOne: Effect = { nForM: { take: 3, pay: 1 } };
const half = (every: number): Effect => ({ nthCheaper: { every, percent: 50 } });
const across = (take: number, pay: number): Effect => ({ nForM: { take, pay, across: "scope" } });

describe("so many sets to an order", () => {
  test("fall to the dearest goods, of equal ones to the first by id", () => {
    expect(taken({ a: [50, 2], b: [100, 2] }, twoForOne, once)).toEqual({ b: 10_000 });
    expect(taken({ a: [50, 2], b: [100, 2] }, twoForOne, twice)).toEqual({ a: 5000, b: 10_000 });
    expect(taken({ a: [100, 2], b: [100, 2] }, twoForOne, once)).toEqual({ a: 10_000 });
    expect(taken({ a: [50, 20], b: [100, 2] }, twoForOne, once)).toEqual({ b: 10_000 });
    expect(taken({ a: [100, 1], b: [50, 2] }, twoForOne, once)).toEqual({ b: 5000 });
  });

  test("fall to what is dearest when the promotion's turn has come", () => {
    const earlier = { id: "e", name: "e", scope: { offers: ["b"] }, then: [{ percent: 60 }] };
    expect(taken({ a: [50, 2], b: [100, 2] }, twoForOne, once, [earlier])).toEqual({ a: 5000 });
  });

  test("are sets, of which each may win several units or a part of one", () => {
    expect(taken({ a: [10, 9] }, threeForOne, once)).toEqual({ a: 2000 });
    expect(taken({ a: [10, 9] }, threeForOne, twice)).toEqual({ a: 4000 });
    expect(taken({ a: [10, 5] }, threeForOne, twice)).toEqual({ a: 2000 });
    expect(taken({ a: [10, 9] }, half(2), once)).toEqual({ a: 500 });
    expect(taken({ a: [10, 9], b: [20, 2] }, half(2), twice)).toEqual({ a: 500, b: 1000 });
  });

  test("are counted over the whole scope where its units compete", () => {
    expect(taken({ a: [10, 9] }, across(3, 1), once)).toEqual({ a: 2000 });
    expect(taken({ a: [10, 9] }, across(3, 1), twice)).toEqual({ a: 4000 });
    const cheaper: Effect = { nthCheaper: { every: 2, percent: 50, across: "scope" } };
    expect(taken({ a: [10, 2], b: [20, 4] }, cheaper, once)).toEqual({ a: 500 });
    expect(taken({ a: [10, 2], b: [20, 4] }, cheaper)).toEqual({ a: 1000, b: 1000 });
  });
});

describe("units of a scope that compete", () => {
  test("are the cheapest, and what costs nothing neither counts nor wins", () => {
    expect(taken({ a: [30, 1], b: [20, 1], c: [10, 1] }, across(3, 2))).toEqual({ c: 1000 });
    expect(taken({ a: [30, 1], z: [0, 1] }, across(2, 1))).toEqual({});
    expect(taken({ a: [30, 2], z: [0, 2] }, across(2, 1))).toEqual({ a: 3000 });
  });

  test("are single units: of an offer whose units differ by a kopeck the cheaper ones come first", () => {
    // Three for 2.99: two at 1.00 and one at 0.99, which competes with three at 0.99.
    const earlier: PromotionDocument = {
      id: "e",
      name: "e",
      scope: { offers: ["a"] },
      then: [{ amount: 0.01 }],
    };
    const goods: Goods = { a: [1, 3], b: [0.99, 3] };
    expect(taken(goods, across(3, 2), {}, [earlier])).toEqual({ a: 99, b: 99 });
    expect(taken(goods, across(6, 1), {}, [earlier])).toEqual({ a: 199, b: 297 });
  });
});

describe("a kit at a price", () => {
  const kit: Effect = {
    kit: { parts: ["a", "b"].map((id) => ({ of: { offers: [id] }, quantity: 1 })), price: 20 },
  };

  test("is shared out by what its units cost, up to what each may give", () => {
    expect(taken({ a: [100, 1], b: [50, 1] }, kit)).toEqual({ a: 8667, b: 4333 });
    expect(taken({ a: [100, 1], b: [50, 1] }, kit, { caps: { perLine: 60 } })).toEqual({ a: 6000, b: 4999 });
  });

  test("takes whole roubles in all where its discounts are rounded", () => {
    const odd: Effect = { kit: { parts: [{ of: { offers: ["a"] }, quantity: 1 }], price: 20.5 } };
    expect(taken({ a: [100, 1] }, odd, { rounding: "rouble" })).toEqual({ a: 7900 });
    expect(taken({ a: [100, 1] }, odd, { rounding: "ten" })).toEqual({ a: 7000 });
  });
});
