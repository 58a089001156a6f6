// Law 4: who makes the unlocking change finds the promotion applied, whatever goods are taken for it, and with less it is not.
import fc from "fast-check";
import { minor, quantity } from "../../src/core/money/index.ts";
import type {
  Cart,
  CartLine,
  Condition,
  CustomerFacts,
  Facts,
  Goods,
  Offer,
  PromotionDocument,
  Quote,
  Unlock,
} from "../../src/core/pricing/index.ts";
import { anyLines, anyOffers, type World } from "../support/carts.ts";
import { anyDiscount, anyGoods, anyPromotions, PLAIN } from "../support/promotions.ts";
import { cart, customer, facts, line, offer, rulesOf } from "../support/shop.ts";
import { engine, type Finding, type Law, type Pricer } from "./law.ts";
import { isIn } from "./membership.ts";

/** A cart after the change was made in one of the ways that a shopper has. */
interface Changed {
  readonly way: string;
  readonly cart: Cart;
  readonly facts: Facts;
}

const anyThreshold: fc.Arbitrary<Condition> = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 3000 }), anyGoods, fc.boolean())
  .map(([kind, number, of, isList]): Condition => {
    const set = of === undefined ? {} : { of };
    if (kind === 0) return { quantity: { atLeast: 1 + (number % 12), ...set } };
    if (kind === 1) return { distinctGoods: { atLeast: 1 + (number % 6), ...set } };
    return { sum: { atLeast: number / 2, measured: isList ? "list" : "beforeLayer", ...set } };
  });

const anyLock: fc.Arbitrary<Omit<PromotionDocument, "id">> = fc
  .record({
    effect: anyDiscount,
    scope: anyGoods,
    conditions: fc.array(anyThreshold, { minLength: 1, maxLength: 2 }),
    layer: fc.constantFrom(0, 0, 5, 15),
    company: fc.constantFrom<NonNullable<PromotionDocument["combining"]>>(
      {},
      {},
      { with: "none" },
      { bestOf: "best-a" },
    ),
    door: fc.constantFrom("none", "none", "none", "code", "known", "gold", "choice"),
    isAny: fc.boolean(),
  })
  .map(({ effect, scope, conditions, layer, company, door, isAny }) => ({
    name: "locked",
    then: [effect],
    combining: { ...company, layer },
    when: isAny && conditions.length > 1 ? [{ any: conditions }] : conditions,
    ...(scope === undefined ? {} : { scope }),
    ...(door === "code" ? { codes: { list: ["open"] } } : {}),
    ...(door === "choice" ? { choice: { group: "A" } } : {}),
    ...(door === "known" ? { audience: [{ customer: { known: true } }] } : {}),
    ...(door === "gold"
      ? { audience: [{ customer: { tiers: ["gold"], orderNumber: { atLeast: 3 } } }] }
      : {}),
  }));

/** Automatic discounts of every layer, and one to three promotions that ask for something. */
const anyLockedWorld: fc.Arbitrary<World> = fc
  .record({
    offers: anyOffers,
    promotions: anyPromotions(4),
    locks: fc.array(anyLock, { minLength: 1, maxLength: 3 }),
    lines: anyLines,
  })
  .map(({ offers, promotions, locks, lines }) => ({
    offers,
    promotions: [
      ...promotions,
      ...locks.map((each, index): PromotionDocument => {
        const list = each.codes === undefined ? {} : { codes: { list: [`open${index}`] } };
        return { ...each, ...list, id: `lock${index}` };
      }),
    ],
    cart: cart(lines),
    facts: facts(offers),
  }));

/** The set that the change speaks of: that of the condition on its path, else the promotion's scope. */
function goodsMeant(document: PromotionDocument, path: string): Goods | undefined {
  const places = [...path.matchAll(/(when|audience|any|all)\[(\d+)\]/g)];
  let at: unknown = document;
  for (const [, key, index] of places) {
    at = (at as Record<string, readonly unknown[]>)[key as string]?.[Number(index)];
  }
  if (places.length === 0) return document.scope;
  return (Object.values(at as Record<string, { of?: Goods }>)[0] ?? {}).of;
}

/** A new offer of the set, with no other marks; null where only offers of the shop can belong. */
function newOffer(id: string, price: number, goods: Goods | undefined): Offer | null {
  const made = {
    ...offer(id, 0),
    price: minor(price),
    categoryIds: goods?.categories?.slice(0, 1) ?? [],
    vendor: goods?.vendors?.[0] ?? null,
  };
  return isIn(made, goods) ? made : null;
}

const withLine = (
  { cart: asked, facts: known }: World,
  way: string,
  more: CartLine,
  sold?: Offer,
): Changed => ({
  way,
  cart: { ...asked, lines: [...asked.lines, more] },
  facts: sold === undefined ? known : { ...known, offers: new Map([...known.offers, [sold.id, sold]]) },
});

/** Goods of the set in the cart by price, the cheapest first; free ones aside. */
function ownGoods(world: World, goods: Goods | undefined): Offer[] {
  const ids = new Set(
    world.cart.lines.filter((each) => each.selected && each.quantity !== null).map((each) => each.offerId),
  );
  return world.offers
    .filter((each) => ids.has(each.id) && each.price > 0 && each.stock === null && isIn(each, goods))
    .sort((a, b) => a.price - b.price);
}

function addSum(world: World, amount: number, goods: Goods | undefined): Changed[] {
  const changed: Changed[] = [];
  for (const each of ownGoods(world, goods)) {
    const step = each.step ?? 1000;
    let count = Math.ceil((amount * 1000) / (each.price * step)) * step;
    while (Math.round((each.price * count) / 1000) < amount) count += step;
    changed.push(withLine(world, `more of ${each.id}`, line(each.id, count / 1000)));
  }
  const exact = newOffer("n-new", amount, goods);
  if (exact !== null) changed.push(withLine(world, "new goods for exactly it", line("n-new"), exact));
  const third = newOffer("n-third", Math.ceil(amount / 3), goods);
  if (third !== null) changed.push(withLine(world, "three new goods", line("n-third", 3), third));
  return changed;
}

function addQuantity(world: World, units: number, goods: Goods | undefined, offerId?: string): Changed[] {
  const own = ownGoods(world, goods).filter((each) => offerId === undefined || each.id === offerId);
  const changed = own.map((each) => {
    const count = each.step === null ? Math.ceil(units) : units;
    return withLine(world, `more of ${each.id}`, line(each.id, count));
  });
  const fresh = offerId === undefined ? newOffer("n-new", own[0]?.price ?? 10_000, goods) : null;
  if (fresh !== null) changed.push(withLine(world, "new goods", line("n-new", Math.ceil(units)), fresh));
  return changed;
}

function addGoods(world: World, count: number, goods: Goods | undefined): Changed[] {
  const price = ownGoods(world, goods)[0]?.price ?? 10_000;
  const has = new Set(
    world.cart.lines.filter((each) => each.selected && each.quantity !== null).map((each) => each.offerId),
  );
  const fresh = Array.from({ length: count }, (_, index) => newOffer(`n-new${index}`, price, goods));
  const others = world.offers.filter(
    (each) => PLAIN.includes(each.id as never) && !has.has(each.id) && each.price > 0 && isIn(each, goods),
  );
  const sold = fresh.every((each) => each !== null) ? fresh : others.slice(0, count);
  if (sold.length < count) return [];
  return [
    {
      way: "different goods",
      cart: { ...world.cart, lines: [...world.cart.lines, ...sold.map((each) => line(each.id))] },
      facts: {
        ...world.facts,
        offers: new Map([...world.facts.offers, ...sold.map((each) => [each.id, each] as const)]),
      },
    },
  ];
}

/** Every way to make the change. */
function makeChange(world: World, document: PromotionDocument, unlock: Unlock): Changed[] {
  const goods = "path" in unlock ? goodsMeant(document, unlock.path) : undefined;
  switch (unlock.kind) {
    case "add_sum":
      return addSum(world, unlock.amountMinor, goods);
    case "add_quantity":
      return addQuantity(world, unlock.quantity, goods, unlock.offerId);
    case "add_goods":
      return addGoods(world, unlock.count, goods);
    case "enter_code":
      return [
        {
          way: "the code",
          cart: { ...world.cart, code: document.codes?.list?.[0] ?? null },
          facts: world.facts,
        },
      ];
    case "choose":
      return [
        {
          way: "the choice",
          cart: { ...world.cart, choices: [{ promotionId: document.id, gifts: [] }] },
          facts: world.facts,
        },
      ];
    case "sign_in": {
      const isGold = JSON.stringify(document.audience ?? []).includes("gold");
      const who: Partial<CustomerFacts> = isGold ? { tier: "gold", orderCount: 5 } : {};
      return [{ way: "signing in", cart: world.cart, facts: { ...world.facts, customer: customer(who) } }];
    }
  }
}

const isApplied = (quote: Quote, id: string): boolean =>
  quote.verdicts.find((verdict) => verdict.promotionId === id)?.kind === "applied";

/** Promises of a quote, each with the promotion it is about. */
function promisesOf(quote: Quote, { promotions }: World): { document: PromotionDocument; unlock: Unlock }[] {
  return quote.verdicts.flatMap((verdict) => {
    const document = promotions.find((each) => each.id === verdict.promotionId);
    return verdict.kind === "applied" || verdict.unlock === undefined || document === undefined
      ? []
      : [{ document, unlock: verdict.unlock }];
  });
}

function judgePromises(world: World, pricer: Pricer): Finding {
  const rules = rulesOf(world.promotions);
  const wrong: string[] = [];
  const promises = promisesOf(pricer(world.cart, rules, world.facts), world);
  for (const { document, unlock } of promises) {
    const failed = makeChange(world, document, unlock).find(
      (changed) => !isApplied(engine("plain")(changed.cart, rules, changed.facts), document.id),
    );
    if (failed !== undefined)
      wrong.push(`${document.id}: ${JSON.stringify(unlock)} does not unlock by ${failed.way}`);
  }
  return { cases: promises.length, wrong };
}

/** The promise with another amount. */
function withAmount(unlock: Unlock, change: (amount: number) => number): Unlock {
  return unlock.kind === "add_sum"
    ? { ...unlock, amountMinor: minor(Math.max(1, change(unlock.amountMinor))) }
    : unlock;
}

const changing =
  (change: (unlock: Unlock, quote: Quote, id: string) => Unlock): Pricer =>
  (asked, rules, known) => {
    const quote = engine("every")(asked, rules, known);
    const verdicts = quote.verdicts.map((verdict) =>
      verdict.kind === "applied" || verdict.unlock === undefined
        ? verdict
        : { ...verdict, unlock: change(verdict.unlock, quote, verdict.promotionId) },
    );
    return { ...quote, verdicts };
  };

/** What is lacking at this moment, as if nothing that is added were discounted. */
function lackNow(unlock: Unlock, quote: Quote, id: string): Unlock {
  const verdict = quote.verdicts.find((each) => each.promotionId === id);
  if (unlock.kind !== "add_sum" || verdict?.kind !== "not_applied" || verdict.failed?.kind !== "sum")
    return unlock;
  return withAmount(unlock, () => Number(verdict.failed?.needed) - Number(verdict.failed?.actual));
}

/** Law 4, first half: promises are kept. */
export const keptPromises: Law<World> = {
  number: 4,
  title: "the unlocking change, when made, unlocks",
  oracle: "the change made in every way a shopper has, priced anew",
  size: 100_000,
  share: 0.2,
  tolerance: 0.01,
  values: anyLockedWorld,
  pricer: engine("every"),
  judge: judgePromises,
  mutants: [
    {
      name: "one kopeck too little",
      pricer: changing((unlock) => withAmount(unlock, (amount) => amount - 1)),
    },
    { name: "deaf to the discounts of earlier layers", pricer: changing(lackNow) },
    {
      name: "promises whatever a failing sum lacks",
      pricer: (asked, rules, known) => {
        const quote = engine("every")(asked, rules, known);
        const verdicts = quote.verdicts.map((verdict) => {
          if (verdict.kind === "applied" || verdict.unlock !== undefined || verdict.failed?.kind !== "sum")
            return verdict;
          const lack = Number(verdict.failed.needed) - Number(verdict.failed.actual);
          if (lack <= 0) return verdict;
          return {
            ...verdict,
            unlock: {
              kind: "add_sum" as const,
              amountMinor: minor(lack),
              path: verdict.failed.path.replace(/\.sum$/, ""),
            },
          };
        });
        return { ...quote, verdicts };
      },
    },
  ],
};
void quantity;
