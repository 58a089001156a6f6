// Law 9: in one layer, without conditions on sums after discounts, more generous rules never make the shopper worse off.
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Cart, Effect, PromotionDocument } from "../../src/core/pricing/index.ts";
import { anyContest, type World } from "../support/carts.ts";
import { PLAIN } from "../support/promotions.ts";
import { line, rulesOf } from "../support/shop.ts";
import { engine, type Law, type Pricer, strictLaw } from "./law.ts";

const plain = engine("plain");

/** What is changed: `at` picks the promotion or the goods, `by` how much. */
interface Twist {
  readonly world: World;
  readonly at: number;
  readonly by: number;
}

/**
 * One layer, no condition on sums after discounts: list sums and quantities stay, as do conflicts and caps. Floors and
 * rounding to roubles are thresholds on discounted money in disguise, so they go; docs/promotions.md shows how they
 * break the law. Steps look at the money of their own layer's beginning, which is the list price here.
 */
function tamed(world: World): World {
  const promotions = world.promotions.map((each): PromotionDocument => {
    const { floor: _, rounding: __, ...rest } = each;
    const { layer: ___, ...company } = each.combining ?? {};
    const when = each.when?.map((condition) =>
      "sum" in condition ? { sum: { ...condition.sum, measured: "list" as const } } : condition,
    );
    return { ...rest, combining: company, ...(when === undefined ? {} : { when }) };
  });
  return { ...world, promotions };
}

const anyTwist = (most: number): fc.Arbitrary<Twist> =>
  fc.record({ world: anyContest(most).map(tamed), at: fc.nat(99), by: fc.integer({ min: 1, max: 9999 }) });

const totalOf = (
  { cart, facts }: World,
  promotions: readonly PromotionDocument[],
  pricer: Pricer,
  asked: Cart = cart,
): number => pricer(asked, rulesOf(promotions), facts).total;

/** A percentage raised; effects of other kinds stay as they are. */
function raised(effect: Effect, by: number): Effect {
  return "percent" in effect
    ? { percent: Math.min(10_000, Math.round(effect.percent * 100) + by) / 100 }
    : effect;
}

/** Caps go too: a unit is given away only where its price, once lowered, is within the cap, and so a threshold on it. */
function holdRaise({ world, at, by }: Twist, pricer: Pricer): void {
  const promotions = world.promotions.map(({ caps: _, ...rest }): PromotionDocument => rest);
  if (promotions.length === 0) return;
  const more = promotions.map((each, index) =>
    index === at % promotions.length
      ? { ...each, then: each.then.map((effect) => raised(effect, by)) }
      : each,
  );
  assert(totalOf(world, more, pricer) <= totalOf(world, promotions, engine("plain")), "a raised percentage");
}

function holdJoin({ world, at }: Twist, pricer: Pricer): void {
  const { promotions } = world;
  if (promotions.length === 0) return;
  const fewer = promotions.filter((_, index) => index !== at % promotions.length);
  assert(totalOf(world, promotions, pricer) <= totalOf(world, fewer, engine("plain")), "one more promotion");
}

/** Without thresholds: no conditions, no steps, nothing that counts units, no amount or cap that many goods share. */
function isWithoutThresholds({ when, then, caps, rounding }: PromotionDocument): boolean {
  const isPlain = then.every(
    (effect) => "percent" in effect || ("amount" in effect && effect.per === "unit"),
  );
  return when === undefined && caps === undefined && rounding === undefined && isPlain;
}

/** Paid goods more never cost less in all than before, and no more than their list price on top. */
function holdGoods({ world, at, by }: Twist, pricer: Pricer): void {
  const { cart, facts } = world;
  const promotions = world.promotions.filter(isWithoutThresholds);
  const id = PLAIN[at % PLAIN.length] as string;
  const units = 1 + (by % 4);
  const before = totalOf(world, promotions, engine("plain"));
  const after = totalOf(world, promotions, pricer, { ...cart, lines: [...cart.lines, line(id, units)] });
  const list = (facts.offers.get(id)?.price ?? 0) * units;
  // Half a kopeck may round the other way for each promotion that takes a share of the same offer.
  assert(after <= before + list + promotions.length, "goods more cost at most their list price");
}

const dearer: Pricer = (cart, rules, facts) => {
  const quote = plain(cart, rules, facts);
  const applied = quote.verdicts.filter((verdict) => verdict.kind === "applied").length;
  return { ...quote, total: (quote.total + (applied > 1 ? 50 : 0)) as typeof quote.total };
};

const greedy: Pricer = (cart, rules, facts) => plain(cart, { ...rules, objective: "priority" }, facts);

const common = { number: 9, size: 100_000, share: 0.1, pricer: plain };

/** Law 9, three parts. */
export const monotony: readonly Law<Twist>[] = [
  strictLaw({
    ...common,
    title: "raising a percentage never makes the shopper worse off",
    oracle: "the same cart with the percentage as it was",
    values: anyTwist(6),
    hold: holdRaise,
    mutants: [
      { name: "picks by priority", pricer: greedy },
      { name: "charges for company", pricer: dearer },
    ],
  }),
  strictLaw({
    ...common,
    title: "one more promotion never makes the shopper worse off",
    oracle: "the same cart without it",
    values: anyTwist(6),
    hold: holdJoin,
    mutants: [
      { name: "picks by priority", pricer: greedy },
      { name: "charges for company", pricer: dearer },
    ],
  }),
  strictLaw({
    ...common,
    title: "without thresholds, paid goods more cost at most their list price",
    oracle: "the same cart without them",
    values: anyTwist(6),
    hold: holdGoods,
    mutants: [
      {
        name: "drops discounts from large carts",
        pricer: (cart, rules, facts) => {
          const quote = plain(cart, rules, facts);
          return quote.lines.length > 5 ? { ...quote, total: quote.gross } : quote;
        },
      },
    ],
  }),
];
