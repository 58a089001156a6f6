// Hints by example: which of several promotions is the nearest, on which line it stands and in what figures.
import { describe, expect, test } from "vitest";
import { line } from "../../../test/support/shop.ts";
import { type Brief, quoteOf, SHOP } from "../../../test/support/small-shop.ts";
import { minor } from "../money/index.ts";
import type { Cart, Facts } from "./index.ts";

const hint = { ru: "Ещё {missing}", en: "{missing} more" };
const hinted = (brief: Brief): Brief => ({ ...brief, texts: { hint } });

/** Where hints stand ("cart" or a line's number), of which promotion, and what they say is missing. */
function hintsOf(
  promotions: readonly Brief[],
  asked: Partial<Cart> = {},
  more: Partial<Facts> = {},
): Record<string, readonly [string | undefined, number | undefined]> {
  const quote = quoteOf(promotions.map(hinted), asked, more);
  const places = [["cart", quote.notices] as const].concat(
    quote.lines.map((each) => [String(each.lineIndex), each.notices] as never),
  );
  return Object.fromEntries(
    places.flatMap(([place, notices]) =>
      notices
        .filter(({ code }) => code === "hint")
        .map((notice) => [place, [notice.promotionId, notice.amountMinor ?? notice.quantity]]),
    ),
  );
}

/** Half off, whatever else. */
const HALF: Brief = { id: "half", then: [{ percent: 50 }] };

/** Lacks `lack` at list prices; of the half-priced cart of 125.00 twice as much in truth. */
const later = (id: string, lack: number): Brief => ({
  id,
  when: [{ sum: { atLeast: 125 + lack } }],
  combining: { layer: 5 },
});

/** Lacks `lack` at list prices, and then takes nothing off. */
const atList = (id: string, lack: number): Brief => ({
  id,
  when: [{ sum: { atLeast: 250 + lack, measured: "list" } }],
  then: [{ message: "m" }],
});

describe("the nearest", () => {
  test("is that for which least must be spent in truth, not that which lacks least before discounts", () => {
    expect(hintsOf([HALF, later("later", 50)])).toEqual({ cart: ["later", 10000] });
    expect(hintsOf([HALF, later("later", 50), atList("list", 80)])).toEqual({ cart: ["list", 8000] });
    expect(hintsOf([HALF, later("later", 50), atList("list", 120)])).toEqual({ cart: ["later", 10000] });
  });

  test("of equally near ones is that which lacks least before discounts", () => {
    const sooner: Brief = { ...atList("sooner", 0), when: [{ sum: { atLeast: 350 } }] };
    expect(hintsOf([HALF, sooner])).toEqual({ cart: ["sooner", 10000] });
    expect(hintsOf([HALF, sooner, later("later", 50)])).toEqual({ cart: ["later", 10000] });
  });

  test("of those equal in both is the first in the order of application", () => {
    const more = (id: string, layer: number): Brief => ({
      id,
      when: [{ sum: { atLeast: 300 } }],
      then: [{ message: "m" }],
      combining: { layer },
    });
    expect(hintsOf([more("x", 1), more("y", 2)])).toEqual({ cart: ["x", 5000] });
    expect(hintsOf([more("x", 2), more("y", 1)])).toEqual({ cart: ["y", 5000] });
  });

  test("counts units at their price", () => {
    // Two more of a cost 200 ₽; 60 ₽ of it are nearer, 210 ₽ of it are not.
    const four: Brief = { id: "four", scope: { offers: ["a"] }, then: [{ nForM: { take: 4, pay: 3 } }] };
    const of = { offers: ["a"] };
    const worth = (atLeast: number): Brief => ({ id: "worth", scope: of, when: [{ sum: { atLeast, of } }] });
    expect(hintsOf([four, worth(260)])).toEqual({ 0: ["worth", 6000] });
    expect(hintsOf([four, worth(410)])).toEqual({ 0: ["four", 2000] });
  });

  test("is looked for on every place by itself", () => {
    const tea: Brief = { id: "tea", scope: { offers: ["b"] }, when: [{ sum: { atLeast: 900 } }] };
    expect(hintsOf([atList("list", 10), tea])).toEqual({ cart: ["list", 1000], 1: ["tea", 65000] });
  });
});

describe("a hint says what is missing", () => {
  test("different goods and units in thousandths, sums in kopecks", () => {
    expect(hintsOf([{ id: "p", when: [{ distinctGoods: { atLeast: 4 } }] }])).toEqual({ cart: ["p", 2000] });
    expect(hintsOf([{ id: "p", when: [{ quantity: { atLeast: 4.5 } }] }])).toEqual({ cart: ["p", 1500] });
    expect(hintsOf([{ id: "p", when: [{ sum: { atLeast: 251.5 } }] }])).toEqual({ cart: ["p", 150] });
  });

  test("and nothing of what cannot be bought: signing in, a code", () => {
    expect(hintsOf([{ id: "p", audience: [{ customer: { known: true } }] }])).toEqual({});
    expect(hintsOf([{ id: "p", scope: { offers: ["a"] }, codes: { list: ["X"] } }])).toEqual({});
  });

  test("and nothing of a promotion that is applied", () => {
    expect(hintsOf([{ id: "p" }, { id: "q", scope: { offers: ["a"] } }])).toEqual({});
  });
});

describe("a hint stands on the line", () => {
  const nextFree: Brief = { id: "p", then: [{ nForM: { take: 3, pay: 2 } }] };

  test("of the goods that are cheapest to complete, also where the promotion is for all goods", () => {
    // Two more of b at 50 ₽ or one more of a at 100 ₽: equal, and the first by price is b.
    expect(hintsOf([nextFree])).toEqual({ 1: ["p", 2000] });
    expect(hintsOf([{ ...nextFree, scope: { offers: ["a", "b"] } }])).toEqual({ 1: ["p", 2000] });
    const dear = new Map(
      SHOP.map((each) => [each.id, each.id === "b" ? { ...each, price: minor(9000) } : each]),
    );
    expect(hintsOf([nextFree], {}, { offers: dear })).toEqual({ 0: ["p", 1000] });
  });

  test("of its scope, the first where there are several", () => {
    const when = [{ sum: { atLeast: 300 } }];
    expect(hintsOf([{ id: "p", scope: { offers: ["b"] }, when }])).toEqual({ 1: ["p", 5000] });
    expect(hintsOf([{ id: "p", scope: { offers: ["a", "b"] }, when }])).toEqual({ 0: ["p", 5000] });
    const lines = [line("b"), line("a", 1), line("a", 1)];
    expect(hintsOf([{ id: "p", scope: { offers: ["a"] }, when }], { lines })).toEqual({ 1: ["p", 5000] });
  });

  test("and on the cart where nothing of its scope lies in the cart", () => {
    const old = { hasOldPrice: true };
    expect(
      hintsOf([
        { id: "p", scope: old, when: [{ sum: { atLeast: 80, of: old } }] },
        { id: "q", scope: { offers: ["b"] }, when: [{ quantity: { atLeast: 9 } }] },
      ]),
    ).toEqual({ cart: ["p", 8000], 1: ["q", 6000] });
  });
});
