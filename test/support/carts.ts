// Random shops, promotions and carts for property tests: small numbers, so that ties, floors and thresholds are met often.
import fc from "fast-check";
import { bps, points, quantity } from "../../src/core/money/index.ts";
import type { Cart, CartLine, Facts, Offer, PromotionDocument } from "../../src/core/pricing/index.ts";
import { anyPromotions, PLAIN } from "./promotions.ts";
import { cart, customer, facts, line, offer, PROGRAMME } from "./shop.ts";

/** Runs of every property: enough for a commit, a million for the long form. */
export const RUNS = Number(process.env["PRILAVOK_PROPERTY_RUNS"] ?? 10_000);

/** One shop with promotions and a cart. */
export interface World {
  readonly offers: readonly Offer[];
  readonly promotions: readonly PromotionDocument[];
  readonly cart: Cart;
  readonly facts: Facts;
}

const WEIGHED = "f-cheese";
const GIFTS = ["g-bag", "g-cup"] as const;

/** Four goods sold by the piece, one by weight, two gifts; prices from 1 kopeck to some roubles. */
export const anyOffers: fc.Arbitrary<readonly Offer[]> = fc
  .tuple(
    fc.array(fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1000, max: 99_999 })), {
      minLength: 5,
      maxLength: 5,
    }),
    fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { nil: null }), { minLength: 5, maxLength: 5 }),
    fc.option(fc.integer({ min: 0, max: 4 }), { nil: null }),
  )
  .map(([prices, caps, stock]) => {
    const goods = [...PLAIN, WEIGHED].map((id, index) =>
      offer(id, (prices[index] ?? 0) / 100, {
        categoryIds: [`c${index % 2}`, "root"],
        vendor: index < 3 ? "north" : "south",
        codeCap: caps[index] == null ? null : bps((caps[index] ?? 0) * 1000),
        usePoints: index !== 1,
        step: id === WEIGHED ? quantity(100) : null,
      }),
    );
    const gifts = GIFTS.map((id, index) =>
      offer(id, 50 + index, { stock: stock === null ? null : quantity(stock * 1000) }),
    );
    return [...goods, ...gifts];
  });

/** Lines of pieces and weighed goods, some twice, some unticked. */
export const anyLines: fc.Arbitrary<readonly CartLine[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...PLAIN), fc.integer({ min: 1, max: 5 }))
        .map(([id, count]) => line(id, count)),
    },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 25 }).map((tenths) => line(WEIGHED, tenths / 10)) },
    { weight: 1, arbitrary: fc.constantFrom(...PLAIN).map((id) => line(id, 2, { selected: false })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(line("nowhere"), line("a-pan", null), line(WEIGHED, null), line("g-bag", 1)),
    },
  ),
  { maxLength: 6 },
);

/** Promotions with a code, gifts, choices, points and messages, beside automatic discounts. */
const extras: readonly PromotionDocument[] = [
  {
    id: "code-amount",
    name: "code",
    codes: { list: ["AMOUNT"] },
    when: [{ sum: { atLeast: 100 } }],
    then: [{ amount: 77.77 }],
  },
  { id: "code-percent", name: "code", codes: { list: ["PERCENT"] }, then: [{ percent: 13.7 }] },
  {
    id: "gift-auto",
    name: "gift",
    when: [{ sum: { atLeast: 200 } }],
    then: [{ gifts: [{ offer: "g-bag" }] }],
  },
  {
    id: "choice-gift",
    name: "choice",
    choice: { group: "A" },
    when: [{ sum: { atLeast: 150 } }],
    combining: { spendPoints: false },
    then: [{ giftChoice: { options: [{ offer: "g-bag", quantity: 2 }, { offer: "g-cup" }], limit: 1 } }],
  },
  {
    id: "choice-amount",
    name: "choice",
    choice: { group: "A" },
    when: [{ sum: { atLeast: 50 } }],
    then: [{ amount: 33.33 }],
  },
  {
    id: "choice-beside",
    name: "choice",
    choice: { group: "B" },
    combining: { replaces: "nothing" },
    then: [{ percent: 5 }, { gifts: [{ offer: "g-cup" }] }],
  },
  {
    id: "points-double",
    name: "points",
    scope: { vendors: ["north"] },
    then: [{ points: { multiplier: 2, extra: 3 } }],
  },
];

const anyChoices: fc.Arbitrary<Cart["choices"]> = fc.constantFrom<Cart["choices"]>(
  [],
  [],
  [{ promotionId: "choice-amount", gifts: [] }],
  [{ promotionId: "choice-gift", gifts: [{ offerId: "g-bag", quantity: quantity(2000) }] }],
  [
    { promotionId: "choice-gift", gifts: [{ offerId: "g-cup", quantity: quantity(1000) }] },
    { promotionId: "choice-amount", gifts: [] },
  ],
  [{ promotionId: "choice-beside", gifts: [] }],
);

/** A whole world: automatic discounts, extras, a cart with code, choices and points, a customer or none. */
export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    offers: anyOffers,
    promotions: anyPromotions(4),
    lines: anyLines,
    extra: fc.subarray([...extras]),
    code: fc.constantFrom(null, "amount", "PERCENT", "other"),
    choices: anyChoices,
    pointsToSpend: fc.integer({ min: 0, max: 300 }),
    isKnown: fc.boolean(),
  })
  .map(({ offers, promotions, lines, extra, code, choices, pointsToSpend, isKnown }) => ({
    offers,
    promotions: [...promotions, ...extra],
    cart: cart(lines, { code, choices, pointsToSpend: points(pointsToSpend) }),
    facts: facts(offers, {
      customer: isKnown ? customer({ balance: points(150) }) : null,
      programme: PROGRAMME,
    }),
  }));

/** A world of automatic discounts only. */
export function anyContest(most: number): fc.Arbitrary<World> {
  return fc
    .record({ offers: anyOffers, promotions: anyPromotions(most), lines: anyLines })
    .map(({ offers, promotions, lines }) => ({
      offers,
      promotions,
      cart: cart(lines),
      facts: facts(offers),
    }));
}

/** The cart that the app sends after it got the quote: its lines with their promotions, everything else as before. */
export function echoOf(
  asked: Cart,
  lines: readonly {
    offerId: string | null;
    quantity: number;
    selected: boolean;
    giftUnits: number;
    lineIndex: number | null;
    discounts: readonly { promotionId: string }[];
  }[],
  isFree: boolean,
): Cart {
  return {
    ...asked,
    lines: lines.map((each): CartLine => {
      const before = each.lineIndex === null ? undefined : asked.lines[each.lineIndex];
      return {
        offerId: before?.offerId ?? each.offerId,
        quantity: before?.quantity === null ? null : quantity(each.quantity),
        selected: each.selected,
        echoed: each.discounts.map(({ promotionId }) => promotionId),
        sentAsFree: each.lineIndex === null && isFree,
      };
    }),
  };
}
