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

  test("of any goods takes the dearest, and saves most with the fewest kits", () => {
    const effect: Effect = { kit: { parts: [{ of: {}, quantity: 2 }], price: 155.55 } };
    // Two pens save 44.45; the third and the cup cost just what a kit does.
    expect(off(effect, [line("a-pen", 3), line("b-cup")])).toEqual([4445, 0]);
  });

  test("has each unit in one part, however units are moved", () => {
    const offers = ["a", "b", "c", "d", "e"].map((id, index) => offer(id, 100 - index * 10));
    const taken = (parts: Record<string, number>, units: readonly number[]): number => {
      const kit = {
        parts: Object.entries(parts).map(([fit, count]) => ({ of: { offers: [...fit] }, quantity: count })),
        percent: 10,
      };
      const lines = units.flatMap((count, index) =>
        count === 0 ? [] : [line("abcde".charAt(index), count)],
      );
      const rules = rulesOf([{ id: "p", name: "p", then: [{ kit }], limits: { perOrder: 1 } }]);
      return price(cart(lines), rules, facts(offers), NOON).discount;
    };
    // Both of a leave for the second part, where there are no more of them to make room for d.
    expect(taken({ abcd: 2, ae: 3 }, [2, 1, 1, 1, 1])).toBe(1000 * 2 + 900 + 800 + 600);
    // The one of a makes room for one more of b, not for two.
    expect(taken({ ab: 2, ae: 2 }, [1, 3, 0, 0, 1])).toBe(1000 + 900 * 2 + 600);
    // Of c two more could be seated if two of b left for the first part, but there is one.
    expect(taken({ ab: 2, a: 2, bc: 2 }, [2, 1, 3])).toBe(0);
    expect(taken({ ab: 2, a: 2, bc: 2 }, [2, 2, 3])).toBe(5400);
  });

  test("is of units that are still paid for, at what they cost to the kopeck", () => {
    const offers = [offer("a", 20), offer("b", 10), offer("c", 100)];
    const discounts = (
      then: readonly Effect[],
      scope: readonly string[],
      kit: Effect,
      units: number[],
    ): unknown => {
      const set = [
        { id: "first", name: "first", scope: { offers: scope }, then },
        { id: "kit", name: "kit", then: [kit], combining: { layer: 5 } },
      ];
      const lines = units.map((count, index) => line("abc".charAt(index), count));
      return price(cart(lines), rulesOf(set), facts(offers), NOON).lines.map((each) => each.discount);
    };
    const dearest: Effect = { kit: { parts: [{ of: {}, quantity: 1 }], price: 90 } };
    // The one of b is free, so it is in no kit; of the rest only c costs more than one.
    const free: Effect = { nForM: { take: 2, pay: 1, across: "scope" } };
    expect(discounts([free], ["a", "b"], dearest, [1, 1, 1])).toEqual([0, 1000, 1000]);
    const pair: Effect = { kit: { parts: [{ of: { offers: ["a"] }, quantity: 2 }], price: 30 } };
    // 39.99 for two, 10 of them at 30; of three for 59.99 one stays at 19.99 or 20.00.
    expect(discounts([{ amount: 0.01 }], ["a"], pair, [2])).toEqual([1000]);
    expect(discounts([{ amount: 0.01 }], ["a"], pair, [3])).toEqual([1001]);
  });

  test("stays within its caps and looks only at goods of its parts", () => {
    const effect: Effect = { kit: { parts: PEN_AND_CUP, price: 0 } };
    const lines = [line("a-pen"), line("b-cup", 2), line("d-jar")];
    expect(off(effect, lines, { caps: { perOrder: 50 } })).toEqual([2369, 2631, 0]);
    const toys: Effect = { kit: { parts: [{ of: { categories: ["toys"] }, quantity: 1 }], price: 0 } };
    expect(quoteOf(toys, lines).verdicts.map((each) => "reason" in each && each.reason)).toEqual([
      "no_goods",
    ]);
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
