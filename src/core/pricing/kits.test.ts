// Kits and limits of sets in figures one can check by hand, and what is told of the part that is missing.
import { describe, expect, test } from "vitest";
import { cart, facts, line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { quantity } from "../money/index.ts";
import { type CartLine, type Effect, type PromotionDocument, price, type Quote } from "./index.ts";

const SHOP = [
  offer("a-pen", 100, { categoryIds: ["desk"] }),
  offer("b-cup", 55.55, { categoryIds: ["desk"] }),
  offer("c-tea", 749.9, { step: quantity(100), categoryIds: ["food"] }),
  offer("d-jar", 20, { categoryIds: ["food"] }),
];

function quoteOf(effect: Effect, lines: readonly CartLine[], more: Partial<PromotionDocument> = {}): Quote {
  return price(cart(lines), rulesOf([{ id: "p", name: "p", then: [effect], ...more }]), facts(SHOP), NOON);
}

const off = (...args: Parameters<typeof quoteOf>): number[] =>
  quoteOf(...args).lines.map((each) => each.discount);

const PEN_AND_CUP = [
  { of: { offers: ["a-pen"] }, quantity: 1 },
  { of: { offers: ["b-cup"] }, quantity: 2 },
];

describe("a kit", () => {
  test("has its price, spread over its goods by what they cost", () => {
    const effect: Effect = { kit: { parts: PEN_AND_CUP, price: 150 } };
    // 211.10 for 150: 61.10, of which the pen bears 100 of 211.10.
    expect(off(effect, [line("a-pen", 2), line("b-cup", 3)])).toEqual([2894, 3216]);
    expect(off(effect, [line("a-pen", 2), line("b-cup", 3)], { rounding: "ten" })).toEqual([2842, 3158]);
  });

  test("takes its percentage off each of its goods", () => {
    const effect: Effect = { kit: { parts: PEN_AND_CUP, percent: 10 } };
    expect(off(effect, [line("a-pen", 1), line("b-cup", 3)])).toEqual([1000, 1111]);
    expect(off(effect, [line("a-pen", 1), line("b-cup", 3)], { rounding: "rouble" })).toEqual([1000, 1100]);
  });

  test("is not made where it would cost more than its goods, nor of goods sold by weight", () => {
    expect(off({ kit: { parts: PEN_AND_CUP, price: 300 } }, [line("a-pen"), line("b-cup", 2)])).toEqual([
      0, 0,
    ]);
    const food: Effect = { kit: { parts: [{ of: { categories: ["food"] }, quantity: 2 }], percent: 50 } };
    expect(off(food, [line("c-tea", 3), line("d-jar", 3)])).toEqual([0, 2000]);
  });

  test("takes the dearest goods that fit, and moves those that fit elsewhere", () => {
    const parts = [
      { of: { categories: ["desk"] }, quantity: 1 },
      { of: { offers: ["a-pen"] }, quantity: 1 },
    ];
    expect(off({ kit: { parts, percent: 10 } }, [line("a-pen"), line("b-cup")])).toEqual([1000, 556]);
  });

  test("stays within its caps and looks only at goods of its parts", () => {
    const effect: Effect = { kit: { parts: PEN_AND_CUP, price: 0 } };
    const lines = [line("a-pen"), line("b-cup", 2), line("d-jar")];
    expect(off(effect, lines, { caps: { perOrder: 50 } })).toEqual([2369, 2631, 0]);
  });

  test("tells which one part is missing, and nothing when two are", () => {
    const effect: Effect = { kit: { parts: PEN_AND_CUP, percent: 10 } };
    const verdict = quoteOf(effect, [line("a-pen"), line("b-cup")]).verdicts[0];
    expect(verdict).toMatchObject({
      reason: "capped_to_zero",
      unlock: { kind: "add_quantity", quantity: 1, path: "then[0].kit.parts[1].of" },
    });
    const three: Effect = {
      kit: { parts: [...PEN_AND_CUP, { of: { offers: ["d-jar"] }, quantity: 1 }], percent: 10 },
    };
    expect(quoteOf(three, [line("a-pen")]).verdicts[0]).not.toHaveProperty("unlock");
  });
});

describe("sets of an order are limited", () => {
  const twice = { limits: { perOrder: 2 } };

  test("N for the price of M: the dearest goods first", () => {
    const effect: Effect = { nForM: { take: 2, pay: 1 } };
    expect(off(effect, [line("d-jar", 4), line("b-cup", 3), line("a-pen", 2)], twice)).toEqual([
      0, 5555, 10000,
    ]);
    const across: Effect = { nForM: { take: 2, pay: 1, across: "scope" } };
    expect(off(across, [line("d-jar", 6), line("a-pen", 2)], twice)).toEqual([4000, 0]);
  });

  test("cheaper units", () => {
    const effect: Effect = { nthCheaper: { every: 2, percent: 50 } };
    expect(off(effect, [line("a-pen", 8), line("c-tea", 2)], twice)).toEqual([10000, 0]);
  });

  test("kits", () => {
    const effect: Effect = { kit: { parts: PEN_AND_CUP, price: 150 } };
    expect(off(effect, [line("a-pen", 4), line("b-cup", 8)], { limits: { perOrder: 1 } })).toEqual([
      2894, 3216,
    ]);
  });
});
