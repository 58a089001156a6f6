// An invented shop for pricing tests: its offers, promotions and loyalty programme, and short ways to build carts and facts.
import { type Instant, instant } from "../../src/core/basics/index.ts";
import { bps, minor, points, quantity } from "../../src/core/money/index.ts";
import {
  type Cart,
  type CartLine,
  type CustomerFacts,
  compileProgramme,
  compileRules,
  type Facts,
  type Offer,
  type Programme,
  type ProgrammeDocument,
  type PromotionDocument,
  type PromotionSet,
  type Rules,
} from "../../src/core/pricing/index.ts";

/** 21 November 2026, noon in Moscow, a Saturday. */
export const NOON: Instant = instant(Date.UTC(2026, 10, 21, 9));

/** An offer with everything a test need not say filled in. Price in roubles. */
export function offer(id: string, price: number, more: Partial<Offer> = {}): Offer {
  return {
    id,
    groupId: id,
    name: `Offer ${id}`,
    price: minor(Math.round(price * 100)),
    oldPrice: null,
    categoryIds: [],
    vendor: null,
    params: {},
    step: null,
    codeCap: null,
    usePoints: true,
    isAvailable: true,
    stock: null,
    ...more,
  };
}

/** A line of `count` units. */
export function line(
  offerId: string | null,
  count: number | null = 1,
  more: Partial<CartLine> = {},
): CartLine {
  return {
    offerId,
    quantity: count === null ? null : (Math.round(count * 1000) as CartLine["quantity"]),
    selected: true,
    echoed: [],
    sentAsFree: false,
    ...more,
  };
}

/** A cart of lines, from the app, with nothing else decided. */
export function cart(lines: readonly CartLine[], more: Partial<Cart> = {}): Cart {
  return {
    channel: "app",
    lines,
    code: null,
    choices: [],
    pointsToSpend: points(0),
    outletId: null,
    employeeId: null,
    city: { name: null, kladr: null, fias: null },
    deliveryMethod: null,
    paymentMethod: null,
    pickupPoint: null,
    isEarlyAccess: false,
    ...more,
  };
}

/** Facts about these offers and nothing else. */
export function facts(offers: readonly Offer[], more: Partial<Facts> = {}): Facts {
  return {
    offers: new Map(offers.map((each) => [each.id, each])),
    customer: null,
    code: null,
    limits: new Map(),
    programme: null,
    ...more,
  };
}

/** A customer with 1000 points and nothing else known. */
export function customer(more: Partial<CustomerFacts> = {}): CustomerFacts {
  return {
    id: "u-1",
    segments: [],
    tier: null,
    birthday: null,
    orderCount: null,
    balance: points(1000),
    spent: {},
    ...more,
  };
}

/** Rules of promotions that must compile; Moscow time. */
export function rulesOf(promotions: readonly PromotionDocument[], more: Partial<PromotionSet> = {}): Rules {
  const result = compileRules({ promotions, ...more }, "Europe/Moscow");
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems));
  return result.rules;
}

/** A programme that must compile. */
export function programmeOf(document: ProgrammeDocument): Programme {
  const result = compileProgramme(document);
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems));
  return result.programme;
}

/** Spend up to 30 % of a line, earn 5 %. */
export const PROGRAMME: Programme = programmeOf({
  id: "points",
  name: "Points",
  earn: { percent: 5 },
  spend: { percentOfLine: 30 },
});

const LIMITED = bps(1000);

/** The goods of the sample payloads. */
export const OFFERS: readonly Offer[] = [
  offer("880101", 2490, {
    groupId: "8801",
    categoryIds: ["310", "300"],
    vendor: "Уралочка",
    oldPrice: minor(299000),
  }),
  offer("880102", 2890, { groupId: "8801", categoryIds: ["310", "300"], vendor: "Уралочка" }),
  offer("771200", 1890, { categoryIds: ["311", "300"], vendor: "Заречье" }),
  offer("450033", 749.9, { categoryIds: ["520", "500"], vendor: "Костромской луг", step: quantity(100) }),
  offer("450078", 1590, { categoryIds: ["521", "500"], vendor: "Невский обжарщик", codeCap: LIMITED }),
  offer("620415", 350, { categoryIds: ["330", "300"], vendor: "Ивановна" }),
  offer("333900", 12490, { categoryIds: ["340", "300"], vendor: "Прогресс-М" }),
  offer("501010", 99, { categoryIds: ["900"], vendor: "Метель", usePoints: false }),
  offer("990001", 150, { categoryIds: ["900"], vendor: "Метель", usePoints: false }),
  offer("990002", 290, { categoryIds: ["311", "300"], vendor: "Заречье" }),
  offer("990003", 190, { categoryIds: ["900"], vendor: "Метель" }),
];

/** The promotions of the sample payloads. */
export const PROMOTIONS: readonly PromotionDocument[] = [
  { id: "p-cook10", name: "Сковороды −10 %", scope: { categories: ["310"] }, then: [{ percent: 10 }] },
  {
    id: "p-towel3for2",
    name: "Три полотенца по цене двух",
    scope: { offers: ["620415"] },
    then: [{ nForM: { take: 3, pay: 2 } }],
  },
  {
    id: "p-code-osen500",
    name: "Осенью −500 ₽",
    codes: { list: ["ОСЕНЬ500"] },
    when: [{ sum: { atLeast: 5000 } }],
    then: [{ amount: 500 }],
  },
  {
    id: "p-code-kofe15",
    name: "Кофе −15 % по промокоду",
    codes: { list: ["КОФЕ15"] },
    scope: { categories: ["521"] },
    then: [{ percent: 15 }],
  },
  {
    id: "p-bag",
    name: "Подарочный пакет к заказу",
    choice: { group: "B" },
    when: [{ sum: { atLeast: 3000 } }],
    then: [{ gifts: [{ offer: "990001" }] }],
  },
  {
    id: "p-gift-choice",
    name: "Подарок на выбор от 3000 ₽",
    choice: { group: "A" },
    when: [{ sum: { atLeast: 3000 } }],
    combining: { spendPoints: false },
    then: [{ giftChoice: { options: [{ offer: "990002" }, { offer: "990003", quantity: 2 }], limit: 1 } }],
  },
  {
    id: "p-gift-choice-700",
    name: "Скидка 700 ₽ вместо других скидок",
    choice: { group: "A" },
    when: [{ sum: { atLeast: 3000 } }],
    combining: { spendPoints: false, replaces: "all-discounts" },
    then: [{ amount: 700 }],
  },
];
