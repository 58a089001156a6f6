// What acts on a cart at its edges: the first and last instant, the last use, and goods and customers that match twice.
import { describe, expect, test } from "vitest";
import { cart, customer, facts, line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { type Brief, quoteOf, verdictOf } from "../../../test/support/small-shop.ts";
import { instant } from "../basics/index.ts";
import { minor } from "../money/index.ts";
import { type Facts, price } from "./index.ts";

/** What becomes of the promotion "p". */
function fateOf(brief: Partial<Brief>, more: Partial<Facts> = {}): unknown {
  const verdict = verdictOf(quoteOf([{ id: "p", ...brief }], {}, more, {}, "every"), "p") as {
    kind: string;
    reason?: string;
    amount?: number;
  };
  return verdict.reason ?? verdict.amount;
}

describe("a promotion", () => {
  test("acts from its first instant on, and no more at its last", () => {
    const rules = rulesOf([
      {
        id: "p",
        name: "p",
        schedule: { from: "2026-11-21T12:00", until: "2026-11-21T12:01" },
        then: [{ percent: 10 }],
      },
    ]);
    const discountAt = (at: number): number =>
      price(cart([line("a")]), rules, facts([offer("a", 100)]), instant(at)).discount;
    expect([NOON - 1, NOON, NOON + 59_999, NOON + 60_000].map(discountAt)).toEqual([0, 1000, 1000, 0]);
  });

  test("acts while uses and money are left, each counted by itself", () => {
    const left = (usesLeft: number | null, budgetLeft: number | null): unknown => {
      const limit = { usesLeft, budgetLeft: budgetLeft === null ? null : minor(budgetLeft) };
      return fateOf({}, { limits: new Map([["p", limit]]) });
    };
    expect([left(null, null), left(1, null), left(null, 1), left(1, 5000)]).toEqual([2500, 2500, 1, 2500]);
    expect([left(0, null), left(null, 0), left(0, 5000), left(1, 0)]).toEqual(
      new Array(4).fill("limit_reached"),
    );
    expect(fateOf({}, { limits: new Map([["other", { usesLeft: 0, budgetLeft: null }]]) })).toBe(2500);
  });

  test("acts once on goods that it names twice, and once for a customer of two of its segments", () => {
    const twice = offer("a", 100, { categoryIds: ["pans", "sale"], vendor: "v" });
    const offers = new Map([["a", twice]]);
    const scopes: Brief["scope"][] = [
      { categories: ["pans", "sale"] },
      { any: [{ categories: ["pans"] }, { offers: ["a"] }, { vendors: ["v"] }] },
      { offers: ["a"] },
      { groups: ["a"] },
    ];
    for (const scope of scopes)
      expect(fateOf(scope === undefined ? {} : { scope }, { offers, customer: null })).toBe(2000);
    const segments = { audience: [{ customer: { segments: ["vip", "new"] } }] };
    expect(fateOf(segments, { customer: customer({ segments: ["vip", "new"] }) })).toBe(2500);
    expect(fateOf(segments, { customer: customer({ segments: ["old"] }) })).toBe("audience");
  });
});

test("a set of an order may be counted beside other effects", () => {
  const then = [{ nForM: { take: 2, pay: 1 } }, { percent: 10 }];
  expect(fateOf({ then, limits: { perOrder: 1 } })).toBe(11_500);
});

test("a weighed line that is not ticked is one group at its price of a unit, whatever its rounding", () => {
  const known = facts([offer("w", 33.33, { step: 100 as never })]);
  const quote = price(cart([line("w", 0.3, { selected: false })]), rulesOf([]), known, NOON);
  expect(quote.lines[0]?.unitGroups).toEqual([{ quantity: 300, unitPrice: 3333, total: 1000 }]);
});
