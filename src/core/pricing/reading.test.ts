// Lines that cannot be bought, and quantities put right.
import { describe, expect, test } from "vitest";
import { cart, facts, line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { SHOP } from "../../../test/support/small-shop.ts";
import { quantity } from "../money/index.ts";
import { MOST_QUANTITY, price } from "./index.ts";

describe("lines that cannot be bought", () => {
  test("unknown, unavailable, without a quantity, too many, short of stock", () => {
    const offers = [
      ...SHOP,
      offer("gone", 5, { isAvailable: false }),
      offer("few", 5, { stock: quantity(2000) }),
      offer("dear", 99_000_000),
    ];
    const lines = [
      line(null),
      line("z"),
      line("gone"),
      line("a", 0),
      line("a", null),
      line("a", 100_001),
      line("few", 2),
      line("few", 1),
      line("few", 9, { selected: false }),
      line("dear", 99_999),
      line("a", 1.4),
    ];
    const quote = price(cart(lines), rulesOf([]), facts(offers), NOON);
    const left = { kind: "short_stock", left: 2000 };
    expect(quote.lines.map((each) => each.problem)).toEqual([
      { kind: "unknown_offer" },
      { kind: "unknown_offer" },
      { kind: "unavailable" },
      { kind: "bad_quantity" },
      { kind: "bad_quantity" },
      { kind: "too_many", limit: MOST_QUANTITY },
      left,
      left,
      null,
      { kind: "too_many", limit: MOST_QUANTITY },
      null,
    ]);
    expect(quote.total).toBe(10000);
    expect(quote.lines[10]).toMatchObject({
      quantity: 1000,
      notices: [{ code: "quantity_rounded", quantity: 1000 }],
    });
  });

  test("the most that a line may hold and cost is allowed, and nothing beyond", () => {
    const offers = [offer("dear", 10_000_000), offer("dearer", 10_000_000.01), offer("cheap", 0.01)];
    const lines = [
      line("cheap", 100_000),
      line("cheap", 100_000.001),
      line("dear", 1000),
      line("dear", 1001),
      line("dearer", 1000),
    ];
    const quote = price(cart(lines), rulesOf([]), facts(offers), NOON);
    const tooMany = { kind: "too_many", limit: MOST_QUANTITY };
    expect(quote.lines.map((each) => each.problem)).toEqual([null, tooMany, null, tooMany, tooMany]);
    expect(quote.total).toBe(100_000 + 1_000_000_000_000);
  });

  test("a line that cannot be bought takes nothing of the stock and says its own trouble", () => {
    const offers = [offer("few", 5, { stock: quantity(2000) })];
    const problems = (...counts: number[]): unknown[] =>
      price(cart(counts.map((count) => line("few", count))), rulesOf([]), facts(offers), NOON).lines.map(
        (each) => each.problem?.kind ?? null,
      );
    expect(problems(2, 100_001)).toEqual([null, "too_many"]);
    expect(problems(2, 100_001, 1)).toEqual(["short_stock", "too_many", "short_stock"]);
  });

  test("a weighed unticked line is priced by its weight", () => {
    const quote = price(cart([line("w", 0.7, { selected: false })]), rulesOf([]), facts(SHOP), NOON);
    expect(quote.lines[0]).toMatchObject({
      total: 7000,
      unitGroups: [{ quantity: 700, unitPrice: 10000, total: 7000 }],
    });
    expect(quote).toMatchObject({ gross: 0, total: 0, points: null });
  });

  test("goods sold by weight of which no quantity could be read cost nothing", () => {
    for (const bad of [line("w", null), line("w", 0), line("w", null, { selected: false })]) {
      const quote = price(cart([bad, line("a")]), rulesOf([]), facts(SHOP), NOON);
      expect(quote.lines[0]).toMatchObject({ problem: { kind: "bad_quantity" }, total: 0, unitGroups: [] });
      expect(quote.total).toBe(10_000);
    }
  });
});
