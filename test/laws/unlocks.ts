// Law 4: who makes the unlocking change finds the promotion applied, whatever goods are taken for it, and with less it is not.
import fc from "fast-check";
import { minor } from "../../src/core/money/index.ts";
import type { Condition, PromotionDocument, Quote, Unlock } from "../../src/core/pricing/index.ts";
import { anyLines, anyOffers, type World } from "../support/carts.ts";
import { anyDiscount, anyGoods, anyPromotions } from "../support/promotions.ts";
import { cart, facts, rulesOf } from "../support/shop.ts";
import { makeChange } from "./changes.ts";
import { engine, type Finding, type Law, type Pricer } from "./law.ts";

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
/** Carts in which something is nearly reached. */
export const anyLockedWorld: fc.Arbitrary<World> = fc
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

/** Applied, or on the menu now for the shopper to choose. */
const isUnlocked = (quote: Quote, id: string): boolean =>
  quote.verdicts.find((verdict) => verdict.promotionId === id)?.kind === "applied" ||
  quote.offered.some(({ promotions }) => promotions.some((each) => each.promotionId === id));

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
      (changed) => !isUnlocked(engine("menu")(changed.cart, rules, changed.facts), document.id),
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
  share: 0.15,
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
              path: verdict.failed.path,
            },
          };
        });
        return { ...quote, verdicts };
      },
    },
  ],
};
