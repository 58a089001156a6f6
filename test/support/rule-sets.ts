// Plausible rule sets of an invented shop, drawn by a seed: what a careful marketer might publish.
// Long because it is one table of kinds of promotions.
import { type Minor, minor, quantity } from "../../src/core/money/index.ts";
import type { Offer, PromotionDocument, PromotionSet } from "../../src/core/pricing/index.ts";
import type { CatalogueView, CodesView, PublicationSettings } from "../../src/core/publication/index.ts";
import { offer } from "./shop.ts";

/** Draws numbers; equal seeds draw equally. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 (inclusive) to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<Item>(list: readonly Item[]): Item {
    return list[Math.floor(this.next() * list.length)] as Item;
  }

  is(chance: number): boolean {
    return this.next() < chance;
  }

  some<Item>(list: readonly Item[], count: number): Item[] {
    const left = [...list];
    const taken: Item[] = [];
    while (taken.length < count && left.length > 0)
      taken.push(...left.splice(Math.floor(this.next() * left.length), 1));
    return taken;
  }
}

/** Sunday, 22 November 2026, noon in Moscow. */
export const TODAY = Date.UTC(2026, 10, 22, 9);
export const ZONE = "Europe/Moscow";

export const CATEGORIES = [
  "tea",
  "coffee",
  "pans",
  "plates",
  "greens",
  "cheese",
  "towels",
  "sweets",
] as const;
/** Sold by weight, all of it. */
export const WEIGHED = "greens";
export const VENDORS = ["Белая глина", "Уралочка", "Северный дом", "Мельница", "Самовар"] as const;
export const OUTLETS = ["out-1", "out-2", "out-3"] as const;
export const DELIVERY = ["courier", "pickup", "express"] as const;

/** Six goods of each category, and three small things that are given away. */
export function offersOf(dice: Dice): Offer[] {
  const goods = CATEGORIES.flatMap((category, place) =>
    Array.from({ length: 6 }, (_, index) => {
      const price = dice.whole(60, 4000);
      return offer(`${place + 1}0${index + 1}`, price, {
        categoryIds: [category, place < 2 ? "drinks" : "things"],
        vendor: dice.pick(VENDORS),
        step: category === WEIGHED ? quantity(100) : null,
        oldPrice: dice.is(0.2) ? minor(price * 130) : null,
        stock: dice.is(0.3) ? quantity(dice.whole(200, 900) * 1000) : null,
      });
    }),
  );
  return [...goods, ...["901", "902", "903"].map((id) => offer(id, 90, { categoryIds: ["gifts"] }))];
}

/** A shop with its rules, all that the gate looks at. */
export interface RuleWorld {
  readonly set: PromotionSet;
  readonly catalogue: CatalogueView;
  readonly codes: CodesView;
  readonly settings: PublicationSettings;
}

type Draft = Omit<PromotionDocument, "id" | "name">;

const roubles = (dice: Dice, least: number, most: number): number => dice.whole(least / 10, most / 10) * 10;

/** Kinds of promotions by name; each draws one that nothing is wrong with. */
export const KINDS: Readonly<Record<string, (dice: Dice, id: string) => Draft>> = {
  category: (dice) => ({
    scope: { categories: [dice.pick(CATEGORIES)], ...(dice.is(0.4) ? { not: { hasOldPrice: true } } : {}) },
    then: [{ percent: dice.whole(5, 30) }],
  }),
  vendor: (dice) => ({
    scope: { vendors: dice.some(VENDORS, dice.whole(1, 2)) },
    schedule: { weekdays: dice.some([1, 2, 3, 4, 5, 6, 7], 3) },
    then: [{ percent: dice.whole(5, 20) }],
  }),
  threeForTwo: (dice) => ({
    scope: { categories: [dice.pick(["tea", "coffee", "towels", "sweets"])] },
    then: [
      {
        nForM: {
          ...dice.pick([
            { take: 3, pay: 2 },
            { take: 5, pay: 4 },
          ]),
          across: dice.pick(["offer", "scope"] as const),
        },
      },
    ],
  }),
  second: (dice) => ({
    scope: { categories: [dice.pick(["plates", "sweets"])] },
    then: [{ nthCheaper: { every: 2, percent: dice.whole(20, 60), across: "scope" } }],
  }),
  more: (dice) => ({
    scope: { categories: [dice.pick(CATEGORIES)] },
    then: [
      {
        steps: {
          by: "quantity",
          levels: [
            { from: 2, percent: 5 },
            { from: 4, percent: dice.whole(6, 15) },
          ],
        },
      },
    ],
    caps: { perOrder: roubles(dice, 500, 2000) },
  }),
  steps: (dice) => {
    const first = roubles(dice, 1000, 3000);
    const levels = [
      { from: first, amount: 100 },
      { from: first * 2, amount: dice.whole(2, 4) * 100 },
      { from: first * 4, amount: 500 },
    ];
    return { then: [{ steps: { by: "sum", levels } }] };
  },
  basket: (dice) => {
    const from = roubles(dice, 2000, 8000);
    return {
      when: [{ sum: { atLeast: from, ...(dice.is(0.5) ? { measured: "list" as const } : {}) } }],
      then: [{ amount: Math.floor(from * 0.1) }],
      texts: { hint: { ru: "Ещё {missing} до скидки", en: "{missing} to go" } },
    };
  },
  first: (dice) => ({
    audience: [{ customer: { known: true, orderNumber: { atMost: dice.whole(1, 3) } } }],
    when: [{ sum: { atLeast: 1500 } }],
    then: [{ amount: 200 }],
    combining: { layer: 5 },
  }),
  tier: (dice) => ({
    audience: [{ customer: { tiers: [dice.pick(["gold", "silver"])] } }],
    then: [{ percent: dice.whole(2, 5) }],
    combining: { layer: 5 },
  }),
  segment: (dice) => ({
    audience: [
      { customer: { segments: dice.some(["parents", "cooks", "staff"], 2) } },
      { not: { channels: ["seller"] } },
    ],
    then: [{ percent: dice.whole(3, 10) }],
  }),
  code: (dice, id) => ({
    codes: {
      list: [`SALE-${id}`, `Скидка-${id}`],
      showcase: [
        { code: `sale-${id}`, title: "Скидка", description: "На весь заказ", availableUntil: "2027-02-01" },
      ],
    },
    when: [{ sum: { atLeast: roubles(dice, 1000, 3000) } }],
    then: [{ percent: dice.whole(5, 15) }],
    limits: { usesPerCustomer: 1 },
    caps: { perOrder: 1000 },
  }),
  personal: () => ({
    codes: {},
    when: [{ sum: { atLeast: 2500 } }],
    then: [{ amount: 400 }],
    limits: { usesPerCode: 1 },
  }),
  giftChoice: (dice, id) => ({
    choice: { group: `g-${id}` },
    when: [{ sum: { atLeast: roubles(dice, 3000, 5000) } }],
    then: [{ giftChoice: { options: dice.some(["901", "902", "903"], 2).map((each) => ({ offer: each })) } }],
  }),
  gift: (dice) => ({
    when: [{ quantity: { atLeast: dice.whole(2, 5), of: { categories: [dice.pick(CATEGORIES)] } } }],
    then: [{ gifts: [{ offer: dice.pick(["901", "902", "903"]) }] }],
  }),
  instead: (dice, id) => ({
    choice: { group: `g-${id}` },
    when: [{ sum: { atLeast: 4000, measured: "list" } }],
    then: [{ amount: dice.whole(3, 6) * 100 }],
    combining: { replaces: "all-discounts", spendPoints: false },
  }),
  points: (dice) => ({
    scope: { categories: [dice.pick(CATEGORIES)] },
    then: [dice.is(0.5) ? { points: { multiplier: 2 } } : { points: { extra: 50 } }],
  }),
  message: () => ({ when: [{ payment: ["card"] }], then: [{ message: "Спасибо" }] }),
  evening: (dice) => ({
    schedule: {
      hours: [
        { from: "19:00", to: "23:00" },
        { from: "23:30", to: "01:00" },
      ],
    },
    scope: { categories: [dice.pick(CATEGORIES)] },
    then: [{ percent: dice.whole(10, 25) }],
    rounding: "rouble",
  }),
  dated: (dice) => ({
    schedule: { from: "2026-11-27", until: `2026-12-0${dice.whole(1, 9)}` },
    when: [{ hours: { from: "10:00", to: "18:00" } }],
    then: [{ percent: 7 }],
  }),
  fixed: (dice) => ({
    scope: { offers: [`${dice.whole(1, 4)}0${dice.whole(1, 6)}`] },
    then: [{ fixedPrice: 49 }],
  }),
  unit: (dice) => {
    const scope = { vendors: [dice.pick(VENDORS)] };
    return {
      scope,
      when: [{ quantity: { atLeast: 3, of: scope } }, { distinctGoods: { atLeast: 2 } }],
      then: [{ amount: 15, per: "unit" }],
      floor: { percentOfPrice: 50 },
    };
  },
  budget: () => ({
    then: [{ percent: 5 }],
    caps: { perOrder: 500 },
    limits: { budget: 300_000, per: "month" },
  }),
  placed: (dice) => ({
    when: [
      {
        any: [
          { outlets: [dice.pick(OUTLETS)] },
          { all: [{ channels: ["app"] }, { delivery: [dice.pick(DELIVERY)] }] },
        ],
      },
    ],
    then: [{ percent: dice.whole(2, 6) }],
  }),
  birthday: () => ({
    audience: [{ customer: { birthday: { daysBefore: 3, daysAfter: 7 } } }],
    then: [{ percent: 10 }],
    caps: { perUnit: 300 },
  }),
  town: () => ({
    when: [{ cities: { names: ["Москва"], kladr: ["7700000000000"] } }, { not: { earlyAccess: true } }],
    then: [{ amount: 50, per: "line" }],
    scope: { price: { from: 500, to: 3000 } },
  }),
};

/** Two that compete and may both win. */
const PAIRS: readonly ((dice: Dice) => readonly Draft[])[] = [
  (dice) => {
    const scope = { categories: [dice.pick(CATEGORIES)] };
    const combining = { bestOf: "duel" };
    return [
      { scope, then: [{ percent: 8 }], combining },
      { scope, when: [{ quantity: { atLeast: 3, of: scope } }], then: [{ percent: 15 }], combining },
    ];
  },
  () => [
    { scope: { categories: ["tea"] }, then: [{ percent: 12 }], combining: { with: "none" } },
    { scope: { categories: ["drinks"] }, then: [{ percent: 6 }], combining: { with: "none" } },
  ],
  () => [
    { then: [{ percent: 6 }], combining: { bestOf: "sum" } },
    { when: [{ sum: { atLeast: 3000 } }], then: [{ amount: 500 }], combining: { bestOf: "sum" } },
  ],
];

/** A world of 3 to 16 promotions that nothing is wrong with. */
export function cleanWorld(seed: number): RuleWorld {
  const dice = new Dice(seed);
  const offers = offersOf(dice);
  const promotions: PromotionDocument[] = [];
  const add = (draft: Draft): void => {
    const id = `p${promotions.length}`;
    const status = dice.pick(["active", "active", "scheduled", "draft", "paused"] as const);
    promotions.push({
      id,
      name: `Акция ${id}`,
      ...(dice.is(0.3) ? { status } : {}),
      priority: dice.whole(0, 3),
      ...draft,
    });
  };
  for (const kind of dice.some(Object.keys(KINDS), dice.whole(3, 14)))
    add((KINDS[kind] as (typeof KINDS)[string])(dice, `p${promotions.length}`));
  if (dice.is(0.5)) for (const draft of dice.pick(PAIRS)(dice)) add(draft);
  const objective = dice.pick(["shopperSaving", "shopperSaving", "leastCost"] as const);
  // Whoever sells dear things for 49 roubles asks for no floor.
  const isSafe = promotions.every(({ then }) => !then.some((effect) => "fixedPrice" in effect));
  const settings = isSafe && dice.is(0.7) ? { lowestShareBps: 500, marginBps: -30_000 } : {};
  return { ...worldOf({ promotions, objective }, offers), settings };
}

/** The world of a set: every promotion that takes codes from the table has some. */
export function worldOf(set: PromotionSet, offers: readonly Offer[]): RuleWorld {
  const coded = set.promotions.filter(({ codes }) => codes !== undefined && codes.list === undefined);
  return {
    set,
    catalogue: {
      offers,
      categories: CATEGORIES.map((id) => ({ id, name: id.toUpperCase() })),
      costs: costsOf(offers),
    },
    codes: { byCode: new Map(), counts: new Map(coded.map(({ id }) => [id, { all: 9, usable: 5 }])) },
    settings: {},
  };
}

function costsOf(offers: readonly Offer[]): Map<string, Minor> {
  return new Map(offers.map(({ id, price }) => [id, minor(Math.floor(price * 0.6))]));
}
