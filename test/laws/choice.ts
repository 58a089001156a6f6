// Laws 1 and 2: the combination chosen is the best of all allowed ones, and proofs and gaps are never wrong.
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Offer, type PromotionDocument, price } from "../../src/core/pricing/index.ts";
import { anyContest, type World } from "../support/carts.ts";
import { NOON, rulesOf } from "../support/shop.ts";
import { engine, type Law, type Pricer, strictLaw } from "./law.ts";
import { isIn } from "./membership.ts";

const plain = engine("plain");

function goodsIn({ cart, facts }: World): Offer[] {
  const sold = cart.lines.filter((each) => each.selected && each.quantity !== null && each.offerId !== null);
  return [...new Set(sold.flatMap((each) => facts.offers.get(each.offerId ?? "") ?? []))];
}

function areFriends(a: PromotionDocument, b: PromotionDocument, goods: readonly Offer[]): boolean {
  const [left, right] = [a.combining ?? {}, b.combining ?? {}];
  if (left.bestOf !== undefined && left.bestOf === right.bestOf) return false;
  if ((left.layer ?? 0) !== (right.layer ?? 0)) return true;
  const accepts = (own: typeof left, other: typeof left): boolean => {
    if (own.with === undefined || own.with === "all") return true;
    return own.with !== "none" && other.group !== undefined && own.with.includes(other.group);
  };
  if (accepts(left, right) && accepts(right, left)) return true;
  return !goods.some((offer) => isIn(offer, a.scope) && isIn(offer, b.scope));
}

/** Pairs of promotions that may not stand together. */
function foesOf({ promotions }: World, goods: readonly Offer[]): number[] {
  return promotions.map((a, i) =>
    promotions.reduce((foes, b, j) => (i !== j && !areFriends(a, b, goods) ? foes | (1 << j) : foes), 0),
  );
}

/** What a subset costs: priced by rules that hold it alone and compel it. */
function costOf({ promotions, cart, facts }: World, bits: number): number {
  const compelled = promotions.flatMap((each, index): PromotionDocument[] => {
    if ((bits >> index) % 2 === 0) return [];
    return [{ ...each, combining: { layer: each.combining?.layer ?? 0, mandatory: true } }];
  });
  return price(cart, rulesOf(compelled), facts, NOON, "plain").total;
}

/** Least cost over all allowed subsets. */
function leastCost(world: World): number {
  const foes = foesOf(world, goodsIn(world));
  let least = Number.POSITIVE_INFINITY;
  for (let bits = 0; bits < 2 ** world.promotions.length; bits += 1) {
    if (foes.every((mask, index) => (bits >> index) % 2 === 0 || (bits & mask) === 0))
      least = Math.min(least, costOf(world, bits));
  }
  return least;
}

function holdBest(world: World, pricer: Pricer): void {
  const quote = pricer(world.cart, rulesOf(world.promotions), world.facts);
  const least = leastCost(world);
  if (quote.proof.isOptimal) assert.equal(quote.total, least, "the best of all allowed combinations");
  assert(quote.total - quote.proof.gapMinor <= least, "nothing better than the gap allows");
  assert(quote.total >= least, "no combination that is not allowed");
}

/** Law 1. */
export const bestChoice: Law<World> = strictLaw({
  number: 1,
  title: "the chosen combination is the best of all allowed ones",
  oracle: "every subset of up to 12 promotions, priced by rules that compel it",
  size: 100_000,
  share: 0.004,
  values: anyContest(12),
  pricer: plain,
  hold: holdBest,
  mutants: [
    {
      name: "takes promotions by priority",
      pricer: (cart, rules, facts) => plain(cart, { ...rules, objective: "priority" }, facts),
    },
    {
      name: "takes the least for the shopper",
      pricer: (cart, rules, facts) => plain(cart, { ...rules, objective: "leastCost" }, facts),
    },
    {
      name: "takes nothing that is contested",
      pricer: (cart, rules, facts) => {
        const quote = plain(cart, rules, facts);
        return quote.verdicts.some((verdict) => verdict.kind === "not_applied" && verdict.reason === "beaten")
          ? { ...quote, total: quote.gross }
          : quote;
      },
    },
  ],
});

/** A world of many promotions and a random walk through combinations of them. */
interface Crowd {
  readonly world: World;
  readonly turns: readonly number[];
}

/** Combinations of many promotions, met by taking one after another in random orders and leaving out what conflicts. */
function holdGap({ world, turns }: Crowd, pricer: Pricer): void {
  const { cart, facts, promotions } = world;
  const quote = pricer(cart, rulesOf(promotions), facts);
  const goods = goodsIn(world);
  const most = quote.total - quote.proof.gapMinor;
  for (const turn of turns) {
    const order = promotions.map((each, index) => ({ each, key: (index * 7919 + turn) % 1009 }));
    const taken: PromotionDocument[] = [];
    for (const { each } of order.sort((a, b) => a.key - b.key)) {
      if (taken.every((other) => areFriends(each, other, goods))) taken.push(each);
    }
    const compelled = taken.map(
      (each): PromotionDocument => ({
        ...each,
        combining: { layer: each.combining?.layer ?? 0, mandatory: true },
      }),
    );
    const { total } = price(cart, rulesOf(compelled), facts, NOON, "plain");
    assert(most <= total, "no combination is better than the gap allows");
  }
}

/** Law 2, for carts too large to try every subset. */
export const trueGaps: Law<Crowd> = strictLaw({
  number: 2,
  title: "a proof is never wrong and a gap never too small",
  oracle: "random allowed combinations of up to 50 promotions, priced by rules that compel them",
  size: 20_000,
  share: 0.01,
  values: fc.record({
    world: anyContest(50),
    turns: fc.array(fc.nat(1008), { minLength: 4, maxLength: 12 }),
  }),
  pricer: plain,
  hold: holdGap,
  mutants: [
    {
      name: "claims a proof for promotions taken by priority",
      pricer: (cart, rules, facts) => ({
        ...plain(cart, { ...rules, objective: "priority" }, facts),
        proof: { isOptimal: true, gapMinor: 0 as never },
      }),
    },
  ],
});
