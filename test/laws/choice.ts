// Laws 1 and 2: the combination chosen is the best of all allowed ones, and proofs and gaps are never wrong.
import assert from "node:assert/strict";
import fc from "fast-check";
import { type PromotionDocument, price } from "../../src/core/pricing/index.ts";
import { anyContest, type World } from "../support/carts.ts";
import { NOON, rulesOf } from "../support/shop.ts";
import { engine, type Law, type Pricer, strictLaw } from "./law.ts";
import { allHold, apply, goodsOf, heapsOf, turnOf } from "./plain-model.ts";
import type { Heap } from "./plain-units.ts";

const plain = engine("plain");

function areFriends(a: PromotionDocument, b: PromotionDocument, heaps: readonly Heap[]): boolean {
  const [left, right] = [a.combining ?? {}, b.combining ?? {}];
  if (left.bestOf !== undefined && left.bestOf === right.bestOf) return false;
  if (layerOf(a) !== layerOf(b)) return true;
  const accepts = (own: typeof left, other: typeof left): boolean => {
    if (own.with === undefined || own.with === "all") return true;
    return own.with !== "none" && other.group !== undefined && own.with.includes(other.group);
  };
  if (accepts(left, right) && accepts(right, left)) return true;
  const others = goodsOf(b, heaps);
  return !goodsOf(a, heaps).some((heap) => others.includes(heap));
}

const layerOf = ({ combining }: PromotionDocument): number => combining?.layer ?? 0;

/** In the order of application. */
function inTurn(promotions: readonly PromotionDocument[]): PromotionDocument[] {
  return [...promotions].sort(
    (a, b) =>
      layerOf(a) - layerOf(b) ||
      turnOf(a) - turnOf(b) ||
      (b.priority ?? 0) - (a.priority ?? 0) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** Least cost over all allowed subsets, each reckoned by the plain model. */
function leastCost(world: World): number {
  const heaps = heapsOf(world);
  const promotions = inTurn(world.promotions);
  const friends = promotions.map((a) => promotions.map((b) => a === b || areFriends(a, b, heaps)));
  let least = Number.POSITIVE_INFINITY;
  const visit = (index: number, taken: readonly number[], state: readonly Heap[]): void => {
    const promotion = promotions[index];
    if (promotion === undefined) {
      least = Math.min(
        least,
        state.reduce((sum, { money }) => sum + money, 0),
      );
      return;
    }
    const previous = promotions[index - 1];
    const isLayer = previous === undefined || layerOf(previous) !== layerOf(promotion);
    const now = isLayer ? state.map((heap) => ({ ...heap, before: heap.money })) : state;
    visit(index + 1, taken, now);
    if (!taken.every((other) => friends[index]?.[other]) || !allHold(promotion, now)) return;
    const after = now.map((heap) => ({ ...heap }));
    apply(promotion, after);
    visit(index + 1, [...taken, index], after);
  };
  visit(0, [], heaps);
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
  oracle: "every allowed subset of up to 12 promotions, reckoned by a slow plain model",
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
  const heaps = heapsOf(world);
  const most = quote.total - quote.proof.gapMinor;
  for (const turn of turns) {
    const order = promotions.map((each, index) => ({ each, key: (index * 7919 + turn) % 1009 }));
    const taken: PromotionDocument[] = [];
    for (const { each } of order.sort((a, b) => a.key - b.key)) {
      if (taken.every((other) => areFriends(each, other, heaps))) taken.push(each);
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
