// Tests of lowering: lines share what is left in their order, in whole steps, and what has no stock at all keeps its problem.
import { describe, expect, test } from "vitest";
import { minor, quantity } from "../money/index.ts";
import type { CartLine } from "./cart.ts";
import type { Offer } from "./facts.ts";
import { lowerQuantities, NOT_LOWERED } from "./lower-quantities.ts";

const offer = (id: string, stock: number | null, more: Partial<Offer> = {}): Offer => ({
  ...{
    id,
    groupId: id,
    name: id,
    price: minor(100),
    oldPrice: null,
    categoryIds: [],
    vendor: null,
    params: {},
  },
  ...{ step: null, codeCap: null, usePoints: true, isAvailable: true },
  stock: stock === null ? null : quantity(stock),
  ...more,
});

const OFFERS = new Map(
  [
    offer("few", 2500),
    offer("cheese", 700, { step: quantity(250) }),
    offer("none", 0),
    offer("unknown", null),
    offer("shut", 100, { isAvailable: false }),
  ].map((one) => [one.id, one]),
);

const line = (offerId: string | null, units: number | null, selected = true): CartLine => ({
  ...{ offerId, selected, echoed: [], sentAsFree: false },
  quantity: units === null ? null : quantity(units),
});

/** What is left of lines: quantity, or "aside". */
function lowered(...lines: readonly CartLine[]) {
  const { lines: left, lowered: how } = lowerQuantities(lines, OFFERS);
  return left.map(({ quantity: units, selected }, index) => [selected ? units : "aside", how.get(index)]);
}

describe("quantities are lowered to what is left", () => {
  test("in whole pieces, and in whole steps", () => {
    expect(lowered(line("few", 3000))).toEqual([[2000, "lowered"]]);
    expect(lowered(line("cheese", 1000))).toEqual([[500, "lowered"]]);
  });

  test("lines before others take first, and who is left nothing is put aside", () => {
    expect(lowered(line("few", 1000), line("few", 3000), line("few", 1000))).toEqual([
      [1000, undefined],
      [1000, "lowered"],
      ["aside", "unticked"],
    ]);
  });

  test("a line that fits, or speaks of nothing that could be counted, stays", () => {
    const lines = [
      ...[line("few", 2000), line("none", 1000), line("unknown", 9000), line("shut", 9000)],
      ...[line(null, 9000), line("gone", 9000), line("few", 9000, false), line("cheese", null)],
    ];
    const result = lowerQuantities(lines, OFFERS);
    expect(result.lines).toBe(lines);
    expect(result.lowered).toBe(NOT_LOWERED);
  });
});
