// The unlocking change by example: what is promised, in what amount, and what is not promised.
import { describe, expect, test } from "vitest";
import { customer, line } from "../../../test/support/shop.ts";
import { type Brief, quoteOf, SHOP, verdictOf } from "../../../test/support/small-shop.ts";
import { minor, quantity } from "../money/index.ts";
import type { Cart, Facts, Quote } from "./index.ts";

/** Two of a at 100 ₽, one of b at 50 ₽, unless more is said. */
function unlockOf(
  promotions: readonly Brief[],
  id = "p",
  asked: Partial<Cart> = {},
  more: Partial<Facts> = {},
): unknown {
  const verdict = verdictOf(quoteOf(promotions, asked, more, {}, "every"), id) as Quote["verdicts"][number];
  return verdict.kind === "applied" ? "applied" : (verdict.unlock ?? null);
}

const sum = (roubles: number, path = "when[0].sum"): object => ({
  kind: "add_sum",
  amountMinor: Math.round(roubles * 100),
  path,
});

describe("a sum", () => {
  test("is what is missing, to the kopeck", () => {
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 300.01, measured: "list" } }] }])).toEqual(
      sum(50.01),
    );
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 300 } }] }])).toEqual(sum(50));
  });

  test("of a set counts the set alone, even where nothing of it lies in the cart", () => {
    const of = { categories: ["tea"] };
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 80, of } }] }])).toEqual(sum(30));
    const none = { categories: ["toys"], vendors: ["Заря"], params: { size: ["L"] }, hasOldPrice: true };
    expect(unlockOf([{ id: "p", scope: none, when: [{ sum: { atLeast: 80, of: none } }] }])).toEqual(sum(80));
    const nested = {
      any: [{ groups: ["g-7"] }, { vendors: ["x"] }],
      all: [{ categories: ["k"] }],
      price: { from: 10, to: 40 },
    };
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 80, of: nested } }] }])).toEqual(sum(80));
  });

  test("of a set that no offer could be made up for is promised by what lies in the cart, or not at all", () => {
    const odd = { not: { categories: ["pans"] } };
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 80, of: odd } }] }])).toEqual(sum(30));
    const nothing = { all: [{ categories: ["k"] }, { not: { categories: ["k"] } }] };
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 80, of: nothing } }] }])).toBeNull();
  });

  test("grows by what earlier layers would take off it", () => {
    const half: Brief = { id: "half", then: [{ percent: 50 }] };
    const p: Brief = { id: "p", when: [{ sum: { atLeast: 200 } }], combining: { layer: 5 } };
    // 125.00 is left of 250.00; of 149.99 half a kopeck too much would be taken off.
    expect(unlockOf([half, p])).toEqual(sum(150));
    const most: Brief = { id: "most", then: [{ percent: 80 }] };
    expect(unlockOf([most, p])).toBeNull();
  });

  test("holds for goods as cheap as those that earlier layers give away", () => {
    const free: Brief = { id: "free", then: [{ nForM: { take: 2, pay: 1, across: "scope" } }] };
    const p: Brief = { id: "p", when: [{ sum: { atLeast: 400 } }], combining: { layer: 5 } };
    // 200.00 of 250.00 are paid now. With twelve cheap units more, seven of fifteen are free, so that five of them and
    // all of the old must make 400.00: each costs 30.00.
    expect(unlockOf([free, p])).toEqual(sum(359.89));
  });

  test("mends everything that fails, or nothing is promised", () => {
    const both: Brief = {
      id: "p",
      when: [{ sum: { atLeast: 300 } }, { sum: { atLeast: 120, of: { categories: ["tea"] } } }],
    };
    expect(unlockOf([both])).toEqual(sum(70, "when[1].sum"));
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 300 } }, { channels: ["seller"] }] }])).toBeNull();
    const mended = { kind: "add_quantity", quantity: 6, path: "when[1].quantity" };
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 300 } }, { quantity: { atLeast: 9 } }] }])).toEqual(
      mended,
    );
    expect(
      unlockOf([{ id: "p", when: [{ sum: { atLeast: 900 } }, { quantity: { atLeast: 9 } }] }]),
    ).toBeNull();
  });

  test("of a set is enough for everything else that fails too", () => {
    const tea = { sum: { atLeast: 80, of: { categories: ["tea"] } } };
    expect(unlockOf([{ id: "p", when: [tea, { sum: { atLeast: 400 } }] }])).toEqual(sum(150));
    const either = { any: [{ sum: { atLeast: 900 } }, { sum: { atLeast: 400 } }] };
    expect(unlockOf([{ id: "p", when: [tea, either] }])).toEqual(sum(150));
  });

  test("is enough for every way of adding it, and not too much for any", () => {
    // 100.00 is left. 50 ₽ of anything new will do, of pans it takes 100 ₽; with 100 ₽ of anything new it is 200.00.
    const half: Brief = { id: "half", scope: { categories: ["pans"] }, then: [{ percent: 50 }] };
    const between = (atMost: number): unknown => {
      const p: Brief = { id: "p", when: [{ sum: { atLeast: 150, atMost } }], combining: { layer: 5 } };
      return unlockOf([half, p], "p", { lines: [line("a", 2)] });
    };
    expect(between(201)).toEqual(sum(100));
    expect(between(199)).toBeNull();
  });

  test("mends all that is asked together, each of it by itself", () => {
    const all: Brief = {
      id: "p",
      when: [{ all: [{ sum: { atLeast: 300 } }, { sum: { atLeast: 120, of: { categories: ["tea"] } } }] }],
    };
    expect(unlockOf([all])).toEqual(sum(70, "when[0].all[1].sum"));
  });

  test("is promised as long as discounts eat no more than three quarters of what is added", () => {
    const eats = (percent: number): Brief => ({ id: "eats", then: [{ percent }] });
    const p = (atLeast: number): Brief => ({
      id: "p",
      when: [{ sum: { atLeast } }],
      combining: { layer: 5 },
    });
    expect(unlockOf([eats(75), p(162.5)])).toEqual(sum(399.99));
    expect(unlockOf([eats(76), p(160)])).toBeNull();
  });

  test("is the least of several that would do", () => {
    const any: Brief = {
      id: "p",
      when: [{ any: [{ sum: { atLeast: 900 } }, { sum: { atLeast: 310 } }, { quantity: { atLeast: 9 } }] }],
    };
    expect(unlockOf([any])).toEqual(sum(60, "when[0].any[1].sum"));
    const units: Brief = {
      id: "p",
      when: [{ any: [{ sum: { atLeast: 900 } }, { quantity: { atLeast: 4 } }] }],
    };
    expect(unlockOf([units])).toEqual({ kind: "add_quantity", quantity: 1, path: "when[0].any[1].quantity" });
    const equal = [{ sum: { atLeast: 300 } }, { quantity: { atLeast: 4 } }];
    expect(unlockOf([{ id: "p", when: [{ any: equal }] }])).toEqual(sum(50, "when[0].any[0].sum"));
    expect(unlockOf([{ id: "p", when: [{ any: [...equal].reverse() }] }])).toEqual({
      kind: "add_quantity",
      quantity: 1,
      path: "when[0].any[0].quantity",
    });
  });

  test("is not promised where the promotion would be beaten, capped or past its upper bound", () => {
    const strong: Brief = { id: "strong", then: [{ percent: 30 }], combining: { bestOf: "x" } };
    const weak: Brief = { id: "p", when: [{ sum: { atLeast: 300 } }], combining: { bestOf: "x" } };
    expect(unlockOf([strong, weak])).toBeNull();
    expect(unlockOf([{ ...strong, then: [{ percent: 5 }] }, weak])).toEqual(sum(50));
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 300 } }], caps: { perOrder: 0 } }])).toBeNull();
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 300, atMost: 310 } }] }])).toBeNull();
    expect(unlockOf([{ id: "p", when: [{ sum: { atLeast: 300, atMost: 400 } }] }])).toEqual(sum(50));
  });

  test("is not promised by goods that are out of stock", () => {
    const scarce = SHOP.map((each) => (each.id === "b" ? { ...each, stock: quantity(1000) } : each));
    const offers = new Map(scarce.map((each) => [each.id, each]));
    const only: Brief = { id: "p", when: [{ sum: { atLeast: 80, of: { offers: ["b"] } } }] };
    expect(unlockOf([only])).toEqual(sum(30));
    expect(unlockOf([only], "p", {}, { offers })).toBeNull();
    // Two more would be there, but of half-priced tea it takes three.
    const half: Brief = { id: "half", then: [{ percent: 50 }] };
    const after: Brief = { ...only, combining: { layer: 5 } };
    const stocked = (count: number): Partial<Facts> => ({
      offers: new Map(
        SHOP.map((each) => [each.id, each.id === "b" ? { ...each, stock: quantity(count * 1000) } : each]),
      ),
    });
    expect(unlockOf([half, after], "p", {}, stocked(4))).toEqual(sum(100.01));
    expect(unlockOf([half, after], "p", {}, stocked(3))).toBeNull();
  });
});

describe("units and different goods", () => {
  test("are counted in units of what is sold", () => {
    expect(unlockOf([{ id: "p", when: [{ quantity: { atLeast: 4.5 } }] }])).toEqual({
      kind: "add_quantity",
      quantity: 1.5,
      path: "when[0].quantity",
    });
    expect(unlockOf([{ id: "p", when: [{ quantity: { atLeast: 3, of: { offers: ["b", "z"] } } }] }])).toEqual(
      {
        kind: "add_quantity",
        quantity: 2,
        path: "when[0].quantity",
      },
    );
  });

  test("of a list of offers are those of the list that are not there yet", () => {
    const goods = (atLeast: number): Brief => ({
      id: "p",
      when: [{ distinctGoods: { atLeast, of: { offers: ["a", "x", "y"] } } }],
    });
    expect(unlockOf([goods(3)])).toEqual({ kind: "add_goods", count: 2, path: "when[0].distinctGoods" });
    expect(unlockOf([goods(4)])).toBeNull();
    expect(
      unlockOf([{ id: "p", when: [{ distinctGoods: { atLeast: 5, of: { not: { offers: ["a"] } } } }] }]),
    ).toEqual({
      kind: "add_goods",
      count: 4,
      path: "when[0].distinctGoods",
    });
  });

  test("to the next free unit are units of the offer that costs least to complete", () => {
    const three: Brief = { id: "p", then: [{ nForM: { take: 3, pay: 2 } }] };
    // One more of a for 100 ₽ or two more of b for 100 ₽: equal, so the cheaper goods; with b at 90 ₽ it is a.
    expect(unlockOf([three])).toEqual({ kind: "add_quantity", quantity: 2, path: "then[0]", offerId: "b" });
    const dearer = new Map(
      SHOP.map((each) => [each.id, each.id === "b" ? { ...each, price: minor(9000) } : each]),
    );
    expect(unlockOf([three], "p", {}, { offers: dearer })).toEqual({
      kind: "add_quantity",
      quantity: 1,
      path: "then[0]",
      offerId: "a",
    });
    const across: Brief = { id: "p", then: [{ nForM: { take: 5, pay: 4, across: "scope" } }] };
    expect(unlockOf([across])).toEqual({ kind: "add_quantity", quantity: 2, path: "then[0]" });
  });

  test("to the first step are what its goods lack", () => {
    const steps = (by: "sum" | "quantity", from: number): Brief => ({
      id: "p",
      scope: { categories: ["tea"] },
      then: [
        {
          steps: {
            by,
            levels: [
              { from: from * 2, percent: 20 },
              { from, percent: 10 },
            ],
          },
        },
      ],
    });
    expect(unlockOf([steps("sum", 80)])).toEqual(sum(30, "then[0]"));
    expect(unlockOf([steps("quantity", 3)])).toEqual({ kind: "add_quantity", quantity: 2, path: "then[0]" });
  });
});

describe("words of the shopper", () => {
  test("signing in is promised to one who is all that is asked", () => {
    const gold: Brief = {
      id: "p",
      audience: [{ customer: { tiers: ["gold"], segments: ["vip", "new"] } }],
      when: [{ customer: { orderNumber: { atLeast: 3 }, spent: { days: 30, atLeast: 1000 } } }],
    };
    expect(unlockOf([gold])).toEqual({ kind: "sign_in" });
    expect(
      unlockOf([{ id: "p", audience: [{ customer: { birthday: { daysBefore: 0, daysAfter: 0 } } }] }]),
    ).toEqual({ kind: "sign_in" });
    expect(
      unlockOf([{ id: "p", audience: [{ customer: { known: true } }], when: [{ sum: { atLeast: 900 } }] }]),
    ).toBeNull();
    expect(unlockOf([gold], "p", {}, { customer: customer() })).toBeNull();
    expect(
      unlockOf([{ id: "p", when: [{ any: [{ customer: { known: true } }, { sum: { atLeast: 260 } }] }] }]),
    ).toEqual({ kind: "sign_in" });
  });

  test("a code is promised where it would be applied", () => {
    const code: Brief = { id: "p", codes: { list: ["X"] } };
    expect(unlockOf([code])).toEqual({ kind: "enter_code" });
    expect(unlockOf([{ ...code, when: [{ sum: { atLeast: 900 } }] }])).toBeNull();
    expect(unlockOf([{ id: "all", then: [{ percent: 100 }] }, code])).toBeNull();
    expect(unlockOf([{ ...code, scope: { offers: ["zz"] } }])).toBeNull();
  });

  test("a choice is promised where the menu offers it", () => {
    const choice: Brief = { id: "p", choice: { group: "A" } };
    expect(unlockOf([choice])).toEqual({ kind: "choose" });
    expect(unlockOf([{ ...choice, then: [{ gifts: [{ offer: "h" }] }] }])).toBeNull();
    expect(unlockOf([{ ...choice, when: [{ sum: { atLeast: 300, measured: "list" } }] }])).toEqual({
      kind: "add_sum",
      amountMinor: 5000,
      path: "when[0].sum",
    });
  });
});
