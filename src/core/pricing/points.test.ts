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

  test("an order of just the least sum may be paid with points, one of a kopeck less may not", () => {
    const least = (minimumOrder: number): unknown =>
      quoteOf(
        [],
        {},
        {
          customer: customer({ balance: points(1000) }),
          programme: programmeOf({
            id: "s",
            name: "s",
            earn: { percent: 5 },
            spend: { percentOfLine: 100, minimumOrder, lowestUnitPrice: 10 },
          }),
        },
      ).points?.maySpend;
    // Three units keep 10.00 each: 250.00 less 30.00.
    expect([least(250), least(250.01)]).toEqual([220, 0]);
  });

  test("are earned by the tier's own share, and by everybody's where the tier has none", () => {
    const programme = programmeOf({
      id: "s",
      name: "s",
      earn: { percent: 5, byTier: { gold: 10 } },
      spend: { percentOfLine: 30 },
    });
    const earned = (tier: string | null): unknown =>
      quoteOf([], {}, { customer: customer({ tier }), programme }).points?.willEarn;
    expect(["gold", "silver", "toString", null].map(earned)).toEqual([25, 12, 12, 12]);
    expect(quoteOf([], {}, { programme }).points?.willEarn).toBe(12);
  });

  test("are told for the goods of a cart and not for gifts", () => {
    const gift = { id: "gift", then: [{ gifts: [{ offer: "g" }] }] };
    const { lines } = quoteOf([gift], {}, known);
    expect(lines.map((each) => [each.offerId, each.points?.willEarn])).toEqual([
      ["a", 10],
      ["b", 2],
      ["g", 0],
    ]);
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
