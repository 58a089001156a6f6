// Verdicts, unlocking changes, hints, codes, points and choices: what the shopper and the retailer are told.
import { describe, expect, test } from "vitest";
import {
  cart,
  customer,
  facts,
  line,
  NOON,
  offer,
  PROGRAMME,
  programmeOf,
  rulesOf,
} from "../../../test/support/shop.ts";
import { minor, points, quantity } from "../money/index.ts";
import {
  type Cart,
  type Detail,
  type Facts,
  MOST_QUANTITY,
  type PromotionDocument,
  type PromotionSet,
  price,
  type Quote,
} from "./index.ts";

const SHOP = [
  offer("a", 100, { categoryIds: ["pans"] }),
  offer("b", 50, { categoryIds: ["tea"] }),
  offer("w", 100, { step: quantity(100) }),
  offer("g", 10),
  offer("h", 20, { stock: quantity(0) }),
];

function quoteOf(
  promotions: readonly (Partial<PromotionDocument> & { id: string })[],
  asked: Partial<Cart> = {},
  more: Partial<Facts> = {},
  set: Partial<PromotionSet> = {},
  detail: Detail = "full",
): Quote {
  const whole = promotions.map(
    (each): PromotionDocument => ({ name: each.id, then: [{ percent: 10 }], ...each }),
  );
  return price(cart([line("a", 2), line("b")], asked), rulesOf(whole, set), facts(SHOP, more), NOON, detail);
}

function verdictOf(quote: Quote, id: string): unknown {
  return quote.verdicts.find((verdict) => verdict.promotionId === id);
}

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
      unlock: { kind: "add_sum", amountMinor: Math.ceil(7500 / 0.9) },
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
    const hidden: readonly (Partial<PromotionDocument> & { id: string })[] = [
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

describe("the best combination", () => {
  const rivals = [
    { id: "ten", combining: { with: "none" as const } },
    { id: "twenty", then: [{ percent: 20 }], combining: { with: "none" as const } },
  ];

  test("a beaten promotion names the winner and the difference", () => {
    expect(verdictOf(quoteOf(rivals), "ten")).toEqual({
      promotionId: "ten",
      kind: "not_applied",
      reason: "beaten",
      winnerId: "twenty",
      differenceMinor: 2500,
    });
  });

  test("of equal ones the higher priority stands, then the lower id", () => {
    const equal = [
      { id: "b", combining: { bestOf: "x" } },
      { id: "a", combining: { bestOf: "x" } },
    ];
    expect(verdictOf(quoteOf(equal), "a")).toMatchObject({ kind: "applied" });
    expect(
      verdictOf(
        quoteOf([
          { ...equal[0], id: "b", priority: 1 },
          { id: "a", combining: { bestOf: "x" } },
        ]),
        "b",
      ),
    ).toMatchObject({ kind: "applied" });
  });

  test("a mandatory promotion is never left out, and the first of two rivals stands", () => {
    const [ten, twenty] = rivals as [(typeof rivals)[0], (typeof rivals)[0]];
    expect(quoteOf([{ ...ten, combining: { with: "none", mandatory: true } }, twenty]).total).toBe(22500);
    const both = [ten, twenty].map((each) => ({
      ...each,
      combining: { with: "none" as const, mandatory: true },
    }));
    expect(quoteOf(both).total).toBe(22500);
  });

  test("a mandatory promotion whose own sum is not reached keeps no rival out", () => {
    const quote = quoteOf([
      { id: "first", then: [{ percent: 1 }], combining: { mandatory: true } },
      {
        id: "must",
        when: [{ sum: { atLeast: 250 } }],
        combining: { layer: 1, with: "none", mandatory: true },
      },
      { id: "rival", then: [{ percent: 50 }], combining: { layer: 1 } },
    ]);
    expect(quote.steps.map((step) => step.promotionId)).toEqual(["first", "rival"]);
    expect(verdictOf(quote, "must")).toMatchObject({ reason: "condition", failed: { actual: 24750 } });
  });

  test("a small discount is left out where it would spoil a large one", () => {
    const quote = quoteOf([
      { id: "small", then: [{ percent: 1 }] },
      { id: "large", then: [{ amount: 100 }], when: [{ sum: { atLeast: 250 } }], combining: { layer: 1 } },
    ]);
    expect(quote.total).toBe(15000);
    expect(verdictOf(quote, "small")).toEqual({
      promotionId: "small",
      kind: "not_applied",
      reason: "left_out",
      differenceMinor: 9750,
    });
  });

  test("declared worth weighs as money", () => {
    const gift = { id: "gift", then: [{ gifts: [{ offer: "g" }] }], combining: { bestOf: "x" } };
    const money = { id: "money", then: [{ amount: 5 }], combining: { bestOf: "x" } };
    expect(quoteOf([gift, money]).total).toBe(24500);
    expect(quoteOf([{ ...gift, worth: 6 }, money]).total).toBe(25000);
  });

  test("other objectives: least cost takes the cheapest that nothing can be added to, priority the first", () => {
    expect(quoteOf(rivals, {}, {}, { objective: "leastCost" }).total).toBe(22500);
    const ranked = [
      { ...rivals[1], id: "x", priority: 1 },
      { ...rivals[0], id: "y", priority: 2 },
    ];
    expect(quoteOf(ranked, {}, {}, { objective: "priority" }).total).toBe(22500);
    expect(quoteOf([{ id: "p" }], {}, {}, { objective: "priority" }).total).toBe(22500);
    const failing = {
      id: "a",
      priority: 9,
      when: [{ sum: { atLeast: 999 } }],
      combining: { with: "none" as const },
    };
    expect(quoteOf([failing, { id: "b" }], {}, {}, { objective: "priority" }).total).toBe(22500);
  });

  test("least cost weighs several rivals and takes what has none", () => {
    const many = [5, 7, 9, 3].map((percent, index) => ({
      id: `r${index}`,
      then: [{ percent }],
      combining: index === 3 ? {} : { group: "x", with: ["y"] },
      ...(index === 3 ? { scope: { offers: ["b"] } } : {}),
    }));
    expect(quoteOf(many, {}, {}, { objective: "leastCost" }).steps.map((step) => step.promotionId)).toEqual([
      "r3",
    ]);
  });

  test("amounts off the cart one after another are taken outright, also below a code's limit", () => {
    const three = [
      { id: "p", then: [{ percent: 10 }] },
      { id: "x", then: [{ amount: 20 }] },
      { id: "y", then: [{ amount: 30 }], combining: { layer: 1 } },
      { id: "z", then: [{ amount: 40 }], codes: { list: ["Z"] } },
    ];
    expect(quoteOf(three, { code: "z" })).toMatchObject({ total: 13500, proof: { isOptimal: true } });
    const part = [
      ...three,
      { id: "w", then: [{ amount: 1 }], scope: { offers: ["a"] }, combining: { layer: 20 } },
    ];
    expect(quoteOf(part, { code: "z" })).toMatchObject({ total: 13400, proof: { isOptimal: true } });
  });

  test("beyond the budget of work the answer says how much may have been missed", () => {
    const group = (index: number): string => `g${index}`;
    const areFriends = (a: number, b: number): boolean =>
      ((a + 1) * (b + 1) * 7919 + (a + b) * 104_729) % 1009 < 760;
    const indexes = Array.from({ length: 120 }, (_, index) => index);
    const many = indexes.map((index) => ({
      id: `p${index}`,
      then: [{ percent: 1 + ((index * 13) % 17) / 10 }],
      combining: {
        group: group(index),
        with: indexes.filter((other) => areFriends(index, other)).map(group),
      },
    }));
    for (const objective of ["shopperSaving", "leastCost"] as const) {
      const quote = quoteOf(many, {}, {}, { objective }, "plain");
      expect(quote.proof.isOptimal).toBe(false);
      expect(quote.proof.gapMinor).toBeGreaterThan(0);
    }
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

describe("codes", () => {
  const code = { id: "c", codes: { list: ["CODE"] } };

  test.each([
    ["redeemed", "already_redeemed", "code_redeemed"],
    ["expired", "not_redeemable", "code_not_redeemable"],
    ["blocked", "not_redeemable", "code_not_redeemable"],
  ] as const)("%s", (state, outcome, notice) => {
    const quote = quoteOf([code], { code: "code" }, { code: { promotionId: "c", state } });
    expect(quote).toMatchObject({
      total: 25000,
      code: { state: outcome },
      notices: [{ code: notice, promotionId: "c" }],
    });
    expect(verdictOf(quote, "c")).toMatchObject({ reason: "code_spent" });
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

  test("tell the missing quantity, other goods, time and rivals", () => {
    const told = (
      more: Partial<PromotionDocument>,
      others: readonly (Partial<PromotionDocument> & { id: string })[] = [],
    ): unknown => {
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
    expect(told({ then: [{ percent: 0 }] })).toEqual([
      "not_redeemable",
      [{ code: "code_no_effect", promotionId: "c" }],
    ]);
  });
});

describe("choices", () => {
  const menu: readonly (Partial<PromotionDocument> & { id: string })[] = [
    {
      id: "pick",
      choice: { group: "A" },
      then: [{ giftChoice: { options: [{ offer: "g", quantity: 2 }, { offer: "h" }], limit: 1 } }],
    },
    { id: "sold", choice: { group: "A" }, then: [{ gifts: [{ offer: "h" }] }] },
    { id: "many", choice: { group: "B" }, when: [{ sum: { atLeast: 999 } }] },
  ];

  test("options are filtered by stock and what cannot be had is not offered", () => {
    const quote = quoteOf(menu);
    expect(quote.offered).toMatchObject([
      { group: "A", promotions: [{ promotionId: "pick", giftOptions: [{ offerId: "g", quantity: 2000 }] }] },
    ]);
    expect(verdictOf(quote, "pick")).toMatchObject({ reason: "not_chosen", unlock: { kind: "choose" } });
  });

  test("picks are checked against options, limit, quantity and stock", () => {
    const picked = (...gifts: [string, number][]): unknown => {
      const quote = quoteOf(menu, {
        choices: [
          {
            promotionId: "pick",
            gifts: gifts.map(([offerId, count]) => ({ offerId, quantity: quantity(count) })),
          },
        ],
      });
      return [
        quote.lines.slice(2).map((each) => [each.offerId, each.quantity]),
        quote.notices.map((notice) => notice.code),
      ];
    };
    expect(picked()).toEqual([[], []]);
    expect(picked(["g", 5000])).toEqual([[["g", 2000]], []]);
    expect(picked(["g", 1000])).toEqual([[["g", 1000]], []]);
    expect(picked(["g", 0])).toEqual([[["g", 2000]], []]);
    expect(picked(["a", 1000])).toEqual([[], ["gift_not_offered"]]);
    expect(picked(["g", 1000], ["h", 1000])).toEqual([[["g", 1000]], ["gift_limit"]]);
    expect(picked(["h", 1000])).toEqual([[], ["gift_sold_out"]]);
  });

  test("a choice that is no longer eligible falls away and says so; other groups are told", () => {
    const quote = quoteOf([...menu, { id: "other", choice: { group: "C" } }], {
      choices: [{ promotionId: "many", gifts: [] }],
    });
    expect(quote.notices).toEqual([{ code: "choice_dropped", promotionId: "many" }]);
    expect(verdictOf(quote, "many")).toMatchObject({ reason: "condition" });
    expect(verdictOf(quote, "other")).toMatchObject({ reason: "other_group_chosen" });
  });

  test("a free line alone chooses its gift; a free line that nothing grants is taken out", () => {
    const free = { sentAsFree: true, echoed: ["pick"] };
    const quote = quoteOf(menu, {
      lines: [
        line("a", 2),
        line("g", 1, free),
        line("b", 1, free),
        line(null, 1, { sentAsFree: true, echoed: ["x"] }),
      ],
    });
    expect(quote.lines.map((each) => [each.offerId, each.total])).toEqual([
      ["a", 20000],
      ["g", 0],
    ]);
    expect(quote.notices).toEqual([
      { code: "gift_dropped", promotionId: "x" },
      { code: "gift_dropped", promotionId: "pick", offerId: "b" },
    ]);
  });

  test("a free line without a promotion is sold, and so is what exceeds a grant", () => {
    const lines = [line("b", 1, { sentAsFree: true }), line("g", 3, { echoed: ["pick"], sentAsFree: true })];
    expect(quoteOf(menu, { lines }).lines.map((each) => [each.offerId, each.quantity, each.total])).toEqual([
      ["b", 1000, 5000],
      ["g", 1000, 1000],
      ["g", 2000, 0],
    ]);
  });
});

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

  test("a weighed unticked line is priced by its weight", () => {
    const quote = price(cart([line("w", 0.7, { selected: false })]), rulesOf([]), facts(SHOP), NOON);
    expect(quote.lines[0]).toMatchObject({
      total: 7000,
      unitGroups: [{ quantity: 700, unitPrice: 10000, total: 7000 }],
    });
    expect(quote).toMatchObject({ gross: 0, total: 0, points: null });
  });
});
