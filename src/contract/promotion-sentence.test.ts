// The sentence of a promotion: there is one for whatever fits the schema, in both languages, without keys of the document.
import fc from "fast-check";
import { Compile } from "typebox/schema";
import { describe, expect, test } from "vitest";
import {
  type Condition,
  compileRules,
  type Effect,
  type Goods,
  type PromotionDocument,
} from "../core/pricing/index.ts";
import { promotionSetSchema } from "./promotion.ts";
import { conditionClause, goodsClause, promotionSentence } from "./promotion-sentence.ts";
import { PROMOTION_TEMPLATES } from "./promotion-templates.ts";

const RUNS = Number(process.env["PRILAVOK_PROPERTY_RUNS"] ?? 10_000);

/** Keys of the document that no reader should meet; words of ids in these tests are Latin capitals and digits. */
const KEYS =
  /(undefined|null|NaN|\[object|nForM|nthCheaper|giftChoice|atLeast|atMost|perOrder|percentOf|distinctGoods|pickupPoints|earlyAccess|orderNumber|hasOldPrice|fixedPrice|usesPer|bestOf|all-discounts|daysBefore|unitPrice|minOrder)/;

const id = fc.stringMatching(/^[A-Z][0-9]{1,3}$/);
const ids = fc.array(id, { minLength: 1, maxLength: 3 });
const roubles = fc.oneof(fc.nat(100_000), fc.constantFrom("1249.90", "99,9", 0.5));
const rangeOf = <Value>(value: fc.Arbitrary<Value>) =>
  fc.record({ atLeast: value, atMost: value }, { requiredKeys: [] });
const clean = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

const { goods } = fc.letrec<{ goods: Goods }>((tie) => ({
  goods: fc.record(
    {
      ...{ offers: ids, groups: ids, categories: ids, vendors: ids, hasOldPrice: fc.boolean() },
      price: fc.record({ from: roubles, to: roubles }),
      params: fc.dictionary(id, ids, { minKeys: 1, maxKeys: 2 }),
      any: fc.array(fc.oneof({ maxDepth: 1 }, fc.constant({}), tie("goods")), { minLength: 1, maxLength: 2 }),
      all: fc.array(fc.oneof({ maxDepth: 1 }, fc.constant({}), tie("goods")), { minLength: 1, maxLength: 2 }),
      not: fc.oneof({ maxDepth: 1 }, fc.constant({}), tie("goods")),
    },
    { requiredKeys: [] },
  ),
}));

const plain: readonly fc.Arbitrary<Condition>[] = [
  fc.record({ sum: rangeOf(roubles) }),
  fc.record({ sum: fc.record({ atLeast: roubles, of: goods, measured: fc.constant("list" as const) }) }),
  fc.record({ quantity: rangeOf(fc.nat(9)) }),
  fc.record({ distinctGoods: fc.record({ atLeast: fc.nat(9), of: goods }) }),
  fc.record({
    customer: fc.record(
      {
        ...{ known: fc.boolean(), segments: ids, tiers: ids, orderNumber: rangeOf(fc.nat(4)) },
        birthday: fc.record({ daysBefore: fc.nat(9), daysAfter: fc.nat(9) }),
        spent: fc.record({ atLeast: roubles, days: fc.nat(99) }),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ channels: fc.constantFrom(["app"] as const, ["seller", "app"] as const) }),
  ...(["outlets", "employees", "delivery", "payment", "pickupPoints"] as const).map(
    (key) => fc.record({ [key]: ids }) as unknown as fc.Arbitrary<Condition>,
  ),
  fc.record({ cities: fc.record({ names: ids, kladr: ids, fias: ids }, { requiredKeys: [] }) }),
  fc.record({ earlyAccess: fc.boolean() }),
  fc.record({ weekdays: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }) }),
  fc.record({ hours: fc.constant({ from: "15:00", to: "17:00" }) }),
  fc.record({
    dates: fc.record(
      { from: fc.constant("2026-12-01"), until: fc.constant("2026-12-31T10:00") },
      { requiredKeys: [] },
    ),
  }),
];
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    ...plain,
    fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie("condition") }),
  ) as fc.Arbitrary<Condition>,
}));

const gift = fc.record({ offer: id, quantity: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: ["offer"] });
const across = fc.constantFrom("offer" as const, "scope" as const);
const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ percent: fc.integer({ min: 0, max: 100 }) }),
  fc.record(
    { amount: roubles, per: fc.constantFrom("cart" as const, "line" as const, "unit" as const) },
    { requiredKeys: ["amount"] },
  ),
  fc.record({ fixedPrice: roubles }),
  fc.record({ nForM: fc.record({ take: fc.constant(3), pay: fc.constant(2), across }) }),
  fc.record({ nthCheaper: fc.record({ every: fc.constant(2), percent: fc.constant(50), across }) }),
  fc.record({
    steps: fc.record({
      by: fc.constantFrom("sum" as const, "quantity" as const),
      levels: fc.constantFrom([{ from: 1, percent: 5 }], [{ from: 100, amount: "10.50" }]),
    }),
  }),
  fc.record({
    kit: fc.constantFrom(
      { parts: [{ of: { offers: ["A1"] }, quantity: 2 }], price: 100 },
      { parts: [{ of: {}, quantity: 1 }], percent: 5 },
    ),
  }),
  fc.record({ gifts: fc.array(gift, { minLength: 1, maxLength: 2 }) }),
  fc.record({ giftChoice: fc.record({ options: fc.array(gift, { minLength: 1, maxLength: 2 }) }) }),
  fc.record({ points: fc.constantFrom({ multiplier: 2 }, { extra: 5 }, { multiplier: 1.5, extra: 1 }) }),
  fc.record({ message: fc.constantFrom("Привет", { ru: "Привет", en: "Hello" }) }),
) as fc.Arbitrary<Effect>;

const counts = { uses: fc.nat(9), usesPerCustomer: fc.nat(9), usesPerCode: fc.nat(9), budget: roubles };
const per = fc.constantFrom("day" as const, "week" as const, "month" as const);
const promotion = fc
  .record(
    {
      ...{ id, name: id, scope: goods, rounding: fc.constantFrom("kopeck", "rouble", "ten") },
      status: fc.constantFrom("draft", "scheduled", "active", "paused", "ended"),
      schedule: fc.constantFrom(
        { from: "2026-12-01T00:00" },
        { until: "tomorrow", weekdays: [1] },
        { hours: [{ from: "10:00", to: "11:00" }] },
      ),
      audience: fc.array(condition, { maxLength: 2 }),
      when: fc.array(condition, { maxLength: 2 }),
      then: fc.array(effect, { minLength: 1, maxLength: 2 }),
      codes: fc.record({ list: ids }, { requiredKeys: [] }),
      choice: fc.record({ group: id }),
      combining: fc.record(
        {
          ...{ layer: fc.nat(9), group: id, bestOf: id, mandatory: fc.boolean(), spendPoints: fc.boolean() },
          earnPoints: fc.boolean(),
          with: fc.oneof(fc.constantFrom("all", "none"), ids),
          replaces: fc.constantFrom("nothing", "all-discounts", "automatic-discounts", "code-discounts"),
        },
        { requiredKeys: [] },
      ),
      limits: fc.record(
        {
          ...counts,
          per,
          perOrder: fc.nat(3),
          periods: fc.array(fc.record({ per, ...counts }, { requiredKeys: ["per"] }), {
            minLength: 1,
            maxLength: 2,
          }),
        },
        { requiredKeys: [] },
      ),
      caps: fc.record({ perUnit: roubles, perLine: roubles, perOrder: roubles }, { requiredKeys: [] }),
      floor: fc.record({ unitPrice: roubles, percentOfPrice: fc.nat(100) }, { requiredKeys: [] }),
    },
    { requiredKeys: ["id", "name", "then"] },
  )
  .map((document) => clean(document) as unknown as PromotionDocument);

describe("the sentence of a promotion", () => {
  test(`of ${RUNS} random promotions each has one in both languages, without a raw key`, {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(promotion, (document) => {
        for (const language of ["ru", "en"] as const) {
          const sentence = promotionSentence(document, language);
          expect(sentence.length).toBeGreaterThan(5);
          expect(sentence).not.toMatch(KEYS);
          expect(sentence).not.toMatch(/; ;|\(\)| {2}/);
          expect(/[а-яё]/i.test(sentence.replaceAll(/“Привет”|«Привет»/g, ""))).toBe(language === "ru");
          if (language === "ru")
            expect(sentence.replaceAll(/«[^»]*»|tomorrow/g, "")).not.toMatch(/[a-z]{3,}/);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("says what a marketer would say", () => {
    const document: PromotionDocument = {
      id: "x",
      name: "x",
      scope: { categories: ["12"], not: { vendors: ["Луг"] } },
      when: [{ sum: { atLeast: 3000 } }],
      then: [{ percent: 10 }],
      codes: { list: ["COFFEE"] },
      caps: { perOrder: 300 },
    };
    const nameOf = (kind: string, of: string) => (kind === "category" && of === "12" ? "Кофе" : null);
    expect(promotionSentence(document, "ru", nameOf).replaceAll("\u00a0", " ")).toBe(
      "Скидка 10 % на категории «Кофе», кроме (бренды «Луг»); если сумма корзины от 3 000 ₽; по промокоду «COFFEE»; не больше 300 ₽ на заказ.",
    );
    expect(promotionSentence(document, "en", nameOf).replaceAll("\u00a0", " ")).toBe(
      "10% off the categories “Кофе”, except (the brands “Луг”); if the sum of the cart is at least 3,000 ₽; with the promo code “COFFEE”; at most 300 ₽ off an order.",
    );
  });

  test("parts of it stand by themselves beside the fields of a form", () => {
    expect(conditionClause({ weekdays: [6, 7] }, "ru")).toBe("день недели: сб, вс");
    expect(goodsClause({ price: { to: 500 } }, "en").replaceAll("\u00a0", " ")).toBe(
      "goods priced at most 500 ₽",
    );
    expect(conditionClause({ customer: { orderNumber: { atMost: 1 } } }, "en")).toBe(
      "it is the customer's first order",
    );
    expect(goodsClause({}, "ru")).toBe("все товары");
  });
});

describe("promotions to begin with", () => {
  test.each(PROMOTION_TEMPLATES)(
    "$id fits the schema, compiles, and has places to fill in",
    ({ promotion: document, fill, id: name }) => {
      const set = { promotions: [document] };
      expect(Compile(promotionSetSchema).Check(set)).toBe(true);
      expect(compileRules(set, "Europe/Moscow").kind).toBe("compiled");
      expect(document.id).toBe(name);
      for (const place of fill) {
        const steps = place.slice(1).split("/");
        const found = steps.reduce<unknown>(
          (value, step) => (value as Record<string, unknown>)?.[step],
          document,
        );
        expect([place, found === undefined]).toEqual([place, false]);
      }
      for (const language of ["ru", "en"] as const)
        expect(promotionSentence(document, language)).not.toMatch(KEYS);
    },
  );

  test("there are at least ten, each of its own", () => {
    expect(PROMOTION_TEMPLATES.length).toBeGreaterThanOrEqual(10);
    expect(new Set(PROMOTION_TEMPLATES.map(({ id: name }) => name)).size).toBe(PROMOTION_TEMPLATES.length);
  });
});
