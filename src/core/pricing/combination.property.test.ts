// Law 1 and 2: the combination chosen is the best of all allowed ones, against trying every subset with rules of its own.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyContest, RUNS, type World } from "../../../test/support/carts.ts";
import { SEED } from "../../../test/support/laws.ts";
import { NOON, rulesOf } from "../../../test/support/shop.ts";
import { type Goods, type Offer, type PromotionDocument, price, type Quote } from "./index.ts";

type Chooser = (world: World) => Quote;

const real: Chooser = ({ cart, facts, promotions }) => price(cart, rulesOf(promotions), facts, NOON, "plain");

/** Membership as the author means it, written apart from the engine's. */
function isIn(offer: Offer, goods: Goods | undefined): boolean {
  if (goods === undefined) return true;
  if (goods.offers !== undefined && !goods.offers.includes(offer.id)) return false;
  if (goods.categories !== undefined && !goods.categories.some((id) => offer.categoryIds.includes(id)))
    return false;
  if (goods.vendors !== undefined && !goods.vendors.includes(offer.vendor ?? "")) return false;
  if (goods.price?.from !== undefined && offer.price < Number(goods.price.from) * 100) return false;
  return goods.not === undefined || !isIn(offer, goods.not);
}

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

/** Least total over all allowed subsets; each subset is priced with rules that hold it alone and compel it. */
function leastTotal(world: World): number {
  const { promotions, cart, facts } = world;
  const goods = goodsIn(world);
  let least = Number.POSITIVE_INFINITY;
  for (let bits = 0; bits < 2 ** promotions.length; bits += 1) {
    const subset = promotions.filter((_, index) => (bits >> index) % 2 === 1);
    const isAllowed = subset.every((a, i) => subset.every((b, j) => j <= i || areFriends(a, b, goods)));
    if (!isAllowed) continue;
    const compelled = subset.map((each): PromotionDocument => {
      const layer = each.combining?.layer ?? 0;
      return { ...each, combining: { layer, mandatory: true } };
    });
    least = Math.min(least, price(cart, rulesOf(compelled), facts, NOON, "plain").total);
  }
  return least;
}

const law =
  (chooser: Chooser) =>
  (world: World): void => {
    const quote = chooser(world);
    const least = leastTotal(world);
    if (quote.proof.isOptimal) expect(quote.total).toBe(least);
    expect(quote.total - quote.proof.gapMinor).toBeLessThanOrEqual(least);
    expect(quote.total).toBeGreaterThanOrEqual(least);
  };

function holds(most: number, runs: number): void {
  fc.assert(fc.property(anyContest(most), law(real)), { numRuns: Math.max(1, Math.floor(runs)) });
}

describe("law 1: the combination is the best of all allowed ones", () => {
  test("holds for up to six promotions of mixed kinds", () => holds(6, RUNS / 20));

  test("holds for up to nine", () => holds(9, RUNS / 200));

  test("catches a chooser that takes promotions by priority", () => {
    const greedy: Chooser = ({ cart, facts, promotions }) =>
      price(cart, rulesOf(promotions, { objective: "priority" }), facts, NOON, "plain");
    expect(fc.check(fc.property(anyContest(6), law(greedy)), { numRuns: 2000, seed: SEED }).failed).toBe(
      true,
    );
  });

  test("catches a chooser that takes every promotion that is not forbidden", () => {
    const eager: Chooser = (world) =>
      real({
        ...world,
        promotions: world.promotions.map((each) => ({
          ...each,
          combining: { ...each.combining, mandatory: true },
        })),
      });
    expect(fc.check(fc.property(anyContest(6), law(eager)), { numRuns: 3000, seed: SEED }).failed).toBe(true);
  });
});

describe("law 9: in one layer without conditions on sums after discounts", () => {
  test("one more promotion that combines with all never makes the cart dearer", () => {
    fc.assert(
      fc.property(anyContest(5), (world) => {
        const tame = world.promotions.map(
          ({ combining: _, when: __, rounding: ___, ...rest }): PromotionDocument => rest,
        );
        const fewer = real({ ...world, promotions: tame.slice(1) }).total;
        expect(real({ ...world, promotions: tame }).total).toBeLessThanOrEqual(fewer);
      }),
      { numRuns: Math.floor(RUNS / 10) },
    );
  });
});
