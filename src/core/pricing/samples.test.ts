// The sample carts of the protocol, priced by the engine alone: every figure to the kopeck.
import { describe, expect, test } from "vitest";
import {
  cart,
  customer,
  facts,
  line,
  NOON,
  OFFERS,
  PROGRAMME,
  PROMOTIONS,
  rulesOf,
} from "../../../test/support/shop.ts";
import { points, quantity } from "../money/index.ts";
import { type Cart, price, type Quote } from "./index.ts";

const RULES = rulesOf(PROMOTIONS);

const FACTS = facts(OFFERS, { customer: customer(), programme: PROGRAMME });

const GOLDEN_LINES = [
  line("880101"),
  line("620415", 3, { echoed: ["p-towel3for2"] }),
  line("450033", 0.7),
  line("450078"),
  line("333900", 1, { selected: false }),
];

function quoteOf(of: Cart): Quote {
  return price(of, RULES, FACTS, NOON);
}

/** offer, quantity, discount, total, gift units, promotions. */
function rows(quote: Quote): unknown[] {
  return quote.lines.map((each) => [
    each.offerId,
    each.quantity,
    each.discount,
    each.total,
    each.giftUnits,
    each.discounts.map((discount) => discount.promotionId),
  ]);
}

describe("sample carts", () => {
  test("01: percent, three for two, weighed goods, a code over the order and a gift, to the kopeck", () => {
    const quote = quoteOf(
      cart(GOLDEN_LINES, { code: "ОСЕНЬ500", choices: [{ promotionId: "p-bag", gifts: [] }] }),
    );
    expect(rows(quote)).toEqual([
      ["880101", 1000, 47062, 201938, 0, ["p-cook10", "p-code-osen500"]],
      ["620415", 3000, 41923, 63077, 1, ["p-towel3for2", "p-code-osen500"]],
      ["450033", 700, 5191, 47302, 0, ["p-code-osen500"]],
      ["450078", 1000, 15724, 143276, 0, ["p-code-osen500"]],
      ["333900", 1000, 0, 1249000, 0, []],
      ["990001", 1000, 15000, 0, 1, ["p-bag"]],
    ]);
    expect(quote).toMatchObject({
      total: 455593,
      discount: 124900,
      points: { maySpend: 1000, willEarn: 225 },
    });
    expect(quote.lines.map((each) => each.points)).toEqual([
      { maySpend: 605, willEarn: 100 },
      { maySpend: 189, willEarn: 31 },
      { maySpend: 141, willEarn: 23 },
      { maySpend: 429, willEarn: 71 },
      null,
      { maySpend: 0, willEarn: 0 },
    ]);
    expect(quote.code).toEqual({ entered: "ОСЕНЬ500", state: "applied", promotionId: "p-code-osen500" });
    expect(quote.offered).toMatchObject([
      {
        group: "A",
        promotions: [
          {
            promotionId: "p-gift-choice",
            mayPointsPay: false,
            gifts: [],
            giftOptions: [
              { offerId: "990002", quantity: 1000 },
              { offerId: "990003", quantity: 2000 },
            ],
            giftOptionsLimit: 1,
            discount: null,
            isChosen: false,
            totalIfTaken: 455593,
          },
          { promotionId: "p-gift-choice-700", mayPointsPay: false, discount: 70000, totalIfTaken: 495493 },
        ],
      },
      {
        group: "B",
        promotions: [
          {
            promotionId: "p-bag",
            mayPointsPay: true,
            gifts: [{ offerId: "990001", quantity: 1000 }],
            isChosen: true,
          },
        ],
      },
    ]);
    expect(quote.proof).toEqual({ isOptimal: true, gapMinor: 0 });
    expect(quote.notices).toEqual([]);
  });

  test("07: a code in another case is capped by the feed's limit", () => {
    const quote = quoteOf(cart([line("450078", 4)], { code: "кофе15" }));
    expect(quote).toMatchObject({
      discount: 63600,
      total: 572400,
      code: { state: "applied", entered: "кофе15" },
    });
  });

  test("08: an unknown code changes nothing and is said to be unknown", () => {
    const quote = quoteOf(cart([line("771200")], { code: "НЕТ" }));
    expect(quote).toMatchObject({
      total: 189000,
      code: { state: "not_found" },
      notices: [{ code: "code_unknown" }],
    });
  });

  test("09: a code whose sum is not reached tells what is missing", () => {
    const quote = quoteOf(cart([line("771200")], { code: "ОСЕНЬ500" }));
    expect(quote).toMatchObject({ total: 189000, discount: 0, code: { state: "not_redeemable" } });
    expect(quote.notices).toEqual([
      { code: "code_condition", promotionId: "p-code-osen500", amountMinor: 311000 },
    ]);
  });

  test("11: a chosen gift and a chosen discount of one group go together, and points may not pay", () => {
    const quote = quoteOf(
      cart([line("333900")], {
        choices: [
          { promotionId: "p-gift-choice", gifts: [{ offerId: "990002", quantity: quantity(1000) }] },
          { promotionId: "p-gift-choice-700", gifts: [] },
        ],
      }),
    );
    expect(rows(quote)).toEqual([
      ["333900", 1000, 70000, 1179000, 0, ["p-gift-choice-700"]],
      ["990002", 1000, 29000, 0, 1, ["p-gift-choice"]],
    ]);
    expect(quote).toMatchObject({ discount: 99000, total: 1179000, points: { maySpend: 0, willEarn: 0 } });
  });

  test("13: the group of the first known promotion is taken and unknown ones are ignored", () => {
    const quote = quoteOf(
      cart([line("333900")], {
        choices: [
          { promotionId: "p-unknown-77", gifts: [] },
          { promotionId: "p-bag", gifts: [] },
          { promotionId: "p-gift-choice-700", gifts: [] },
        ],
      }),
    );
    expect(rows(quote)).toEqual([
      ["333900", 1000, 0, 1249000, 0, []],
      ["990001", 1000, 15000, 0, 1, ["p-bag"]],
    ]);
  });

  test("15: a chosen gift that comes both as a free line and in the choice is given once", () => {
    const quote = quoteOf(
      cart([line("333900"), line("990003", 2, { sentAsFree: true, echoed: ["p-gift-choice"] })], {
        choices: [{ promotionId: "p-gift-choice", gifts: [{ offerId: "990003", quantity: quantity(2000) }] }],
      }),
    );
    expect(rows(quote)).toEqual([
      ["333900", 1000, 0, 1249000, 0, []],
      ["990003", 2000, 38000, 0, 2, ["p-gift-choice"]],
    ]);
    expect(quote).toMatchObject({ total: 1249000, discount: 38000 });
  });

  test("17: weighed goods are priced line by line and an off-step quantity is rounded half up", () => {
    const quote = quoteOf(cart([line("450033", 0.3), line("450033", 1.2), line("450033", 0.25)]));
    expect(quote.lines.map((each) => each.total)).toEqual([22497, 89988, 22497]);
    expect(quote.total).toBe(134982);
    expect(quote.lines[2]?.notices).toEqual([{ code: "quantity_rounded", offerId: "450033", quantity: 300 }]);
  });

  test("20: unticked lines are priced but count for nothing", () => {
    const quote = quoteOf(
      cart([
        line("620415", 2),
        line("620415", 1, { selected: false }),
        line("333900", 1, { selected: false }),
      ]),
    );
    expect(quote).toMatchObject({ total: 70000, discount: 0 });
    expect(quote.lines.map((each) => [each.total, each.isCounted])).toEqual([
      [70000, true],
      [35000, false],
      [1249000, false],
    ]);
  });

  test("36: the seller's cart gets the capped code, and points to spend change no total", () => {
    const quote = quoteOf(
      cart([line("450078", 2)], {
        channel: "seller",
        code: "КОФЕ15",
        pointsToSpend: points(300),
        outletId: "ЕКБ-02",
      }),
    );
    expect(quote).toMatchObject({ discount: 31800, total: 286200, points: { maySpend: 858, spending: 300 } });
  });

  test("42: a chosen basket discount stands instead of automatic discounts and the code", () => {
    const quote = quoteOf(
      cart(GOLDEN_LINES, { code: "ОСЕНЬ500", choices: [{ promotionId: "p-gift-choice-700", gifts: [] }] }),
    );
    expect(quote).toMatchObject({
      discount: 70000,
      total: 495493,
      points: { maySpend: 0 },
      code: { state: "replaced" },
    });
    expect(quote.notices).toEqual([{ code: "code_replaced", promotionId: "p-code-osen500" }]);
    expect(quote.lines.every((each) => each.giftUnits === 0)).toBe(true);
  });
});
