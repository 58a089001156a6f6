// Mistakes that people make in rule sets, each put into a set that nothing is wrong with, and what the gate must say of it.
// Long because it is one table: each mistake is an entry, and splitting it would hide what is missing.
import { quantity } from "../../src/core/money/index.ts";
import { foldCode, type Offer, type PromotionDocument } from "../../src/core/pricing/index.ts";
import type { FindingCode } from "../../src/core/publication/index.ts";
import { CATEGORIES, DELIVERY, type Dice, type RuleWorld, VENDORS, WEIGHED } from "./rule-sets.ts";

/** A mistake by name. */
export interface Fault {
  readonly name: string;
  readonly code: FindingCode;
  /** Promotions to add; the finding names the first of them. */
  readonly add: (dice: Dice, world: RuleWorld) => readonly Partial<PromotionDocument>[];
  /** What else the mistake takes. */
  readonly change?: (world: RuleWorld) => RuleWorld;
}

const fault = (name: string, code: FindingCode, add: Fault["add"], change?: Fault["change"]): Fault => ({
  name,
  code,
  add,
  ...(change === undefined ? {} : { change }),
});

const one =
  (make: (dice: Dice, world: RuleWorld) => Partial<PromotionDocument>): Fault["add"] =>
  (dice, world) => [make(dice, world)];

/** The dearest good on sale. */
const dearest = ({ catalogue: { offers } }: RuleWorld): Offer =>
  offers.reduce((most, each) => (each.price > most.price ? each : most));

const changeOffer = (world: RuleWorld, id: string, more: Partial<Offer>): RuleWorld => ({
  ...world,
  catalogue: {
    ...world.catalogue,
    offers: world.catalogue.offers.map((each) => (each.id === id ? { ...each, ...more } : each)),
  },
});

const tea = { categories: ["tea"] };

const contradictions: readonly Fault[] = [
  fault(
    "a sum above what another condition allows",
    "conditions_contradict",
    one((dice) => ({ when: [{ sum: { atLeast: dice.whole(2000, 3000) } }, { sum: { atMost: 1999 } }] })),
  ),
  fault(
    "list sum below the sum after discounts",
    "conditions_contradict",
    one(() => ({ when: [{ sum: { atLeast: 3000 } }, { sum: { atMost: 2000, measured: "list" } }] })),
  ),
  fault(
    "more of a part than of the whole",
    "conditions_contradict",
    one(() => ({ when: [{ quantity: { atLeast: 5, of: tea } }, { quantity: { atMost: 4 } }] })),
  ),
  fault(
    "two parts that do not fit into the whole",
    "conditions_contradict",
    one(() => ({
      when: [
        { quantity: { atLeast: 2, of: tea } },
        { quantity: { atLeast: 2, of: { categories: ["pans"] } } },
        { quantity: { atMost: 3 } },
      ],
    })),
  ),
  fault(
    "its goods are excluded by a condition",
    "conditions_contradict",
    one(() => ({ scope: tea, when: [{ quantity: { atMost: 0, of: { categories: ["drinks"] } } }] })),
  ),
  fault(
    "first orders of unknown customers",
    "conditions_contradict",
    one(() => ({ audience: [{ customer: { known: false } }, { customer: { orderNumber: { atMost: 1 } } }] })),
  ),
  fault(
    "order number 0",
    "conditions_contradict",
    one(() => ({ audience: [{ customer: { orderNumber: { atMost: 0 } } }] })),
  ),
  fault(
    "two tiers at once",
    "conditions_contradict",
    one(() => ({ audience: [{ customer: { tiers: ["gold"] } }, { customer: { tiers: ["silver"] } }] })),
  ),
  fault(
    "a segment wanted and excluded",
    "conditions_contradict",
    one(() => ({
      audience: [
        { customer: { segments: ["cooks"] } },
        { not: { customer: { segments: ["cooks", "staff"] } } },
      ],
    })),
  ),
  fault(
    "both apps at once",
    "conditions_contradict",
    one(() => ({ when: [{ channels: ["app"] }, { channels: ["seller"] }] })),
  ),
  fault(
    "two delivery methods at once",
    "conditions_contradict",
    one(() => ({
      when: [{ delivery: ["courier"] }, { any: [{ delivery: ["pickup"] }, { delivery: ["express"] }] }],
    })),
  ),
  fault(
    "a city in another",
    "conditions_contradict",
    one(() => ({ when: [{ cities: { names: ["Москва"] } }, { cities: { names: ["Казань"] } }] })),
  ),
  fault(
    "nested conditions that exclude each other",
    "conditions_contradict",
    one(() => ({
      when: [
        { any: [{ all: [{ earlyAccess: true }, { payment: ["card"] }] }, { payment: ["cash"] }] },
        { not: { any: [{ payment: ["cash"] }, { earlyAccess: true }] } },
      ],
    })),
  ),
  fault(
    "spent more and less",
    "conditions_contradict",
    one(() => ({
      audience: [
        { customer: { spent: { atLeast: 5000, days: 30 } } },
        { customer: { spent: { atMost: 4000, days: 30 } } },
      ],
    })),
  ),
];

const times: readonly Fault[] = [
  fault(
    "ended by status",
    "already_over",
    one(() => ({ status: "ended" })),
  ),
  fault(
    "ended by date",
    "already_over",
    one(() => ({ schedule: { until: "2026-11-20" } })),
  ),
  fault(
    "ends before it starts",
    "schedule_empty",
    one(() => ({ schedule: { from: "2026-12-20", until: "2026-12-10" } })),
  ),
  fault(
    "weekdays that its dates do not hold",
    "schedule_empty",
    one(() => ({ schedule: { from: "2026-11-23", until: "2026-11-25", weekdays: [5, 6] } })),
  ),
  fault(
    "hours of the schedule against hours of a condition",
    "schedule_empty",
    one(() => ({
      schedule: { hours: [{ from: "08:00", to: "12:00" }] },
      when: [{ hours: { from: "12:00", to: "20:00" } }],
    })),
  ),
  fault(
    "an hour of no length",
    "schedule_empty",
    one(() => ({ when: [{ hours: { from: "10:00", to: "10:00" } }] })),
  ),
  fault(
    "dates of a condition outside the schedule",
    "schedule_empty",
    one(() => ({ schedule: { from: "2026-12-01" }, when: [{ dates: { until: "2026-11-30" } }] })),
  ),
];

const goods: readonly Fault[] = [
  fault(
    "a category that is none",
    "scope_empty",
    one(() => ({ scope: { categories: ["teas"] } })),
  ),
  fault(
    "everything excluded",
    "scope_empty",
    one(() => ({ scope: { categories: ["tea"], not: { categories: ["drinks"] } } })),
  ),
  fault(
    "prices that no good has",
    "scope_empty",
    one(() => ({ scope: { price: { from: 500_000 } } })),
  ),
  fault(
    "more different goods than there are",
    "threshold_unreachable",
    one(() => ({ when: [{ distinctGoods: { atLeast: 7, of: tea } }] })),
  ),
  fault(
    "a sum of goods that are not there",
    "threshold_unreachable",
    one(() => ({ when: [{ sum: { atLeast: 100, of: { vendors: ["Ничей"] } } }] })),
  ),
  fault(
    "goods that are not on sale",
    "scope_unavailable",
    one(() => ({ scope: { offers: ["101"] } })),
    (world) => changeOffer(world, "101", { isAvailable: false }),
  ),
  fault(
    "more than the shop has",
    "threshold_above_stock",
    one(() => ({ when: [{ quantity: { atLeast: 30, of: { offers: ["102"] } } }] })),
    (world) => changeOffer(world, "102", { stock: quantity(20_000) }),
  ),
  fault(
    "sets larger than the cart may be",
    "effect_unreachable",
    one(() => ({
      scope: tea,
      when: [{ quantity: { atMost: 2, of: tea } }],
      then: [{ nForM: { take: 3, pay: 2 } }],
    })),
  ),
  fault(
    "a set for goods sold by weight",
    "weight_only",
    one(() => ({ scope: { categories: [WEIGHED] }, then: [{ nForM: { take: 3, pay: 2 } }] })),
  ),
];

const effects: readonly Fault[] = [
  fault(
    "nought percent",
    "zero_effect",
    one(() => ({ then: [{ percent: 0 }] })),
  ),
  fault(
    "nought roubles",
    "zero_effect",
    one(() => ({ then: [{ amount: 0, per: "unit" }] })),
  ),
  fault(
    "points as usual",
    "zero_effect",
    one(() => ({ then: [{ points: { multiplier: 1 } }] })),
  ),
  fault(
    "a cap of nothing",
    "cap_zero",
    one(() => ({ caps: { perOrder: 0 } })),
  ),
  fault(
    "a budget of nothing",
    "limit_zero",
    one(() => ({ limits: { budget: 0 } })),
  ),
  fault(
    "a floor above its goods",
    "floor_too_high",
    one((_, world) => ({ floor: { unitPrice: dearest(world).price / 100 } })),
  ),
  fault(
    "a fixed price above its goods",
    "fixed_price_too_high",
    one((_, world) => ({ then: [{ fixedPrice: dearest(world).price / 100 + 1 }] })),
  ),
  fault(
    "steps that give less the more is bought",
    "steps_fall",
    one((dice) => ({
      then: [
        {
          steps: {
            by: "quantity",
            levels: [
              { from: 2, percent: 15 },
              { from: 4, percent: dice.whole(5, 14) },
            ],
          },
        },
      ],
    })),
  ),
  fault(
    "an amount below the percentage before it",
    "steps_fall",
    one(() => ({
      then: [
        {
          steps: {
            by: "sum",
            levels: [
              { from: 1000, percent: 10 },
              { from: 5000, amount: 300 },
            ],
          },
        },
      ],
    })),
  ),
  fault(
    "steps out of order",
    "steps_unordered",
    one(() => ({
      then: [
        {
          steps: {
            by: "sum",
            levels: [
              { from: 5000, amount: 500 },
              { from: 1000, amount: 50 },
            ],
          },
        },
      ],
    })),
  ),
];

const duels: readonly Fault[] = [
  fault(
    "the lesser of two in one bestOf",
    "best_of_never_wins",
    () => [
      { scope: tea, then: [{ percent: 5 }], combining: { bestOf: "fault" } },
      { scope: { categories: ["drinks"] }, then: [{ percent: 9 }], combining: { bestOf: "fault" } },
    ],
    plain,
  ),
  fault(
    "the lesser of two exclusive ones",
    "always_beaten",
    () => [
      {
        scope: tea,
        when: [{ sum: { atLeast: 900, measured: "list" } }],
        then: [{ amount: 100 }],
        combining: { with: "none" },
      },
      { scope: tea, then: [{ amount: 150 }], combining: { with: "none" } },
    ],
    plain,
  ),
  fault(
    "the lesser, thresholds of others apart",
    "nearly_always_beaten",
    () => [
      { scope: tea, then: [{ percent: 5 }], combining: { bestOf: "fault" } },
      { scope: tea, then: [{ percent: 9 }], combining: { bestOf: "fault" } },
      { when: [{ sum: { atLeast: 2000 } }], then: [{ amount: 100 }], combining: { layer: 7 } },
    ],
    (world) => ({ ...world, set: { ...world.set, objective: "shopperSaving" } }),
  ),
  fault(
    "replaced by a mandatory one",
    "always_replaced",
    () => [
      { scope: tea, then: [{ percent: 20 }] },
      { then: [{ percent: 3 }], combining: { mandatory: true, replaces: "automatic-discounts" } },
    ],
    plain,
  ),
  fault("two mandatory rivals", "mandatory_rivals", () => [
    { priority: -9, scope: tea, then: [{ percent: 5 }], combining: { mandatory: true, bestOf: "fault" } },
    { priority: 9, then: [{ percent: 4 }], combining: { mandatory: true, bestOf: "fault" } },
  ]),
];

/** Nothing else in the set. */
function plain(world: RuleWorld): RuleWorld {
  const promotions = world.set.promotions.filter(({ id }) => id.startsWith("fault"));
  return { ...world, set: { promotions }, settings: {}, codes: { ...world.codes, counts: new Map() } };
}

const gifts: readonly Fault[] = [
  fault(
    "a gift that is not in the catalogue",
    "gift_unknown",
    one(() => ({ then: [{ gifts: [{ offer: "999" }] }] })),
  ),
  fault(
    "a gift that is not on sale",
    "gift_unavailable",
    one(() => ({ then: [{ gifts: [{ offer: "901" }] }] })),
    (world) => changeOffer(world, "901", { isAvailable: false }),
  ),
  fault(
    "a gift of which too few are left",
    "gift_out_of_stock",
    one(() => ({ then: [{ gifts: [{ offer: "902", quantity: 3 }] }] })),
    (world) => changeOffer(world, "902", { stock: quantity(2000) }),
  ),
  fault(
    "a gift dearer than allowed",
    "gift_too_dear",
    one((_, world) => ({ then: [{ gifts: [{ offer: dearest(world).id }] }] })),
    (world) => ({ ...world, settings: { ...world.settings, giftPriceCap: 20_000 } }),
  ),
  fault(
    "a gift twice",
    "gift_twice",
    one(() => ({
      choice: { group: "fault" },
      then: [
        { gifts: [{ offer: "901" }] },
        { giftChoice: { options: [{ offer: "901" }, { offer: "902" }] } },
      ],
    })),
  ),
  fault(
    "more picks than options",
    "gift_limit_over",
    one(() => ({
      choice: { group: "fault" },
      then: [{ giftChoice: { options: [{ offer: "901" }, { offer: "902" }], limit: 3 } }],
    })),
  ),
  fault(
    "a gift that nobody can reach",
    "conditions_contradict",
    one(() => ({
      choice: { group: "fault" },
      when: [{ sum: { atLeast: 9000, of: tea } }, { sum: { atMost: 5000, measured: "list" } }],
      then: [{ gifts: [{ offer: "901" }] }],
    })),
  ),
  fault(
    "a choice that is never shown",
    "choice_never_shown",
    one(() => ({
      choice: { group: "fault" },
      then: [{ giftChoice: { options: [{ offer: "998" }, { offer: "999" }] } }],
    })),
  ),
];

const money: readonly Fault[] = [
  fault(
    "a stack below the floor",
    "below_floor",
    () => [
      { scope: tea, then: [{ percent: 45 }], combining: { layer: -5 } },
      { scope: { categories: ["drinks"] }, then: [{ percent: 45 }], combining: { layer: -4 } },
    ],
    (world) => ({ ...world, settings: { lowestShareBps: 3500 } }),
  ),
  fault(
    "a code below the margin",
    "below_margin",
    one(() => ({ codes: { list: ["FAULT"] }, scope: tea, then: [{ percent: 80 }] })),
    (world) => ({ ...world, settings: { marginBps: 0 } }),
  ),
  fault(
    "a chosen discount below the floor",
    "below_floor",
    one(() => ({
      choice: { group: "fault" },
      when: [{ sum: { atLeast: 1000, of: tea } }],
      scope: tea,
      then: [{ percent: 90 }],
      combining: { replaces: "all-discounts" },
    })),
    (world) => ({ ...world, settings: { lowestShareBps: 1500 } }),
  ),
  fault(
    "a budget that one cart takes",
    "budget_one_cart",
    one(() => ({ then: [{ percent: 30 }], limits: { budget: 2000 } })),
  ),
];

const showcase = { code: "FAULT", title: "Скидка", description: "На всё" };
const coded = (more: object): Partial<PromotionDocument> => ({ codes: { list: ["FAULT"], ...more } });

const words: readonly Fault[] = [
  fault(
    "a title too long",
    "text_too_long",
    one(() => coded({ showcase: [{ ...showcase, title: "Скидка двадцать процентов" }] })),
  ),
  fault(
    "a description too long",
    "text_too_long",
    one(() => coded({ showcase: [{ ...showcase, description: { ru: "На всё", en: "x".repeat(36) } }] })),
  ),
  fault(
    "a placeholder that is none",
    "unknown_placeholder",
    one(() => ({ texts: { hint: "Ещё {сумма}" } })),
  ),
  fault(
    "a code without codes",
    "no_code",
    one(() => ({ codes: {} })),
  ),
  fault(
    "codes that are all used",
    "codes_spent",
    one(() => ({ codes: {} })),
    (world) => ({
      ...world,
      codes: { ...world.codes, counts: new Map([...world.codes.counts, ["fault", { all: 5, usable: 0 }]]) },
    }),
  ),
  fault("one code of two promotions", "code_collides", () => [
    { codes: { list: ["  fault "] } },
    { codes: { list: ["FAULT"] } },
  ]),
  fault(
    "a code twice",
    "code_twice",
    one(() => ({ codes: { list: ["Осень", "ОСЕНЬ "] } })),
  ),
  fault("a code that looks like another", "code_lookalike", () => [
    { codes: { list: ["COCEHKA"] } },
    { codes: { list: ["СОСЕНКА"] } },
  ]),
  fault(
    "a code of the table for another promotion",
    "code_in_table",
    one(() => ({ codes: { list: ["FAULT"] } })),
    (world) => ({
      ...world,
      codes: {
        ...world.codes,
        byCode: new Map([[foldCode("FAULT"), { promotionId: "p0", isUsable: true }]]),
      },
    }),
  ),
  fault(
    "a shown code that is none",
    "showcase_unknown",
    one(() => coded({ showcase: [{ ...showcase, code: "FAULTY" }] })),
  ),
  fault(
    "a shown code whose time is over",
    "showcase_over",
    one(() => coded({ showcase: [{ ...showcase, availableUntil: "2026-11-01" }] })),
  ),
  fault(
    "a vendor misspelt",
    "unknown_name",
    one((dice) => ({ scope: { vendors: [`${dice.pick(VENDORS)}`, "Самавар"] } })),
  ),
  fault(
    "an outlet that is none",
    "unknown_name",
    one(() => ({ when: [{ outlets: ["out-9"] }] })),
  ),
  fault(
    "a delivery method misspelt",
    "unknown_name",
    one((dice) => ({ when: [{ delivery: [dice.pick(DELIVERY), "curier"] }] })),
  ),
  fault(
    "a category by its name",
    "unknown_name",
    one((dice) => ({ scope: { categories: [dice.pick(CATEGORIES), "TEA"] } })),
  ),
];

/** All mistakes. */
export const FAULTS: readonly Fault[] = [
  ...contradictions,
  ...times,
  ...goods,
  ...effects,
  ...duels,
  ...gifts,
  ...money,
  ...words,
];

/** The world with the mistake in it; its first promotion is "fault". */
export function withFault(world: RuleWorld, mistake: Fault, dice: Dice): RuleWorld {
  const added = mistake.add(dice, world).map(
    (each, index): PromotionDocument => ({
      id: index === 0 ? "fault" : `fault-${index}`,
      name: "Ошибка",
      then: [{ percent: dice.whole(5, 9) }],
      ...each,
    }),
  );
  const at = dice.whole(0, world.set.promotions.length);
  const promotions = [...world.set.promotions.slice(0, at), ...added, ...world.set.promotions.slice(at)];
  const changed: RuleWorld = { ...world, set: { ...world.set, promotions } };
  return mistake.change?.(changed) ?? changed;
}
