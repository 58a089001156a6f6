// What becomes of a code.
import { describe, expect, test } from "vitest";
import { type Brief, quoteOf, verdictOf } from "../../../test/support/small-shop.ts";
import type { PromotionDocument } from "./index.ts";

describe("codes", () => {
  const code = { id: "c", codes: { list: ["CODE"] } };

  test.each([
    ["redeemed", "already_redeemed", "code_redeemed", "code_spent"],
    ["expired", "not_redeemable", "code_not_redeemable", "code_expired"],
    ["blocked", "not_redeemable", "code_blocked", "code_blocked"],
    ["foreign", "not_redeemable", "code_not_redeemable", "code_foreign"],
  ] as const)("%s", (state, outcome, notice, reason) => {
    const quote = quoteOf([code], { code: "code" }, { code: { promotionId: "c", state } });
    expect(quote).toMatchObject({
      total: 25000,
      code: { state: outcome },
      notices: [{ code: notice, promotionId: "c" }],
    });
    expect(verdictOf(quote, "c")).toMatchObject({ reason });
    expect(
      quoteOf([code], { code: "code" }, { code: { promotionId: "c", state } }, {}, "every").verdicts,
    ).toHaveLength(1);
  });

  test("from the code table apply, and an empty code is none", () => {
    const quote = quoteOf(
      [{ ...code, codes: {} }],
      { code: "XJ-17" },
      { code: { promotionId: "c", state: "free" } },
    );
    expect(quote.code).toEqual({ entered: "XJ-17", state: "applied", promotionId: "c" });
    expect(quoteOf([code], { code: "  " }).code).toBe(null);
  });

  test("of a promotion that needs none, or of another group than is chosen, has no effect", () => {
    const known = { code: { promotionId: "auto", state: "free" as const } };
    expect(quoteOf([{ id: "auto" }], { code: "X" }, known).code).toEqual({
      entered: "X",
      state: "not_found",
      promotionId: null,
    });
    const menu: Brief[] = [
      { ...code, choice: { group: "A" } },
      { id: "m", choice: { group: "B" } },
    ];
    const quote = quoteOf(menu, { code: "CODE", choices: [{ promotionId: "m", gifts: [] }] });
    expect(quote).toMatchObject({ code: { state: "not_redeemable" }, notices: [{ code: "code_no_effect" }] });
  });

  test("tell the missing quantity, other goods, time and rivals", () => {
    const told = (more: Partial<PromotionDocument>, others: readonly Brief[] = []): unknown => {
      const { code: outcome, notices } = quoteOf([{ ...code, ...more }, ...others], { code: "CODE" });
      return [outcome?.state, notices];
    };
    expect(told({ when: [{ quantity: { atLeast: 4 } }] })).toEqual([
      "not_redeemable",
      [{ code: "code_condition", promotionId: "c", quantity: 1000 }],
    ]);
    expect(told({ scope: { offers: ["z"] } })).toEqual([
      "not_redeemable",
      [{ code: "code_condition", promotionId: "c" }],
    ]);
    expect(told({ schedule: { until: "2020-01-01" } })).toEqual([
      "not_redeemable",
      [{ code: "code_not_redeemable", promotionId: "c" }],
    ]);
    const rival = { id: "r", then: [{ percent: 50 }] };
    expect(told({ combining: { replaces: "automatic-discounts" } }, [rival])).toEqual([
      "replaced",
      [{ code: "code_replaced", promotionId: "c" }],
    ]);
    expect(
      told({ combining: { layer: 0 } }, [{ ...rival, combining: { replaces: "code-discounts" } }]),
    ).toEqual(["replaced", [{ code: "code_replaced", promotionId: "c" }]]);
    expect(told({ choice: { group: "x" } })).toEqual([
      "not_redeemable",
      [{ code: "code_no_effect", promotionId: "c" }],
    ]);
    const large: Brief = {
      id: "large",
      then: [{ amount: 100 }],
      when: [{ sum: { atLeast: 250 } }],
      combining: { layer: 1 },
    };
    expect(told({ then: [{ percent: 1 }], combining: { layer: 0 } }, [large])).toEqual([
      "replaced",
      [{ code: "code_replaced", promotionId: "c" }],
    ]);
    expect(told({ then: [{ gifts: [{ offer: "h" }] }] })).toEqual([
      "not_redeemable",
      [
        { code: "gift_sold_out", promotionId: "c", offerId: "h" },
        { code: "code_no_effect", promotionId: "c" },
      ],
    ]);
    expect(told({ then: [{ percent: 0 }] })).toEqual([
      "not_redeemable",
      [{ code: "code_no_effect", promotionId: "c" }],
    ]);
  });
});
