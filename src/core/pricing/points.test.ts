// Points that may be spent and will be earned.
import { describe, expect, test } from "vitest";
import { customer, line, PROGRAMME, programmeOf } from "../../../test/support/shop.ts";
import { quoteOf } from "../../../test/support/small-shop.ts";
import { points } from "../money/index.ts";

describe("points", () => {
  const known = { customer: customer({ balance: points(40), tier: "gold" }), programme: PROGRAMME };

  test("the balance, promotions and the programme bound what may be spent", () => {
    expect(quoteOf([], {}, known).points).toEqual({ maySpend: 40, willEarn: 12, spending: 0 });
    expect(
      quoteOf([{ id: "p", combining: { spendPoints: false, earnPoints: true } }], {}, known).points,
    ).toMatchObject({ maySpend: 0, willEarn: 11 });
    expect(quoteOf([], {}, { programme: PROGRAMME }).points).toMatchObject({ maySpend: 0 });
    const strict = programmeOf({
      id: "s",
      name: "s",
      earn: { percent: 5, byTier: { gold: 10 }, netOfPoints: false },
      spend: { percentOfLine: 100, percentOfOrder: 10, minimumOrder: 100, lowestUnitPrice: 1 },
      pointValue: 0.5,
    });
    const rich = { customer: customer({ tier: "gold" }), programme: strict };
    expect(quoteOf([], { pointsToSpend: points(999) }, rich).points).toEqual({
      maySpend: 50,
      willEarn: 50,
      spending: 50,
    });
    expect(quoteOf([], { lines: [line("b"), line("w", 0.2)] }, rich).points).toMatchObject({ maySpend: 0 });
  });

  test("multipliers and extra points fall on their goods, and lines of one offer share them", () => {
    const more = [
      { id: "double", scope: { offers: ["a"] }, then: [{ points: { multiplier: 2 } }] },
      { id: "extra", then: [{ points: { extra: 7 } }] },
    ];
    const quote = quoteOf(more, { lines: [line("a"), line("a"), line("b", 1)] }, known);
    expect(quote.points?.willEarn).toBe(20 + 2 + 7);
    expect(quote.lines.map((each) => each.points?.willEarn)).toEqual([13, 13, 3]);
  });
});
