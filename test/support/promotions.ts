// Random automatic promotions of every kind, for property tests.
import fc from "fast-check";
import type { Condition, Effect, Goods, PromotionDocument } from "../../src/core/pricing/index.ts";

/** The goods sold by the piece. */
export const PLAIN = ["a-pan", "b-pot", "c-cup", "d-jar"] as const;

/** A set of goods: everything, a category, a vendor, some offers. */
export const anyGoods: fc.Arbitrary<Goods | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Goods>({ categories: ["c0"] }, { categories: ["c1"] }, { vendors: ["north"] }),
  },
  { weight: 2, arbitrary: fc.subarray([...PLAIN], { minLength: 1 }).map((offers): Goods => ({ offers })) },
  { weight: 1, arbitrary: fc.constantFrom<Goods>({ not: { offers: ["a-pan"] } }, { price: { from: 10 } }) },
);

const anyRoubles = fc
  .oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 100, max: 90_000 }))
  .map((k) => k / 100);

const anyKit: fc.Arbitrary<Effect> = fc
  .tuple(
    fc.array(fc.tuple(fc.subarray([...PLAIN], { minLength: 1 }), fc.integer({ min: 1, max: 2 })), {
      minLength: 1,
      maxLength: 2,
    }),
    fc.boolean(),
    anyRoubles,
  )
  .map(([parts, isPriced, roubles]) => ({
    kit: {
      parts: parts.map(([offers, quantity]) => ({ of: { offers }, quantity })),
      ...(isPriced ? { price: roubles } : { percent: Math.min(roubles, 90) }),
    },
  }));

const anyAcross = fc.constantFrom("offer" as const, "scope" as const);

/** A discount of any kind. */
export const anyDiscount: fc.Arbitrary<Effect> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 10_000 }).map((each): Effect => ({ percent: each / 100 })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyRoubles, fc.constantFrom("cart" as const, "line" as const, "unit" as const))
      .map(([amount, per]): Effect => ({ amount, per })),
  },
  { weight: 1, arbitrary: anyRoubles.map((fixedPrice): Effect => ({ fixedPrice })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 2, max: 4 }), anyAcross)
      .map(([take, across]): Effect => ({ nForM: { take, pay: take - 1, across } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 1, max: 100 }), anyAcross)
      .map(([every, percent, across]): Effect => ({ nthCheaper: { every, percent, across } })),
  },
  { weight: 1, arbitrary: anyKit },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom("sum" as const, "quantity" as const),
        fc.integer({ min: 1, max: 40 }),
        anyRoubles,
      )
      .map(
        ([by, percent, amount]): Effect => ({
          steps: {
            by,
            levels: [
              { from: 1, percent },
              { from: 3, amount },
              { from: 500, percent: 45 },
            ],
          },
        }),
      ),
  },
);

const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: 1, max: 1500 }),
      fc.constantFrom("list" as const, "beforeLayer" as const),
      anyGoods,
    )
    .map(
      ([atLeast, measured, of]): Condition => ({
        sum: { atLeast, measured, ...(of === undefined ? {} : { of }) },
      }),
    ),
  fc.integer({ min: 100, max: 900 }).map((atMost): Condition => ({ sum: { atMost } })),
  fc.integer({ min: 1, max: 6 }).map((atLeast): Condition => ({ quantity: { atLeast } })),
);

const anyCombining: fc.Arbitrary<NonNullable<PromotionDocument["combining"]>> = fc.record(
  {
    layer: fc.constantFrom(0, 1, 10),
    group: fc.constantFrom("x", "y"),
    with: fc.oneof(
      fc.constant("all" as const),
      fc.constant("none" as const),
      fc.subarray(["x", "y"], { minLength: 1 }),
    ),
    bestOf: fc.constantFrom("best-a", "best-b"),
  },
  { requiredKeys: [] },
);

/** An automatic discount with any of its trimmings. */
export const anyPromotion: fc.Arbitrary<Omit<PromotionDocument, "id">> = fc
  .tuple(
    anyDiscount,
    anyGoods,
    fc.option(anyCondition, { nil: undefined, freq: 2 }),
    fc.option(anyCombining, { nil: undefined, freq: 2 }),
    fc.option(
      fc.record({ perUnit: anyRoubles, perLine: anyRoubles, perOrder: anyRoubles }, { requiredKeys: [] }),
      {
        nil: undefined,
        freq: 5,
      },
    ),
    fc.option(
      fc.record(
        { unitPrice: anyRoubles, percentOfPrice: fc.integer({ min: 0, max: 90 }) },
        { requiredKeys: [] },
      ),
      {
        nil: undefined,
        freq: 6,
      },
    ),
    fc.option(fc.constantFrom("rouble" as const, "ten" as const), { nil: undefined, freq: 6 }),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([effect, scope, condition, combining, caps, floor, rounding, priority]) => ({
    name: "any",
    priority,
    then: [effect],
    ...(scope === undefined ? {} : { scope }),
    ...(condition === undefined ? {} : { when: [condition] }),
    ...(combining === undefined ? {} : { combining }),
    ...(caps === undefined ? {} : { caps }),
    ...(floor === undefined ? {} : { floor }),
    ...(rounding === undefined ? {} : { rounding }),
  }));

/** Automatic discounts with ids p0, p1 and so on. */
export function anyPromotions(most: number): fc.Arbitrary<readonly PromotionDocument[]> {
  return fc
    .array(anyPromotion, { maxLength: most })
    .map((list) => list.map((each, index): PromotionDocument => ({ ...each, id: `p${index}` })));
}
