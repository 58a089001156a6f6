// Mistakes in a set are told all at once, each with its place; what is right compiles.
import { describe, expect, test } from "vitest";
import { compileRules, type Effect, foldCode, type PromotionDocument, type PromotionSet } from "./index.ts";

function problems(...promotions: readonly Partial<PromotionDocument>[]): string[] {
  const set: PromotionSet = {
    promotions: promotions.map((each, index) => ({
      id: `p${index}`,
      name: "p",
      then: [{ percent: 1 }],
      ...each,
    })),
  };
  const result = compileRules(set, "Europe/Moscow");
  return result.kind === "refused" ? result.problems.map(({ path, message }) => `${path}: ${message}`) : [];
}

describe("a set", () => {
  test("compiles with the gifts it may give, its codes folded, and an opaque rest", () => {
    const result = compileRules(
      {
        promotions: [
          { id: "a", name: { ru: "а" }, codes: { list: [" ОСЕНЬ "] }, then: [{ gifts: [{ offer: "g" }] }] },
          {
            id: "b",
            name: "b",
            choice: { group: "x" },
            then: [{ giftChoice: { options: [{ offer: "h" }, { offer: "g" }] } }],
          },
        ],
      },
      "Europe/Moscow",
    );
    expect(result).toMatchObject({ kind: "compiled", rules: { giftOfferIds: ["g", "h"], spentDays: [] } });
    expect(result.kind === "compiled" && result.rules.codes.get(foldCode("осень"))).toBe("a");
  });

  test("of an unknown zone is refused", () => {
    expect(compileRules({ promotions: [] }, "Mars/Base")).toEqual({
      kind: "refused",
      problems: [{ path: "timeZone", message: "no such zone: Mars/Base" }],
    });
  });

  test("tells every mistake at once", () => {
    expect(problems({ then: [{ percent: 101 }] }, { then: [{ amount: "1,234.5" }] }, { id: "p0" })).toEqual([
      "promotions[0].then[0].percent: is more than 100 %",
      "promotions[1].then[0].amount: must be an amount of roubles with at most two decimals, 0 or more",
      'promotions[2].id: another promotion has the id "p0"',
    ]);
  });
});

describe("mistakes", () => {
  test.each<[Partial<PromotionDocument>, string]>([
    [{ id: "" }, "promotions[0].id: must not be empty"],
    [{ then: [] }, "promotions[0].then: a promotion has at least one effect"],
    [{ then: [{ percent: 1, amount: 2 } as never] }, "promotions[0].then[0]: an effect has exactly one key"],
    [{ then: [{ magic: 1 } as never] }, 'promotions[0].then[0]: unknown effect "magic"'],
    [
      { then: [{ kit: { parts: [], price: 1 } }] },
      "promotions[0].then[0].kit.parts: a kit has at least one part",
    ],
    [
      { then: [{ kit: { parts: [{ of: {}, quantity: 1 }], price: 1, percent: 2 } }] },
      "promotions[0].then[0].kit: a kit has either price or percent",
    ],
    [
      { then: [{ percent: 5 }], limits: { perOrder: 2 } },
      "promotions[0].limits.perOrder: counts sets of nForM, nthCheaper and kit; caps limit other effects",
    ],
    [{ then: [{ nForM: { take: 2, pay: 2 } }] }, "promotions[0].then[0].nForM.pay: must be less than take"],
    [
      { then: [{ nForM: { take: 1.5, pay: 1 } }] },
      "promotions[0].then[0].nForM.take: must be a whole number from 2 to 1000000",
    ],
    [
      { then: [{ steps: { by: "sum", levels: [] } }] },
      "promotions[0].then[0].steps: steps have at least one level",
    ],
    [
      { then: [{ steps: { by: "sum", levels: [{ from: 1 }] } }] },
      "promotions[0].then[0].steps.levels[0]: a level has either percent or amount",
    ],
    [{ then: [{ gifts: [] }] }, "promotions[0].then[0].gifts: names at least one gift"],
    [
      { then: [{ gifts: [{ offer: "g" }, { offer: "g" }] }] },
      "promotions[0].then[0].gifts[1]: names the same offer twice",
    ],
    [
      { then: [{ giftChoice: { options: [{ offer: "g" }] } }] },
      "promotions[0].then: a choice of gifts needs choice.group",
    ],
    [{ when: [{} as never] }, "promotions[0].when[0]: a condition has exactly one key"],
    [{ when: [{ moon: 1 } as never] }, 'promotions[0].when[0]: unknown condition "moon"'],
    [{ when: [{ sum: {} }] }, "promotions[0].when[0].sum: needs atLeast or atMost"],
    [
      { when: [{ sum: { atLeast: 2, atMost: 1 } }] },
      "promotions[0].when[0].sum: atLeast is more than atMost",
    ],
    [
      { when: [{ any: [{ weekdays: [1, 0] }] }] },
      "promotions[0].when[0].any[0].weekdays: weekdays are 1 (Monday) to 7 (Sunday)",
    ],
    [
      { audience: [{ customer: { known: false, segments: ["a"] } }] },
      "promotions[0].audience[0].customer: known: false stands alone",
    ],
    [
      { when: [{ dates: { from: "soon" } }] },
      "promotions[0].when[0].dates.from: must be a date, a local date-time or an ISO 8601 instant",
    ],
    [
      { schedule: { hours: [{ from: "9", to: "10:00" }] } },
      "promotions[0].schedule.hours[0].from: must be a time of day such as 09:30",
    ],
    [{ codes: { list: [" "] } }, "promotions[0].codes.list[0]: must not be empty"],
    [
      { when: [{ quantity: { atLeast: 0.0001 } }] },
      "promotions[0].when[0].quantity.atLeast: must be a quantity with at most three decimals, 0 or more",
    ],
  ])("%j", (promotion, expected) => {
    expect(problems(promotion)).toContain(expected);
  });

  test("every one is told with the place where it stands", () => {
    const dates = "must be a date, a local date-time or an ISO 8601 instant";
    const roubles = "must be an amount of roubles with at most two decimals, 0 or more";
    const percentage = "must be a percentage with at most two decimals, 0 or more";
    const weekdays = "weekdays are 1 (Monday) to 7 (Sunday)";
    const count = (least: number): string => `must be a whole number from ${least} to 1000000`;
    const wrong = { price: { from: -1 } };
    const choice = { group: "A" };
    const kit = (part: object, more: object): Effect[] => [
      { kit: { parts: [{ of: {}, quantity: 1, ...part }], ...more } },
    ];
    const steps = (
      by: "sum" | "quantity",
      level: { from: number; percent?: number; amount?: number },
    ): Effect[] => [{ steps: { by, levels: [level] } }];
    const cases: readonly (readonly [Partial<PromotionDocument>, string, string])[] = [
      [{ scope: wrong }, "scope.price.from", roubles],
      [{ worth: -1 }, "worth", roubles],
      [{ caps: { perUnit: -1 } }, "caps.perUnit", roubles],
      [{ caps: { perLine: -1 } }, "caps.perLine", roubles],
      [{ caps: { perOrder: -1 } }, "caps.perOrder", roubles],
      [{ floor: { unitPrice: -1 } }, "floor.unitPrice", roubles],
      [{ floor: { percentOfPrice: -1 } }, "floor.percentOfPrice", percentage],
      [{ schedule: { weekdays: [8] } }, "schedule.weekdays", weekdays],
      [{ schedule: { from: "soon" } }, "schedule.from", dates],
      [{ schedule: { until: "late" } }, "schedule.until", dates],
      [{ when: [{ dates: { until: "late" } }] }, "when[0].dates.until", dates],
      [
        { when: [{ hours: { from: "9", to: "10:00" } }] },
        "when[0].hours.from",
        "must be a time of day such as 09:30",
      ],
      [
        { when: [{ hours: { from: "09:00", to: "10" } }] },
        "when[0].hours.to",
        "must be a time of day such as 09:30",
      ],
      [{ when: [{ sum: { atMost: -1 } }] }, "when[0].sum.atMost", roubles],
      [{ when: [{ sum: { atLeast: 1, of: wrong } }] }, "when[0].sum.of.price.from", roubles],
      [{ when: [{ quantity: { atLeast: 1, of: wrong } }] }, "when[0].quantity.of.price.from", roubles],
      [
        { when: [{ customer: { orderNumber: {} } }] },
        "when[0].customer.orderNumber",
        "needs atLeast or atMost",
      ],
      [
        { when: [{ customer: { orderNumber: { atLeast: 0.5 } } }] },
        "when[0].customer.orderNumber.atLeast",
        count(0),
      ],
      [
        { when: [{ customer: { spent: { atLeast: -1, days: 1 } } }] },
        "when[0].customer.spent.atLeast",
        roubles,
      ],
      [{ when: [{ customer: { spent: { atLeast: 1, days: 0 } } }] }, "when[0].customer.spent.days", count(1)],
      [
        { when: [{ customer: { spent: { atLeast: 1, days: 1_000_001 } } }] },
        "when[0].customer.spent.days",
        count(1),
      ],
      [{ then: [{ fixedPrice: -1 }] }, "then[0].fixedPrice", roubles],
      [{ then: [{ nForM: { take: 3, pay: 0 } }] }, "then[0].nForM.pay", count(1)],
      [{ then: [{ nthCheaper: { every: 0, percent: 5 } }] }, "then[0].nthCheaper.every", count(1)],
      [{ then: [{ nthCheaper: { every: 2, percent: -5 } }] }, "then[0].nthCheaper.percent", percentage],
      [{ scope: {}, then: kit({ of: wrong }, { price: 1 }) }, "then[0].kit.parts[0].of.price.from", roubles],
      [{ then: kit({ quantity: 0 }, { price: 1 }) }, "then[0].kit.parts[0].quantity", count(1)],
      [{ then: kit({}, { price: -1 }) }, "then[0].kit.price", roubles],
      [{ then: kit({}, { percent: -1 }) }, "then[0].kit.percent", percentage],
      [{ then: steps("sum", { from: -1, percent: 1 }) }, "then[0].steps.levels[0].from", roubles],
      [
        { then: steps("quantity", { from: -1, percent: 1 }) },
        "then[0].steps.levels[0].from",
        "must be a quantity with at most three decimals, 0 or more",
      ],
      [{ then: steps("sum", { from: 1, percent: -1 }) }, "then[0].steps.levels[0].percent", percentage],
      [{ then: steps("sum", { from: 1, amount: -1 }) }, "then[0].steps.levels[0].amount", roubles],
      [
        { choice, then: [{ giftChoice: { options: [] } }] },
        "then[0].giftChoice.options",
        "names at least one gift",
      ],
      [
        { choice, then: [{ giftChoice: { options: [{ offer: "g" }], limit: 0 } }] },
        "then[0].giftChoice.limit",
        count(1),
      ],
      [{ then: [{ gifts: [{ offer: "g", quantity: 0 }] }] }, "then[0].gifts[0].quantity", count(1)],
      [{ then: [{ points: { multiplier: -1 } }] }, "then[0].points.multiplier", percentage],
      [{ then: [{ points: { extra: -1 } }] }, "then[0].points.extra", count(0)],
      [{ then: [{ per: "unit" } as never] }, "then[0]", 'unknown effect "per"'],
      [{ when: [{ not: { sum: {} } }] }, "when[0].not.sum", "needs atLeast or atMost"],
      [{ when: [{ all: [{ sum: {} }] }] }, "when[0].all[0].sum", "needs atLeast or atMost"],
    ];
    for (const [promotion, path, message] of cases)
      expect(problems(promotion)).toEqual([`promotions[0].${path}: ${message}`]);
    expect(problems({ when: [{ customer: { spent: { atLeast: 1, days: 1_000_000 } } }] })).toEqual([]);
    const set = compileRules({ promotions: [], lowestUnitPrice: -1 }, "Europe/Moscow");
    expect(set).toMatchObject({ problems: [{ path: "lowestUnitPrice", message: roubles }] });
  });

  test("two choices of gifts in one promotion are one too many", () => {
    const giftChoice = { options: [{ offer: "g" }] };
    expect(problems({ choice: { group: "x" }, then: [{ giftChoice }, { giftChoice }] })).toEqual([
      "promotions[0].then[1]: a promotion has at most one choice of gifts",
    ]);
  });

  test("a code belongs to one promotion, whatever its spelling", () => {
    expect(problems({ codes: { list: ["Straße", "ＳＴＲＡＳＳＥ"] } })).toEqual([]);
    expect(problems({ codes: { list: ["Straße"] } }, { codes: { list: ["ＳＴＲＡＳＳＥ"] } })).toEqual([
      'promotions[1].codes.list[0]: "ＳＴＲＡＳＳＥ" already belongs to promotion "p0"',
    ]);
  });
});
