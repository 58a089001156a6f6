// Rule sets without sense and carts for them, drawn by a seed from few words, so that contradictions and duels are common.
import { points, quantity } from "../../src/core/money/index.ts";
import type {
  Cart,
  Condition,
  CustomerFacts,
  Effect,
  Goods,
  Offer,
  PromotionDocument,
} from "../../src/core/pricing/index.ts";
import { type Dice, TODAY } from "./rule-sets.ts";
import { cart, customer, line, offer } from "./shop.ts";

/** Six goods of two categories and two vendors, one sold by weight. */
export const GOODS: readonly Offer[] = ["a", "b", "c", "d", "e", "f"].map((id, index) =>
  offer(id, [10, 35, 120, 80, 240, 500][index] as number, {
    categoryIds: [index < 3 ? "one" : "two"],
    vendor: index % 2 === 0 ? "north" : "south",
    step: id === "d" ? quantity(100) : null,
  }),
);

const anyGoods = (dice: Dice): Goods =>
  dice.pick<Goods>([
    { categories: ["one"] },
    { categories: ["two"] },
    { vendors: ["north"] },
    { offers: ["a"] },
    { offers: ["d"] },
    { offers: ["a", "b"] },
    { price: { from: 100 } },
    { categories: ["one"], not: { vendors: ["north"] } },
    { offers: ["none"] },
  ]);

function range(dice: Dice, steps: readonly number[]): { atLeast?: number; atMost?: number } {
  const [low, high] = [dice.pick(steps), dice.pick(steps)].sort((a, b) => a - b) as [number, number];
  return dice.pick([{ atLeast: low }, { atMost: high }, { atLeast: low, atMost: high }]);
}

function anyCondition(dice: Dice, depth: number): Condition {
  const of = dice.is(0.6) ? { of: anyGoods(dice) } : {};
  const kinds: (() => Condition)[] = [
    () => ({
      sum: {
        ...range(dice, [0, 50, 100, 300, 800]),
        ...of,
        ...(dice.is(0.5) ? { measured: "list" as const } : {}),
      },
    }),
    () => ({ quantity: { ...range(dice, [0, 1, 2, 3, 5]), ...of } }),
    () => ({ distinctGoods: { ...range(dice, [0, 1, 2, 4]), ...of } }),
    () => ({ customer: anyCustomer(dice) }),
    () => ({ channels: [dice.pick(["app", "seller"] as const)] }),
    () => ({ outlets: dice.some(["o1", "o2"], dice.whole(1, 2)) }),
    () => ({ delivery: [dice.pick(["x", "y", "src/x"])] }),
    () => ({
      cities: dice.pick([
        { names: ["Орёл"] },
        { kladr: ["7700000000000"] },
        { kladr: ["7700100000000"], names: ["Тверь"] },
      ]),
    }),
    () => ({ earlyAccess: dice.is(0.5) }),
    () => ({ weekdays: dice.some([1, 2, 3, 4, 5, 6, 7], dice.whole(1, 4)) }),
    () => ({
      hours: dice.pick([
        { from: "08:00", to: "12:00" },
        { from: "11:00", to: "19:00" },
        { from: "22:00", to: "02:00" },
      ]),
    }),
    () => ({
      dates: dice.pick([
        { from: "2026-11-24" },
        { until: "2026-11-24" },
        { from: "2026-11-25", until: "2026-11-26" },
      ]),
    }),
  ];
  if (depth > 0 && dice.is(0.35)) {
    const list = [anyCondition(dice, depth - 1), anyCondition(dice, depth - 1)];
    return dice.pick<Condition>([{ any: list }, { all: list }, { not: anyCondition(dice, depth - 1) }]);
  }
  return dice.pick(kinds)();
}

function anyCustomer(dice: Dice): Extract<Condition, { customer: unknown }>["customer"] {
  return dice.pick([
    { known: dice.is(0.5) },
    { segments: dice.some(["s", "t"], dice.whole(1, 2)) },
    { tiers: [dice.pick(["gold", "silver"])] },
    { orderNumber: range(dice, [0, 1, 2, 4]) },
    { birthday: { daysBefore: dice.whole(0, 10), daysAfter: dice.whole(0, 3) } },
    { spent: { ...range(dice, [0, 100, 500]), days: dice.pick([30, 90]) } },
  ]);
}

const anyEffect = (dice: Dice): Effect =>
  dice.pick<Effect>([
    { percent: dice.pick([0, 5, 10, 10, 25, 100]) },
    { amount: dice.pick([0, 5, 20, 60]), per: dice.pick(["cart", "line", "unit"] as const) },
    { fixedPrice: dice.pick([9, 50, 499, 501]) },
    { nForM: { take: 3, pay: 2, across: dice.pick(["offer", "scope"] as const) } },
    { nthCheaper: { every: 2, percent: dice.pick([0, 10, 50]), across: "scope" } },
    {
      steps: {
        by: dice.pick(["sum", "quantity"] as const),
        levels: [
          { from: 2, percent: 5 },
          { from: 400, percent: 20 },
        ],
      },
    },
  ]);

function anyPromotion(dice: Dice, id: string): PromotionDocument {
  const some = <Value>(chance: number, value: () => Value): Value | undefined =>
    dice.is(chance) ? value() : undefined;
  const scope = some(0.7, () => anyGoods(dice));
  const when = some(0.7, () => Array.from({ length: dice.whole(1, 3) }, () => anyCondition(dice, 2)));
  const schedule = some(0.2, () =>
    dice.pick([
      { until: "2026-11-20" },
      { from: "2026-11-24" },
      { weekdays: [2, 3] },
      { hours: [{ from: "09:00", to: "18:00" }] },
    ]),
  );
  const combining = {
    layer: dice.pick([0, 0, 0, 5]),
    ...(dice.is(0.4) ? { bestOf: "duel" } : {}),
    ...(dice.is(0.3) ? { with: dice.pick(["none" as const, ["g"]]) } : {}),
    ...(dice.is(0.2) ? { group: "g" } : {}),
    ...(dice.is(0.15) ? { mandatory: true } : {}),
    ...(dice.is(0.1) ? { replaces: "automatic-discounts" as const } : {}),
  };
  const caps = some(0.15, () => dice.pick([{ perOrder: 0 }, { perUnit: 5 }, { perOrder: 30 }]));
  const floor = some(0.15, () =>
    dice.pick([{ unitPrice: 100 }, { unitPrice: 500 }, { percentOfPrice: 100 }]),
  );
  return {
    id,
    name: id,
    priority: dice.whole(0, 2),
    then: [anyEffect(dice)],
    combining,
    ...(scope === undefined ? {} : { scope }),
    ...(when === undefined ? {} : { when }),
    ...(schedule === undefined ? {} : { schedule }),
    ...(caps === undefined ? {} : { caps }),
    ...(floor === undefined ? {} : { floor }),
  };
}

/** Up to six promotions without sense. */
export function chaos(dice: Dice): PromotionDocument[] {
  return Array.from({ length: dice.whole(2, 6) }, (_, index) => anyPromotion(dice, `p${index}`));
}

/** A cart, its customer and its moment, from the same few words. */
export interface Visit {
  readonly cart: Cart;
  readonly customer: CustomerFacts | null;
  readonly at: number;
}

/** Somebody's cart within nine days from today. */
export function visit(dice: Dice): Visit {
  const goods = dice.some(GOODS, dice.whole(1, 4));
  const known = dice.is(0.7);
  return {
    cart: cart(
      goods.map(({ id }) => line(id, id === "d" ? dice.whole(1, 30) / 10 : dice.whole(1, 6))),
      {
        channel: dice.pick(["app", "seller"] as const),
        outletId: dice.pick([null, "o1", "o2", "o3"]),
        deliveryMethod: dice.pick([null, "x", "y", "src/x", "other/y"]),
        city: {
          name: dice.pick([null, "Орел", "Тверь"]),
          kladr: dice.pick([null, "7700000000000", "7700100000000"]),
          fias: null,
        },
        isEarlyAccess: dice.is(0.3),
      },
    ),
    customer: known
      ? customer({
          segments: dice.some(["s", "t"], dice.whole(0, 2)),
          tier: dice.pick([null, "gold", "silver"]),
          birthday: dice.pick([null, "11-20", "11-25", "12-01", "05-05"]),
          orderCount: dice.pick([null, 0, 1, 3]),
          balance: points(0),
          spent: { 30: dice.pick([0, 10_000, 60_000]) as never, 90: dice.pick([0, 10_000, 60_000]) as never },
        })
      : null,
    at: TODAY + dice.whole(0, 9 * 24 * 60) * 60_000,
  };
}
