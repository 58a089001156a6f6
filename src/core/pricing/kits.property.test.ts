// Kits against trying every way to make them: the shopper saves the most that any number of kits of any units can save.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RUNS } from "../../../test/support/carts.ts";
import { SEED } from "../../../test/support/laws.ts";
import { cart, facts, line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { type Effect, price } from "./index.ts";

interface KitWorld {
  /** Kopecks and units of each offer. */
  readonly goods: readonly { readonly price: number; readonly units: number }[];
  /** Indexes of the offers that fit, and how many units one kit needs. */
  readonly parts: readonly { readonly fits: readonly number[]; readonly units: number }[];
  readonly price: number | null;
  readonly percent: number;
  readonly most: number | null;
}

const anyKits: fc.Arbitrary<KitWorld> = fc.record({
  goods: fc.array(
    fc.record({ price: fc.integer({ min: 1, max: 30 }), units: fc.integer({ min: 1, max: 3 }) }),
    {
      minLength: 4,
      maxLength: 4,
    },
  ),
  parts: fc.array(
    fc.record({ fits: fc.subarray([0, 1, 2, 3], { minLength: 1 }), units: fc.integer({ min: 1, max: 2 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  price: fc.option(fc.integer({ min: 0, max: 70 }), { nil: null }),
  percent: fc.integer({ min: 1, max: 100 }),
  most: fc.option(fc.integer({ min: 1, max: 2 }), { nil: null, freq: 3 }),
});

const NAMES = ["a", "b", "c", "d"] as const;

/** Kopecks off by the engine. */
function saved({ goods, parts, price: kitPrice, percent, most }: KitWorld): number {
  const offers = goods.map((each, index) => offer(NAMES[index] as string, each.price / 100));
  const kit: Effect = {
    kit: {
      parts: parts.map(({ fits, units }) => ({
        of: { offers: fits.map((at) => NAMES[at] as string) },
        quantity: units,
      })),
      ...(kitPrice === null ? { percent } : { price: kitPrice / 100 }),
    },
  };
  const limits = most === null ? {} : { limits: { perOrder: most } };
  const rules = rulesOf([{ id: "kit", name: "kit", then: [kit], ...limits }], { lowestUnitPrice: 0 });
  const lines = goods.map((each, index) => line(NAMES[index] as string, each.units));
  return price(cart(lines), rules, facts(offers), NOON).discount;
}

/** The same by trying to put every unit into every part or none. */
function mostSaved(world: KitWorld): number {
  const units = world.goods.flatMap(({ price: each, units: count }, at) =>
    Array.from({ length: count }, () => ({ at, price: each })),
  );
  const filled = world.parts.map(() => 0);
  const worth = world.goods.map(() => 0);
  let best = 0;
  const visit = (index: number): void => {
    const unit = units[index];
    if (unit === undefined) {
      best = Math.max(best, savingOf(world, filled, worth));
      return;
    }
    visit(index + 1);
    for (const [part, { fits }] of world.parts.entries()) {
      if (!fits.includes(unit.at)) continue;
      filled[part] = (filled[part] as number) + 1;
      worth[unit.at] = (worth[unit.at] as number) + unit.price;
      visit(index + 1);
      filled[part] = (filled[part] as number) - 1;
      worth[unit.at] = (worth[unit.at] as number) - unit.price;
    }
  };
  visit(0);
  return best;
}

/** 0 unless every part holds the units of the same number of kits. */
function savingOf(
  { parts, price: kitPrice, percent, most }: KitWorld,
  filled: number[],
  worth: number[],
): number {
  const kits = (filled[0] as number) / (parts[0]?.units ?? 1);
  const isWhole =
    Number.isInteger(kits) && filled.every((count, at) => count === kits * (parts[at]?.units ?? 0));
  if (!isWhole || kits > (most ?? Number.POSITIVE_INFINITY)) return 0;
  const sum = worth.reduce((all, each) => all + each, 0);
  if (kitPrice !== null) return sum - kits * kitPrice;
  return worth.reduce((all, each) => all + Math.floor((each * percent) / 100 + 0.5), 0);
}

/** Rounding each offer by itself may favour other units by up to half a kopeck an offer. */
const slackOf = ({ price: kitPrice, goods }: KitWorld): number => (kitPrice === null ? goods.length : 0);

const law =
  (pricer: (world: KitWorld) => number) =>
  (world: KitWorld): void => {
    const most = mostSaved(world);
    expect(pricer(world)).toBeLessThanOrEqual(most);
    expect(pricer(world)).toBeGreaterThanOrEqual(most - slackOf(world));
  };

describe("kits save the most that any way of making them saves", () => {
  test("holds", { timeout: 60_000 + RUNS * 10 }, () => {
    fc.assert(fc.property(anyKits, law(saved)), { numRuns: Math.max(60, Math.ceil(RUNS / 10)) });
  });

  test("catches a maker of kits that fills the parts one after another", () => {
    const oneByOne = (world: KitWorld): number => {
      const left = world.goods.map(({ units }) => units);
      let kits = 0;
      for (; kits < (world.most ?? 99); kits += 1) {
        const isFull = world.parts.every(({ fits, units }) => {
          const at = fits.find((each) => (left[each] as number) >= units);
          if (at === undefined) return false;
          left[at] = (left[at] as number) - units;
          return true;
        });
        if (!isFull) break;
      }
      return kits === 0 ? 0 : saved({ ...world, most: kits });
    };
    expect(fc.check(fc.property(anyKits, law(oneByOne)), { numRuns: 2000, seed: SEED }).failed).toBe(true);
  });

  test("catches a maker of kits that stops at the first one", () => {
    const single = (world: KitWorld): number =>
      world.price === null ? saved(world) : Math.min(saved(world), mostSaved({ ...world, most: 1 }));
    expect(fc.check(fc.property(anyKits, law(single)), { numRuns: 2000, seed: SEED }).failed).toBe(true);
  });
});
