// The gate finds what people get wrong, and leaves alone what they get right.
import { expect, test } from "vitest";
import { exampleOffers, exampleText } from "../../../test/support/example-world.ts";
import { FAULTS, withFault } from "../../../test/support/rule-faults.ts";
import {
  CATEGORIES,
  cleanWorld,
  DELIVERY,
  Dice,
  KINDS,
  OUTLETS,
  type RuleWorld,
  TODAY,
  worldOf,
  ZONE,
} from "../../../test/support/rule-sets.ts";
import { offer } from "../../../test/support/shop.ts";
import { read } from "../../../test/tidy/tree.ts";
import { problemLine, readPromotions } from "../../flows/index.ts";
import { instant } from "../basics/index.ts";
import { type Condition, compileRules, type Offer, type PromotionDocument, price } from "../pricing/index.ts";
import { analysePublication, FINDING_CODES, type Finding, type PublicationReport } from "./index.ts";

const CLEAN_SETS = 500;
const SETS_PER_FAULT = 10;
const SEED = 20_261_122;

function reportOf(world: RuleWorld): PublicationReport {
  const compiled = compileRules(world.set, ZONE);
  const rules = compiled.kind === "compiled" ? compiled.rules : null;
  const names = { outlets: OUTLETS, delivery: DELIVERY };
  return analysePublication({ ...world, rules, timeZone: ZONE, names, today: instant(TODAY) });
}

const isNamed = ({ promotionIds }: Finding): boolean => promotionIds.includes("fault");

test("at most 2 % of sets that nothing is wrong with are flagged", { timeout: 120_000 }, () => {
  const flagged = Array.from({ length: CLEAN_SETS }, (_, index) => reportOf(cleanWorld(SEED + index))).filter(
    ({ findings, notAnalysed }) => findings.length + notAnalysed.length > 0,
  );
  expect(flagged.map(({ findings }) => findings.map(({ code }) => code))).toHaveLength(0);
  expect(flagged.length / CLEAN_SETS).toBeLessThanOrEqual(0.02);
});

test("there are more than 50 kinds of mistakes, and every code of the gate is among them", () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(50);
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  const elsewhere = ["code_share_zero", "kit_above_cheapest", "kit_part_empty", "kit_too_dear", "steps_twin"];
  const tried = new Set<string>([
    ...FAULTS.map(({ code }) => code),
    ...elsewhere,
    "table_codes_lost",
    "table_codes_unused",
  ]);
  expect(FINDING_CODES.filter((code) => !tried.has(code))).toEqual([]);
});

test.each(FAULTS.map((each) => [each.name, each] as const))(
  "found in every set: %s",
  { timeout: 60_000 },
  (_, mistake) => {
    for (let index = 0; index < SETS_PER_FAULT; index += 1) {
      const clean = cleanWorld(SEED + index);
      const { findings } = reportOf(withFault(clean, mistake, new Dice(index)));
      const own = findings.filter(({ code }) => code === mistake.code);
      expect(own.some(isNamed), `${mistake.code} in set ${SEED + index}`).toBe(true);
      for (const { message, suggestion } of own)
        for (const text of [message.ru, message.en, suggestion.ru, suggestion.en])
          expect(text.length > 0 && !text.includes("undefined"), text).toBe(true);
    }
  },
);

test("a gate that finds nothing, and one that flags everything, would be caught", () => {
  const [mistake] = FAULTS;
  const clean = cleanWorld(SEED);
  if (mistake === undefined) throw new Error("no mistakes");
  expect(reportOf(withFault(clean, mistake, new Dice(1))).findings.some(isNamed)).toBe(true);
  expect(reportOf(clean).findings.some(isNamed)).toBe(false);
});

test("the worlds of the examples and every example of the document are clean", async () => {
  const demo = [...(await exampleOffers("demo-world")).values()];
  const texts = ["demo-world", "irp-samples-world"].map((world) => exampleText(`${world}/promotions.yaml`));
  const [, ...sections] = read("docs/promotions.md").text.split(/^### /m);
  const examples = sections.flatMap(
    (section) => /```yaml\n(promotions:[\s\S]*?)```/.exec(section)?.[1] ?? [],
  );
  expect(examples.length).toBeGreaterThanOrEqual(6);
  for (const text of [...texts, ...examples]) {
    const set = readPromotions(text, ZONE);
    if (set.kind === "refused") throw new Error(set.problems.map(problemLine).join("; "));
    const offers = text === texts[1] ? [...(await exampleOffers("irp-samples-world")).values()] : demo;
    const { findings } = reportOf({ ...worldOf(set.document, offers), settings: {} });
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([]);
  }
});

test("a witness of a stack is a cart that costs what the finding says", () => {
  const mistake = FAULTS.find(({ code }) => code === "below_floor");
  if (mistake === undefined) throw new Error("no such mistake");
  const world = withFault(cleanWorld(SEED + 3), mistake, new Dice(3));
  const compiled = compileRules(world.set, ZONE);
  if (compiled.kind === "refused") throw new Error("does not compile");
  const found = reportOf(world).findings.find((each) => each.code === "below_floor" && isNamed(each));
  if (!found?.witness) throw new Error("no witness");
  const { cart, customer, at, total } = found.witness;
  const offers = new Map(world.catalogue.offers.map((each) => [each.id, each]));
  const quote = price(
    cart,
    compiled.rules,
    { offers, customer, code: null, limits: new Map(), programme: null },
    at,
  );
  expect(quote.total).toBe(total);
  expect(quote.discount).toBeGreaterThan(0);
  expect(Number(found.actual)).toBeLessThan(Number(found.needed));
});

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

test("the deepest price knows every kind of effect and takes an unknown one for the worst", () => {
  const taken = (then: PromotionDocument["then"], more: Partial<PromotionDocument> = {}): string[] =>
    codesOf(set({ then, ...more }, SHOP, { settings: { lowestShareBps: 6000 } }));
  expect(taken([{ nthCheaper: { every: 2, percent: 100, across: "scope" } }])).toContain("below_floor");
  expect(taken([{ nthCheaper: { every: 1, percent: 45 } }])).toEqual(["below_floor"]);
  expect(taken([{ amount: 30, per: "line" }])).toEqual(["below_floor"]);
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

test("500 promotions on 10,000 goods are analysed with bounded work", { timeout: 120_000 }, () => {
  const dice = new Dice(7);
  const sections = Array.from({ length: 300 }, (_, index) => `c${index}`);
  const offers = Array.from({ length: 10_000 }, (_, index) =>
    offer(`o${index}`, dice.whole(50, 9000), { categoryIds: [dice.pick(sections)] }),
  );
  const names = Object.keys(KINDS);
  const promotions = Array.from({ length: 500 }, (_, index): PromotionDocument => {
    const draft = (KINDS[names[index % names.length] as string] as (typeof KINDS)[string])(dice, `p${index}`);
    const text = JSON.stringify(draft).replaceAll(
      new RegExp(`"(${CATEGORIES.join("|")})"`, "g"),
      () => `"${dice.pick(sections)}"`,
    );
    return {
      ...(JSON.parse(text) as Omit<PromotionDocument, "id" | "name">),
      id: `p${index}`,
      name: "Акция",
    };
  });
  const report = reportOf({ ...worldOf({ promotions }, offers), settings: { lowestShareBps: 3000 } });
  expect(report.notAnalysed).toMatchObject([{ reason: "too_much_work" }]);
  expect(report.findings.length).toBeGreaterThan(0);
});
