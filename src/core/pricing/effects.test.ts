// Every effect in figures one can check by hand, with its caps, floors and roundings.
import { describe, expect, test } from "vitest";
import { cart, facts, line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { bps, minor, quantity } from "../money/index.ts";
import {
  type CartLine,
  type Effect,
  type Facts,
  type Offer,
  type PromotionDocument,
  price,
  type Quote,
} from "./index.ts";

const PEN = offer("a-pen", 100, { categoryIds: ["c"] });
const CUP = offer("b-cup", 55.55, { categoryIds: ["c"] });
const TEA = offer("c-tea", 749.9, { step: quantity(100) });
const SHOP: readonly Offer[] = [PEN, CUP, TEA, offer("g-bag", 10, { stock: quantity(1000) })];

function quoteOf(
  effects: readonly Effect[],
  lines: readonly CartLine[],
  more: Partial<PromotionDocument> = {},
  world: Facts = facts(SHOP),
): Quote {
  return price(cart(lines), rulesOf([{ id: "p", name: "p", then: effects, ...more }]), world, NOON);
}

/** Kopecks off each line. */
function off(...args: Parameters<typeof quoteOf>): number[] {
  return quoteOf(...args).lines.map((each) => each.discount);
}

describe("percent", () => {
  test("is rounded once for all units of an offer, however the lines split them", () => {
    const cheap = facts([offer("a-pen", 0.33)]);
    expect(off([{ percent: 10 }], [line("a-pen", 50)], {}, cheap)).toEqual([165]);
    const split = off([{ percent: 10 }], [line("a-pen", 20), line("a-pen", 30)], {}, cheap);
    expect(split.reduce((sum, each) => sum + each, 0)).toBe(165);
  });

  test("of sums beyond the reach of plain products is exact all the same", () => {
    const dear = facts([offer("a-pen", 99_000_000)]);
    expect(off([{ percent: 99.99 }], [line("a-pen", 100)], {}, dear)).toEqual([989_901_000_000]);
  });

  test("leaves at least the lowest price, which a set may put to 0", () => {
    expect(off([{ percent: 100 }], [line("a-pen", 2)])).toEqual([19998]);
    const rules = rulesOf([{ id: "p", name: "p", then: [{ percent: 100 }] }], { lowestUnitPrice: 0 });
    expect(price(cart([line("a-pen", 2), line("c-tea", 0.1)]), rules, facts(SHOP), NOON).total).toBe(0);
  });

  test.each([
    ["kopeck", 1667],
    ["rouble", 1600],
    ["ten", 1000],
  ] as const)("rounded to the %s", (rounding, expected) => {
    expect(off([{ percent: 30 }], [line("b-cup")], { rounding })).toEqual([expected]);
  });
});

describe("several effects of one promotion", () => {
  const twice = [{ percent: 10 }, { percent: 10 }];

  test("share its caps", () => {
    expect(off(twice, [line("a-pen", 2)])).toEqual([3800]);
    expect(off(twice, [line("a-pen", 2)], { caps: { perOrder: 30 } })).toEqual([3000]);
    expect(off(twice, [line("a-pen", 2)], { caps: { perLine: 30 } })).toEqual([3000]);
    expect(off(twice, [line("a-pen", 2)], { caps: { perUnit: 15 } })).toEqual([3000]);
    expect(off(twice, [line("c-tea", 2)], { caps: { perUnit: 100 } })).toEqual([20_000]);
  });

  test("share what the catalogue allows to codes", () => {
    const world = facts([offer("a-pen", 100, { codeCap: bps(1500) })]);
    const rules = rulesOf([{ id: "p", name: "p", then: twice, codes: { list: ["C"] } }]);
    expect(price(cart([line("a-pen", 2)], { code: "C" }), rules, world, NOON).discount).toBe(3000);
  });

  test("share what is left of a budget, which bounds a plain percentage too", () => {
    const left = (budgetLeft: number): Facts =>
      facts(SHOP, { limits: new Map([["p", { usesLeft: null, budgetLeft: minor(budgetLeft) }]]) });
    expect(off(twice, [line("a-pen", 2)], {}, left(3000))).toEqual([3000]);
    expect(off([{ percent: 10 }], [line("a-pen", 2)], {}, left(500))).toEqual([500]);
    expect(off([{ percent: 10 }], [line("a-pen", 2)], {}, left(5000))).toEqual([2000]);
  });
});

describe("a free unit", () => {
  const threeForTwo: Effect = { nForM: { take: 3, pay: 2 } };
  const freeOf = (more: Partial<PromotionDocument>, price = 100): unknown => {
    const { lines } = quoteOf([threeForTwo], [line("a-pen", 3)], more, facts([offer("a-pen", price)]));
    return lines.map((each) => [each.discount, each.giftUnits]);
  };

  test("is wholly free where caps allow just as much, otherwise all units are cheaper", () => {
    expect(freeOf({})).toEqual([[10_000, 1]]);
    for (const name of ["perLine", "perOrder"] as const) {
      expect(freeOf({ caps: { [name]: 100 } })).toEqual([[10_000, 1]]);
      expect(freeOf({ caps: { [name]: 99.99 } })).toEqual([[9999, 0]]);
    }
  });

  test("is not free where the promotion has a floor, were it a kopeck", () => {
    expect(freeOf({ floor: { unitPrice: 0 } }, 0.01)).toEqual([[0, 0]]);
    expect(freeOf({}, 0.01)).toEqual([[1, 1]]);
  });
});

describe("amounts", () => {
  test("off the cart are spread by price with the largest remainder", () => {
    expect(off([{ amount: 10 }], [line("b-cup"), line("a-pen")])).toEqual([357, 643]);
  });

  test("off the cart are never more than the cart bears", () => {
    expect(off([{ amount: 1000 }], [line("a-pen"), line("b-cup")])).toEqual([9999, 5554]);
  });

  test("off each unit and each offer", () => {
    expect(off([{ amount: 5, per: "unit" }], [line("a-pen", 3), line("c-tea", 0.7)])).toEqual([1500, 350]);
    expect(off([{ amount: 5, per: "line" }], [line("a-pen", 1), line("a-pen", 1), line("b-cup")])).toEqual([
      250, 250, 500,
    ]);
  });
});

describe("fixed price", () => {
  test("takes the difference, and nothing from what is cheaper already", () => {
    expect(off([{ fixedPrice: 60 }], [line("a-pen", 2), line("b-cup"), line("c-tea", 0.5)])).toEqual([
      8000, 0, 34495,
    ]);
  });
});

describe("N for the price of M", () => {
  test("frees units of each offer", () => {
    const quote = quoteOf(
      [{ nForM: { take: 3, pay: 2 } }],
      [line("a-pen", 7), line("b-cup", 2), line("c-tea", 3)],
    );
    expect(quote.lines.map((each) => [each.discount, each.giftUnits])).toEqual([
      [20000, 2],
      [0, 0],
      [0, 0],
    ]);
    expect(quote.lines[0]?.unitGroups).toEqual([
      { quantity: 5000, unitPrice: 10000, total: 50000 },
      { quantity: 2000, unitPrice: 0, total: 0 },
    ]);
  });

  test("frees the cheapest of the whole scope", () => {
    const effect: Effect = { nForM: { take: 3, pay: 1, across: "scope" } };
    expect(off([effect], [line("a-pen", 2), line("b-cup", 1), line("c-tea", 1)])).toEqual([10000, 5555, 0]);
  });

  test("with a cap or a floor takes money off instead of freeing a unit", () => {
    const capped = quoteOf([{ nForM: { take: 2, pay: 1 } }], [line("a-pen", 2)], { caps: { perOrder: 30 } });
    expect(capped.lines[0]).toMatchObject({ discount: 3000, giftUnits: 0 });
    const floored = quoteOf([{ nForM: { take: 2, pay: 1 } }], [line("a-pen", 2)], {
      floor: { percentOfPrice: 80 },
    });
    expect(floored.lines[0]).toMatchObject({ discount: 4000, giftUnits: 0 });
  });
});

describe("n-th unit cheaper", () => {
  test("of each offer and over the scope", () => {
    expect(off([{ nthCheaper: { every: 2, percent: 50 } }], [line("a-pen", 3), line("b-cup", 1)])).toEqual([
      5000, 0,
    ]);
    const across: Effect = { nthCheaper: { every: 2, percent: 50, across: "scope" } };
    expect(off([across], [line("a-pen", 1), line("b-cup", 1)])).toEqual([0, 2778]);
    expect(off([across], [line("a-pen", 1), line("b-cup", 1)], { rounding: "rouble" })).toEqual([0, 2700]);
  });

  test("for nothing makes it a free unit", () => {
    const quote = quoteOf([{ nthCheaper: { every: 2, percent: 100 } }], [line("a-pen", 2)]);
    expect(quote.lines[0]).toMatchObject({ discount: 10000, giftUnits: 1 });
  });
});

describe("steps", () => {
  const bySum: Effect = {
    steps: {
      by: "sum",
      levels: [
        { from: 300, percent: 10 },
        { from: 150, amount: 7 },
      ],
    },
  };

  test.each([
    [1, 0],
    [2, 700],
    [3, 3000],
  ])("by sum: %i pens give %i kopecks", (count, expected) => {
    expect(off([bySum], [line("a-pen", count)])).toEqual([expected]);
  });

  test("by quantity", () => {
    const effect: Effect = {
      steps: {
        by: "quantity",
        levels: [
          { from: 2, percent: 5 },
          { from: 4, percent: 20 },
        ],
      },
    };
    expect(off([effect], [line("a-pen", 3)])).toEqual([1500]);
    expect(off([effect], [line("a-pen", 4)])).toEqual([8000]);
  });
});

describe("caps and floors", () => {
  test("per unit, per line and per order", () => {
    const lines = [line("a-pen", 2), line("b-cup", 1), line("c-tea", 0.5)];
    expect(off([{ percent: 50 }], lines, { caps: { perUnit: 20 } })).toEqual([4000, 2000, 1000]);
    expect(off([{ percent: 50 }], lines, { caps: { perLine: 30 } })).toEqual([3000, 2778, 3000]);
    expect(off([{ percent: 50 }], lines.slice(0, 2), { caps: { perOrder: 10 } })).toEqual([783, 217]);
  });

  test("an order's cap that leaves a free unit almost free leaves it the lowest price", () => {
    const cheap = [offer("k-big", 1.67), offer("l-small", 0.05)];
    const lines = [line("k-big", 3), line("l-small", 1)];
    const free = { nForM: { take: 2, pay: 1, across: "scope" as const } };
    expect(off([free], lines, { caps: { perOrder: 1.55 } }, facts(cheap))).toEqual([151, 4]);
  });

  test("a budget is a cap", () => {
    const limits = new Map([["p", { usesLeft: null, budgetLeft: minor(100) }]]);
    expect(
      off([{ percent: 50 }], [line("a-pen")], { caps: { perOrder: 40 } }, facts(SHOP, { limits })),
    ).toEqual([100]);
  });

  test("a promotion's own floor", () => {
    expect(off([{ percent: 50 }], [line("a-pen", 2)], { floor: { unitPrice: 70 } })).toEqual([6000]);
    expect(off([{ percent: 50 }], [line("a-pen", 2)], { floor: { unitPrice: 170 } })).toEqual([0]);
  });

  test("two effects of one promotion share its caps", () => {
    expect(off([{ percent: 10 }, { amount: 5 }], [line("a-pen")], { caps: { perLine: 12 } })).toEqual([1200]);
    expect(off([{ percent: 10 }, { percent: 10 }], [line("a-pen")])).toEqual([1900]);
  });
});

describe("order within a layer", () => {
  test("percentages come before amounts, whatever the priority", () => {
    const rules = rulesOf([
      { id: "amount", name: "a", priority: 9, then: [{ amount: 50 }] },
      { id: "percent", name: "p", then: [{ percent: 10 }] },
    ]);
    const quote = price(cart([line("a-pen")]), rules, facts(SHOP), NOON);
    expect(quote.steps).toEqual([
      { promotionId: "percent", layer: 0, before: 10000, amount: 1000, after: 9000 },
      { promotionId: "amount", layer: 0, before: 9000, amount: 5000, after: 4000 },
    ]);
  });

  test("amounts over the sum of the code cap stop at the cap", () => {
    const capped = facts([{ ...PEN, codeCap: bps(0) }]);
    const rules = rulesOf([{ id: "p", name: "p", codes: { list: ["X"] }, then: [{ percent: 10 }] }]);
    const quote = price(cart([line("a-pen")], { code: "x" }), rules, capped, NOON);
    expect(quote).toMatchObject({
      discount: 0,
      code: { state: "not_redeemable" },
      notices: [{ code: "code_no_effect" }],
    });
  });
});

describe("gifts and messages", () => {
  test("a gift is a line of its own and falls away with a notice when sold out", () => {
    const effects: Effect[] = [{ gifts: [{ offer: "g-bag" }] }, { message: { ru: "Спасибо" } }];
    const quote = quoteOf(effects, [line("a-pen")]);
    expect(quote.lines[1]).toMatchObject({
      offerId: "g-bag",
      gross: 1000,
      discount: 1000,
      giftUnits: 1,
      lineIndex: null,
    });
    expect(quote.notices).toEqual([
      { code: "message", promotionId: "p", text: { ru: "Спасибо", en: "Спасибо" } },
    ]);
    const inCart = quoteOf([{ gifts: [{ offer: "g-bag" }] }], [line("g-bag")]);
    expect(inCart.lines).toHaveLength(1);
    expect(inCart.notices).toEqual([{ code: "gift_sold_out", promotionId: "p", offerId: "g-bag" }]);
    expect(inCart.verdicts).toEqual([{ promotionId: "p", kind: "not_applied", reason: "gift_sold_out" }]);
  });

  test("a gift that the catalogue does not know is sold out", () => {
    expect(quoteOf([{ gifts: [{ offer: "nothing" }] }], [line("a-pen")]).notices[0]?.code).toBe(
      "gift_sold_out",
    );
  });
});
