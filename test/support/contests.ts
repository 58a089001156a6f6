// Random conflict graphs of promotions on a cart of 20 lines, drawn by a seed: what the search for the best is measured on.
import type { Cart, Effect, Facts, Goods, PromotionDocument } from "../../src/core/pricing/index.ts";
import { cart, facts, line, offer } from "./shop.ts";

/** Draws whole numbers, both ends included. */
export type Random = (least: number, most: number) => number;

/** A small generator, so that every run meets the same sets. */
export function randomOf(seed: number): Random {
  let state = seed;
  return (least, most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return least + Math.floor((state / 2 ** 32) * (most - least + 1));
  };
}

/** What promotions are made of; each kind adds to those before. */
export const KINDS = ["percent", "amounts and fixed prices", "n for m", "sums after discounts"] as const;

/** A cart and the promotions that contest it. */
export interface Contest {
  readonly cart: Cart;
  readonly facts: Facts;
  readonly promotions: readonly PromotionDocument[];
}

const OFFERS = 20;
const idOf = (index: number): string => `o${String(index).padStart(2, "0")}`;

/** A contest of so many promotions, made of the first kinds up to `kind`. */
export function contestOf(size: number, kind: number, random: Random): Contest {
  const offers = Array.from({ length: OFFERS }, (_, index) =>
    offer(idOf(index), random(500, 500_000) / 100, {
      categoryIds: [`c${index % 4}`],
      vendor: `v${index % 3}`,
    }),
  );
  const asked = cart(offers.map(({ id }) => line(id, random(1, 3))));
  return { cart: asked, facts: facts(offers), promotions: rivals(size, kind, random) };
}

/** A contest of seven promotions that save alike, so that merits decide. */
export function evenContest(random: Random): Contest {
  const contest = contestOf(7, 0, random);
  return {
    ...contest,
    promotions: contest.promotions.map(({ scope: _, ...each }) => ({
      ...each,
      priority: random(0, 2),
      then: [{ percent: 10 * random(1, 2) }],
    })),
  };
}

function effectOf(kind: number, random: Random): Effect {
  const draw = random(0, 99);
  if (kind === 0 || draw < 60) return { percent: random(100, 2000) / 100 };
  if (draw < 75) return { amount: random(5000, 50_000) / 100 };
  if (draw < 85) return { amount: random(100, 5000) / 100, per: "unit" };
  if (draw < 92 || kind === 1) return { fixedPrice: random(100_000, 200_000) / 100 };
  return { nForM: { take: 3, pay: 2 } };
}

function scopeOf(random: Random): Goods | undefined {
  const draw = random(0, 3);
  if (draw === 0) return undefined;
  if (draw === 1) return { categories: [`c${random(0, 3)}`] };
  if (draw === 2) return { vendors: [`v${random(0, 2)}`] };
  return { offers: Array.from({ length: 6 }, () => idOf(random(0, OFFERS - 1))) };
}

/** Promotions in conflict with a random part of the others, from a tenth to seven tenths. */
function rivals(size: number, kind: number, random: Random): PromotionDocument[] {
  const density = random(10, 70);
  const foes = Array.from({ length: size }, () => new Set<number>());
  for (let left = 0; left < size; left += 1)
    for (let right = 0; right < left; right += 1)
      if (random(0, 99) < density) {
        foes[left]?.add(right);
        foes[right]?.add(left);
      }
  return Array.from({ length: size }, (_, index) => {
    const scope = scopeOf(random);
    const friends = foes.flatMap((_, other) => (foes[index]?.has(other) === true ? [] : [`g${other}`]));
    const sum =
      kind === 3 && random(0, 9) === 0 ? { when: [{ sum: { atLeast: random(1000, 60_000) } }] } : {};
    return {
      id: `p${index}`,
      name: "Promotion",
      then: [effectOf(kind, random)],
      ...(scope === undefined ? {} : { scope }),
      ...sum,
      combining: { group: `g${index}`, with: friends, layer: random(0, 3) === 0 && kind > 1 ? 10 : 0 },
    };
  });
}
