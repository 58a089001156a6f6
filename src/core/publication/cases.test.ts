// Small sets, each for one thing that the gate must see, or must leave alone.
import { expect, test } from "vitest";
import { DELIVERY, OUTLETS, type RuleWorld, TODAY, worldOf, ZONE } from "../../../test/support/rule-sets.ts";
import { offer } from "../../../test/support/shop.ts";
import { instant } from "../basics/index.ts";
import { type Condition, compileRules, type Offer, type PromotionDocument } from "../pricing/index.ts";
import { GoodsBook } from "./catalogue.ts";
import { shareLeft } from "./deepest.ts";
import { followFrom } from "./implying.ts";
import { analysePublication, type PublicationReport } from "./index.ts";

function reportOf(world: RuleWorld): PublicationReport {
  const compiled = compileRules(world.set, ZONE);
  const rules = compiled.kind === "compiled" ? compiled.rules : null;
  const names = { outlets: OUTLETS, delivery: DELIVERY };
  return analysePublication({ ...world, rules, timeZone: ZONE, names, today: instant(TODAY) });
}

const set = (
  more: Partial<PromotionDocument>,
  offers: readonly Offer[],
  extra: Partial<RuleWorld> = {},
): RuleWorld => ({
  ...worldOf({ promotions: [{ id: "fault", name: "Акция", then: [{ percent: 10 }], ...more }] }, offers),
  ...extra,
});
const SHOP = [offer("a", 100, { categoryIds: ["tea"] }), offer("b", 50, { categoryIds: ["tea"] })];
const codesOf = (world: RuleWorld): string[] => reportOf(world).findings.map(({ code }) => code);

test("kits are checked before the engine knows them, part by part and by their price", () => {
  const kit = (price: number, categories = "tea"): RuleWorld => {
    const parts = [
      { of: { offers: ["a"] }, quantity: 1 },
      { of: { categories: [categories] }, quantity: 2 },
    ];
    return set({ then: [{ kit: { parts, price } }] }, SHOP);
  };
  expect(codesOf(kit(150))).toEqual([]);
  expect(codesOf(kit(200))).toEqual(["kit_above_cheapest"]);
  expect(codesOf(kit(300))).toEqual(["kit_too_dear"]);
  expect(codesOf(kit(300, "none"))).toEqual(["kit_part_empty", "unknown_name"]);
  expect(codesOf(set({ then: [{ kit: { parts: [], percent: 0 } }] }, SHOP))).toEqual(["zero_effect"]);
});

test("codes for goods that take none, steps of one threshold, codes of the table that nobody asks for", () => {
  const noCodes = SHOP.map((each) => ({ ...each, codeCap: 0 as never }));
  expect(codesOf(set({ codes: { list: ["X"] } }, noCodes))).toEqual(["code_share_zero"]);
  const levels = [
    { from: 2, percent: 5 },
    { from: 2, percent: 6 },
  ];
  expect(codesOf(set({ then: [{ steps: { by: "quantity", levels } }] }, SHOP))).toEqual(["steps_twin"]);
  const counts = new Map([
    ["fault", { all: 2, usable: 2 }],
    ["gone", { all: 1, usable: null }],
  ]);
  const codes = { byCode: new Map(), counts };
  expect(codesOf(set({}, SHOP, { codes }))).toEqual(["table_codes_unused", "table_codes_lost"]);
  const table = { byCode: new Map([["x", { promotionId: "fault", isUsable: false }]]), counts: new Map() };
  expect(codesOf(set({ codes: { list: ["X"] } }, SHOP, { codes: table }))).toEqual(["codes_spent"]);
});

test("what does not run is told mildly; only a part of the effects, too", () => {
  const contradiction = { when: [{ channels: ["app"] }, { channels: ["seller"] }] } as const;
  const of = (more: Partial<PromotionDocument>) =>
    reportOf(set({ ...contradiction, ...more }, SHOP)).findings;
  expect(of({}).map(({ severity }) => severity)).toEqual(["error"]);
  expect(of({ status: "paused" }).map(({ severity }) => severity)).toEqual(["warning"]);
  const partly = reportOf(set({ then: [{ percent: 0 }, { message: "М" }] }, SHOP)).findings;
  expect(partly).toMatchObject([{ code: "zero_effect", severity: "warning" }]);
});

test("what was not analysed is said: no catalogue, no rules, unknown effects, too many alternatives, too many carts", () => {
  const any = Array.from({ length: 12 }, (_, index) => ({ outlets: [OUTLETS[index % 3] as string] }));
  const wide = set({ when: [{ any }, { any }, { any }], limits: { budget: 0 } }, SHOP);
  expect(codesOf(wide)).toEqual(["limit_zero"]);
  const many = set({ when: [{ any }, { any }, { any }] }, SHOP);
  expect(reportOf(many).notAnalysed).toMatchObject([
    { reason: "too_many_alternatives", promotionIds: ["fault"] },
  ]);
  const or = set({ when: [{ not: { all: [...any, ...any, { any }, { all: any }] } }] }, SHOP);
  expect(reportOf(or).findings).toEqual([]);
  const odd = set({ then: [{ magic: 1 } as never], when: [{ moon: "full" } as never] }, SHOP);
  expect(reportOf(odd).notAnalysed.map(({ reason }) => reason)).toEqual(["unknown_effect", "not_compiled"]);
  const { catalogue: _, ...rest } = set({ scope: { offers: ["x"] } }, SHOP);
  const bare = { ...rest, catalogue: null } as never;
  expect(reportOf(bare)).toEqual({
    findings: [],
    notAnalysed: [{ promotionIds: [], reason: "no_catalogue", offers: 0 }],
  });
  const settings = { lowestShareBps: 9900, mostWork: 0 };
  expect(reportOf(set({}, SHOP, { settings })).notAnalysed).toEqual([
    { promotionIds: [], reason: "too_much_work", offers: 2 },
  ]);
});

test("without a catalogue the words themselves still tell of empty goods", () => {
  const scopes: PromotionDocument["scope"][] = [
    { price: { from: 10, to: 5 } },
    { offers: ["a"], not: { offers: ["a", "b"] } },
    { hasOldPrice: true, not: { hasOldPrice: true } },
    { any: [{ offers: [] }] },
    { all: [{ offers: ["a"] }, { not: {} }] },
  ];
  for (const scope of scopes)
    expect(codesOf({ ...set({ ...(scope ? { scope } : {}) }, SHOP), catalogue: null } as never)).toEqual([
      "scope_empty",
    ]);
  const fine: PromotionDocument["scope"][] = [
    { offers: ["a"], not: { params: { x: ["y"] } } },
    { categories: ["a"], not: { vendors: ["v"] } },
  ];
  for (const scope of fine)
    expect(codesOf({ ...set({ ...(scope ? { scope } : {}) }, SHOP), catalogue: null } as never)).toEqual([]);
});

test("duels that are none are left alone, and odd ones are judged by the kind of their effects", () => {
  const duel = (
    weak: Partial<PromotionDocument>,
    strong: Partial<PromotionDocument>,
    more: object = {},
  ): string[] => {
    const combining = { bestOf: "one" };
    const promotions = [
      { id: "weak", name: "W", then: [{ percent: 5 }], combining, ...weak },
      { id: "strong", name: "S", then: [{ percent: 9 }], combining, ...strong },
    ];
    return codesOf(worldOf({ promotions, ...more }, SHOP));
  };
  const lost = ["best_of_never_wins"];
  const levels = [
    { from: 2, percent: 5 },
    { from: 4, percent: 8 },
  ];
  expect(duel({ then: [{ steps: { by: "quantity", levels } }] }, {})).toEqual(lost);
  expect(duel({ then: [{ nthCheaper: { every: 2, percent: 8 } }] }, {})).toEqual(lost);
  expect(duel({ then: [{ amount: 5, per: "unit" }] }, { then: [{ amount: 6, per: "unit" }] })).toEqual(lost);
  expect(duel({ then: [{ amount: 5, per: "line" }] }, { then: [{ amount: 6, per: "line" }] })).toEqual(lost);
  expect(duel({ then: [{ fixedPrice: 40 }] }, { then: [{ fixedPrice: 39 }] })).toEqual(lost);
  expect(duel({ then: [{ message: "М" }] }, {})).toEqual([]);
  expect(duel({}, { then: [{ percent: 9 }, { amount: 1 }] })).toEqual([]);
  expect(duel({}, { caps: { perOrder: 100 } })).toEqual([]);
  expect(duel({}, { limits: { uses: 5 } })).toEqual([]);
  // By priority the greater discount loses to the one that goes first.
  expect(duel({ priority: 1 }, {}, { objective: "priority" })).toEqual(lost);
  expect(duel({ priority: 1 }, {}, { objective: "leastCost" })).toEqual([]);
  expect(duel({}, { priority: 1 }, { objective: "priority" })).toEqual(lost);
  expect(
    duel({ combining: { with: ["b"], group: "a" } }, { combining: { with: ["a"], group: "b" } }),
  ).toEqual([]);
  const kept = { combining: { bestOf: "one", layer: 3 } };
  expect(duel({ when: [{ sum: { atLeast: 10 } }] }, { ...kept, when: [{ sum: { atLeast: 5 } }] })).toEqual(
    [],
  );
});

test("conditions of the winner follow from those of the loser, kind by kind", () => {
  const duel = (given: Condition, wanted: Condition): boolean => {
    const combining = { bestOf: "one" };
    const promotions = [
      { id: "weak", name: "W", when: [given], then: [{ percent: 5 }], combining },
      { id: "strong", name: "S", when: [wanted], then: [{ percent: 9 }], combining },
    ];
    return codesOf(worldOf({ promotions }, SHOP)).includes("best_of_never_wins");
  };
  const follows: [Condition, Condition][] = [
    [{ dates: { from: "2026-12-01", until: "2026-12-05" } }, { dates: { until: "2026-12-06" } }],
    [{ hours: { from: "10:00", to: "12:00" } }, { hours: { from: "09:00", to: "12:00" } }],
    [
      { customer: { birthday: { daysBefore: 1, daysAfter: 1 } } },
      { customer: { birthday: { daysBefore: 2, daysAfter: 1 } } },
    ],
    [{ customer: { orderNumber: { atMost: 1 } } }, { customer: { orderNumber: { atMost: 2 } } }],
    [
      { customer: { spent: { atLeast: 500, days: 30 } } },
      { customer: { spent: { atLeast: 400, days: 30 } } },
    ],
    [{ customer: { segments: ["a"] } }, { customer: { segments: ["a", "b"] } }],
    [{ customer: { tiers: ["gold"] } }, { customer: { known: true } }],
    [{ weekdays: [1] }, { weekdays: [1, 2] }],
    [{ not: { channels: ["app"] } }, { not: { channels: ["app"] } }],
    [{ outlets: ["out-1"] }, { outlets: ["out-1", "out-2"] }],
    [{ earlyAccess: true }, { not: { earlyAccess: false } }],
    [{ cities: { names: ["Москва"] } }, { cities: { names: ["Москва"] } }],
    [{ sum: { atLeast: 500 } }, { sum: { atLeast: 400, measured: "list" } }],
    [{ quantity: { atMost: 2 } }, { quantity: { atMost: 3, of: { offers: ["a"] } } }],
    [{ payment: ["card"] }, { dates: { from: "2026-01-01" } }],
  ];
  for (const [given, wanted] of follows) {
    expect(duel(given, wanted), JSON.stringify([given, wanted])).toBe(true);
    const isSame =
      JSON.stringify(given) === JSON.stringify(wanted) || "earlyAccess" in given || "payment" in given;
    if (!isSame) expect(duel(wanted, given), JSON.stringify([wanted, given])).toBe(false);
  }
  expect(duel({ weekdays: [1] }, { not: { weekdays: [2] } })).toBe(false);
});

test("kinds that the gate does not know follow from nothing, and take everything", () => {
  const book = new GoodsBook({ offers: SHOP, categories: [] });
  const other = { kind: "other", path: "when[0]", is: true } as const;
  expect(followFrom([[other]], [[other]], book, 0)).toBe(false);
  const rule = { effects: [{ kind: "magic" }], bounds: { perUnit: null, floorPrice: null, floorBps: null } };
  const magic = { rule, clauses: null } as never;
  expect(shareLeft(magic, SHOP[0] as Offer, 10_000, book)).toBe(0);
});

test("the deepest price knows every kind of effect and takes an unknown one for the worst", () => {
  const taken = (then: PromotionDocument["then"], more: Partial<PromotionDocument> = {}): string[] =>
    codesOf(set({ then, ...more }, SHOP, { settings: { lowestShareBps: 6000 } }));
  expect(taken([{ nthCheaper: { every: 2, percent: 100, across: "scope" } }])).toContain("below_floor");
  expect(taken([{ nthCheaper: { every: 1, percent: 45 } }])).toEqual(["below_floor"]);
  expect(taken([{ amount: 30, per: "line" }])).toEqual(["below_floor"]);
  expect(taken([{ fixedPrice: 40 }])).toEqual(["below_floor"]);
  expect(taken([{ steps: { by: "quantity", levels: [{ from: 2, percent: 50 }] } }])).toEqual(["below_floor"]);
  expect(taken([{ steps: { by: "sum", levels: [{ from: 200, amount: 100 }] } }])).toEqual(["below_floor"]);
  expect(taken([{ percent: 50 }], { caps: { perUnit: 10 } })).toEqual([]);
  expect(taken([{ percent: 50 }], { floor: { unitPrice: 90 } })).toEqual([]);
});

test("budgets outlast carts that hold what conditions allow, and are not asked where no cart is found", () => {
  const of = (more: Partial<PromotionDocument>, offers = SHOP): string[] =>
    codesOf(set({ then: [{ percent: 50 }], limits: { budget: 60 }, ...more }, offers));
  expect(of({})).toEqual(["budget_one_cart"]);
  expect(of({ when: [{ quantity: { atMost: 1 } }] })).toEqual([]);
  expect(of({ caps: { perOrder: 50 } })).toEqual([]);
  const gone = SHOP.map((each) => ({ ...each, isAvailable: false }));
  expect(of({}, gone)).toEqual(["scope_unavailable"]);
});

test("limits of periods are looked at like those of the whole", () => {
  const of = (limits: PromotionDocument["limits"] & object) =>
    reportOf(set({ then: [{ percent: 50 }], limits }, SHOP)).findings.map(({ code, path }) => [code, path]);
  const at = "promotions[0].limits.periods";
  expect(
    of({
      periods: [
        { per: "day", uses: 5 },
        { per: "week", uses: 0 },
      ],
    }),
  ).toEqual([["limit_zero", `${at}[1].uses`]]);
  expect(of({ budget: 100_000, periods: [{ per: "day", budget: 60 }] })).toEqual([
    ["budget_one_cart", `${at}[0].budget`],
  ]);
});

test("wide birthday windows and long lists of cities are never called contradictions", () => {
  const birthday = (daysBefore: number, daysAfter: number): Condition => ({
    customer: { birthday: { daysBefore, daysAfter } },
  });
  const of = (...when: Condition[]): string[] => codesOf(set({ when }, SHOP));
  expect(of(birthday(3, 3), { not: birthday(5, 5) })).toEqual(["conditions_contradict"]);
  expect(of(birthday(5, 5), { not: birthday(3, 3) })).toEqual([]);
  expect(of(birthday(183, 183), { not: birthday(183, 183) })).toEqual([]);
  const names = Array.from({ length: 40 }, (_, index) => `Город ${index}`);
  const kladr = Array.from({ length: 40 }, (_, index) => `${10 + index}0010000000`);
  const many = { cities: { names, kladr, fias: names } };
  expect(of(many, { not: many })).toEqual([]);
  expect(of({ cities: { fias: ["x"] } }, { not: { cities: { fias: ["x"] } } })).toEqual([
    "conditions_contradict",
  ]);
});
