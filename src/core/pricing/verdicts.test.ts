// Verdicts and hints: why a promotion gave what it gave, and what would change that.
import { describe, expect, test } from "vitest";
import { customer, NOON } from "../../../test/support/shop.ts";
import { type Brief, quoteOf, verdictOf } from "../../../test/support/small-shop.ts";
import { minor, quantity } from "../money/index.ts";
import type { PromotionDocument } from "./index.ts";

describe("verdicts", () => {
  test("an applied promotion names its amount and lines", () => {
    expect(verdictOf(quoteOf([{ id: "p", scope: { offers: ["a"] } }]), "p")).toEqual({
      promotionId: "p",
      kind: "applied",
      amount: 2000,
      lines: [{ line: 0, amount: 2000 }],
      gifts: 0,
    });
  });

  test("a sum not reached names the condition and what is missing", () => {
    expect(
      verdictOf(quoteOf([{ id: "p", when: [{ sum: { atLeast: 300, measured: "list" } }] }]), "p"),
    ).toEqual({
      promotionId: "p",
      kind: "not_applied",
      reason: "condition",
      failed: { path: "when[0].sum", kind: "sum", needed: 30000, actual: 25000 },
      unlock: { kind: "add_sum", amountMinor: 5000, path: "when[0].sum" },
    });
  });

  test("a sum after discounts is unlocked by what is enough after them", () => {
    const quote = quoteOf([
      { id: "all" },
      { id: "p", when: [{ sum: { atLeast: 300 } }], combining: { layer: 5 } },
    ]);
    expect(verdictOf(quote, "p")).toMatchObject({
      failed: { actual: 22500, needed: 30000 },
      // 83.33 less its own 10 %, half up, is 75.00.
      unlock: { kind: "add_sum", amountMinor: 8333 },
    });
  });

  test("quantities, different goods and nested conditions are unlocked where one change does it", () => {
    const quote = quoteOf([
      { id: "q", when: [{ quantity: { atLeast: 5 } }] },
      { id: "d", when: [{ all: [{ quantity: { atLeast: 1 } }, { distinctGoods: { atLeast: 4 } }] }] },
      { id: "any", when: [{ any: [{ channels: ["seller"] }, { quantity: { atLeast: 4 } }] }] },
      { id: "two", when: [{ quantity: { atLeast: 5 } }, { distinctGoods: { atLeast: 3 } }] },
      { id: "most", when: [{ quantity: { atMost: 1 } }] },
      { id: "not", when: [{ not: { quantity: { atLeast: 1 } } }] },
    ]);
    expect(verdictOf(quote, "q")).toMatchObject({ unlock: { kind: "add_quantity", quantity: 2 } });
    expect(verdictOf(quote, "d")).toMatchObject({
      failed: { path: "when[0].all[1].distinctGoods", needed: 4, actual: 2 },
      unlock: { kind: "add_goods", count: 2 },
    });
    expect(verdictOf(quote, "any")).toMatchObject({
      failed: { path: "when[0].any" },
      unlock: { kind: "add_quantity", quantity: 1 },
    });
    for (const id of ["two", "most", "not"]) expect(verdictOf(quote, id)).not.toHaveProperty("unlock");
    expect(verdictOf(quote, "most")).toMatchObject({ failed: { needed: 1, actual: 3 } });
  });

  test("an audience that signing in may open says so", () => {
    const quote = quoteOf([{ id: "p", audience: [{ customer: { tiers: ["gold"] } }] }]);
    expect(verdictOf(quote, "p")).toMatchObject({
      reason: "audience",
      failed: { actual: "anonymous" },
      unlock: { kind: "sign_in" },
    });
    const known = quoteOf(
      [{ id: "p", audience: [{ customer: { tiers: ["gold"] } }] }],
      {},
      { customer: customer() },
    );
    expect(verdictOf(known, "p")).toMatchObject({ failed: { actual: "known" } });
  });

  test("asked for every promotion, even those the index passed over have a verdict", () => {
    const hidden: readonly Brief[] = [
      { id: "draft", status: "draft" },
      { id: "elsewhere", scope: { offers: ["z"] } },
      { id: "code", codes: { list: ["X"] } },
      { id: "late", schedule: { from: "2030-01-01" } },
      { id: "weekday", when: [{ weekdays: [1] }, { hours: { from: "10:00", to: "11:00" } }] },
    ];
    expect(quoteOf(hidden).verdicts.map((verdict) => verdict.promotionId)).toEqual(["weekday"]);
    const reasons = quoteOf(hidden, {}, {}, {}, "every").verdicts.map((each) => [
      each.promotionId,
      "reason" in each ? each.reason : null,
    ]);
    expect(Object.fromEntries(reasons)).toEqual({
      draft: "not_active",
      elsewhere: "no_goods",
      code: "code_not_entered",
      late: "not_scheduled",
      weekday: "condition",
    });
  });

  test("a spent limit is told", () => {
    const limits = new Map([
      ["p", { usesLeft: 0, budgetLeft: null }],
      ["q", { usesLeft: 1, budgetLeft: minor(0) }],
    ]);
    const quote = quoteOf([{ id: "p" }, { id: "q" }], {}, { limits });
    expect(quote.verdicts.map((each) => "reason" in each && each.reason)).toEqual([
      "limit_reached",
      "limit_reached",
    ]);
  });

  test("points and messages alone are an effect", () => {
    for (const effect of [
      { points: { extra: 50 } },
      { points: { multiplier: 2 } },
      { points: { multiplier: 0.5 } },
      { message: "m" },
    ])
      expect(verdictOf(quoteOf([{ id: "p", then: [effect] }]), "p")).toEqual({
        promotionId: "p",
        kind: "applied",
        amount: 0,
        lines: [],
        gifts: 0,
      });
    expect(verdictOf(quoteOf([{ id: "p", then: [{ points: { multiplier: 1 } }] }]), "p")).toMatchObject({
      reason: "capped_to_zero",
    });
  });

  test("a choice of gifts is taken unless the gift picked is sold out", () => {
    const options = [{ offer: "g" }, { offer: "h" }];
    const pick = (offerId: string): unknown => {
      const choices = [{ promotionId: "p", gifts: [{ offerId, quantity: quantity(1000) }] }];
      const brief: Brief = { id: "p", choice: { group: "A" }, then: [{ giftChoice: { options, limit: 1 } }] };
      return verdictOf(quoteOf([brief], { choices }), "p");
    };
    expect(pick("g")).toMatchObject({ kind: "applied", gifts: 1 });
    expect(pick("a")).toMatchObject({ kind: "applied", gifts: 0 });
    expect(pick("h")).toMatchObject({ reason: "gift_sold_out" });
    expect(verdictOf(quoteOf([{ id: "p", then: [{ gifts: [{ offer: "h" }] }] }]), "p")).toMatchObject({
      reason: "gift_sold_out",
    });
  });

  test("steps by sum count the money that earlier layers left", () => {
    // 225.00 of 250.00.
    const half: Brief = { id: "half", scope: { offers: ["b"] }, then: [{ percent: 50 }] };
    const steps = { steps: { by: "sum" as const, levels: [{ from: 240, percent: 10 }] } };
    for (const then of [[steps], [{ percent: 0 }, steps], [steps, { percent: 0 }]]) {
      const quote = quoteOf([half, { id: "p", then, combining: { layer: 5 } }]);
      expect(verdictOf(quote, "p")).toMatchObject({
        reason: "capped_to_zero",
        unlock: { kind: "add_sum", amountMinor: 1500 },
      });
    }
  });

  test("of several in the way the one that replaces it is named, otherwise the one of the best merit", () => {
    const code: Brief = { id: "m", codes: { list: ["X"] }, combining: { bestOf: "x" } };
    const better: Brief = { id: "a", then: [{ percent: 30 }], combining: { bestOf: "x" } };
    const replacing: Brief = { id: "z", then: [{ percent: 20 }], combining: { replaces: "code-discounts" } };
    const verdict = (...others: readonly Brief[]): unknown =>
      verdictOf(quoteOf([code, ...others], { code: "X" }), "m");
    expect(verdict(better)).toMatchObject({ reason: "beaten", winnerId: "a" });
    expect(verdict(better, replacing)).toMatchObject({ reason: "replaced", winnerId: "z" });
  });

  test("time and place conditions name what was found", () => {
    const actual = (when: PromotionDocument["when"]): unknown => {
      const verdict = quoteOf([{ id: "p", ...(when === undefined ? {} : { when }) }]).verdicts[0];
      return verdict?.kind === "not_applied" ? verdict.failed?.actual : null;
    };
    expect(actual([{ hours: { from: "10:00", to: "11:00" } }])).toBe("12:00");
    expect(actual([{ dates: { until: "2026-01-01" } }])).toBe(NOON);
    expect(actual([{ earlyAccess: true }])).toBe("false");
    expect(actual([{ weekdays: [1] }])).toBe(6);
    expect(actual([{ cities: { names: ["Тула"] } }])).toBe(null);
    expect(actual([{ not: { channels: ["app"] } }])).toBe(null);
    expect(actual([{ delivery: ["post"] }])).toBe(null);
  });
});

describe("hints", () => {
  const hint = { ru: "Ещё {missing}", en: "{missing} more" };

  test("the nearest for the cart and one for a line", () => {
    const quote = quoteOf([
      { id: "far", when: [{ sum: { atLeast: 900 } }], texts: { hint } },
      { id: "near", when: [{ sum: { atLeast: 300 } }], texts: { hint } },
      { id: "unit", scope: { offers: ["a"] }, then: [{ nForM: { take: 3, pay: 2 } }], texts: { hint } },
      { id: "later", scope: { offers: ["a"] }, when: [{ distinctGoods: { atLeast: 9 } }], texts: { hint } },
      { id: "silent", when: [{ sum: { atLeast: 251 } }] },
      { id: "who", audience: [{ customer: { known: true } }], texts: { hint } },
    ]);
    expect(quote.notices).toEqual([{ code: "hint", promotionId: "near", text: hint, amountMinor: 5000 }]);
    expect(quote.lines.map((each) => each.notices)).toEqual([
      [{ code: "hint", promotionId: "unit", text: hint, quantity: 1000 }],
      [],
    ]);
    expect(verdictOf(quote, "unit")).toMatchObject({
      reason: "capped_to_zero",
      unlock: { kind: "add_quantity", quantity: 1, path: "then[0]" },
    });
  });

  test("over a whole scope the missing units are counted together", () => {
    const quote = quoteOf([
      {
        id: "p",
        then: [{ message: "m" }, { nthCheaper: { every: 5, percent: 50, across: "scope" } }],
        texts: { hint },
      },
    ]);
    expect(quote.verdicts[0]).toMatchObject({ kind: "applied", amount: 0 });
    const silent = quoteOf([
      {
        id: "p",
        then: [{ percent: 0 }, { nthCheaper: { every: 5, percent: 50, across: "scope" } }],
        texts: { hint },
      },
    ]);
    expect(silent.notices).toEqual([{ code: "hint", promotionId: "p", text: hint, quantity: 2000 }]);
  });
});
