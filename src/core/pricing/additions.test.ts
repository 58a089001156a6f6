// Ways to add goods: what the cart holds afterwards, to the unit and the kopeck, and what cannot be added.
import { describe, expect, test } from "vitest";
import { cart, facts, NOON, offer } from "../../../test/support/shop.ts";
import { quantity } from "../money/index.ts";
import {
  poolsOf,
  type Way,
  waysToAddQuantity,
  waysToAddSum,
  wayToAddDifferent,
  wayToGrow,
} from "./additions.ts";
import { AuthoredReader } from "./authored.ts";
import { UTC } from "./clock.ts";
import type { Offer } from "./facts.ts";
import type { Goods } from "./promotion.ts";
import { type Pool, type Situation, situationOf } from "./situation.ts";
import { compileSet, EVERYTHING, type GoodsSet } from "./specimen.ts";

const pool = (of: Offer, count: number): Pool => ({
  offer: of,
  isFractional: of.step !== null,
  units: of.step === null ? count : 0,
  quantity: count * 1000,
  gross: of.price * count,
  lines: [],
});

const pan = offer("a", 100, { categoryIds: ["pans"], vendor: "north", codeCap: 500 as never });
const tea = offer("b", 50, { categoryIds: ["tea"] });
const cheese = offer("w", 100, { step: quantity(100) });
const free = offer("c", 0, { categoryIds: ["tea"] });

function withPools(...pools: Pool[]): Situation {
  const offers = pools.map((each) => each.offer);
  return situationOf(cart([]), facts(offers), NOON, UTC, pools);
}

const usual = withPools(pool(pan, 2), pool(tea, 1));

function setOf(goods: Goods): GoodsSet {
  return compileSet(goods, "of", new AuthoredReader(UTC));
}

/** Ids, quantities in units and kopecks of what a way gives; made-up ids are "new". */
function told(way: Way | undefined, amount: number): unknown {
  const pools = way?.add(amount) ?? null;
  return pools?.map((each) => {
    const id = each.offer.id.startsWith("\u{10FFFF}") ? "new" : each.offer.id;
    return [id, each.quantity / 1000, each.gross, each.units];
  });
}

const A2 = ["a", 2, 20_000, 2];
const B1 = ["b", 1, 5000, 1];

describe("a sum", () => {
  test("is new goods for exactly it, more of the cheapest, or more of the dearest", () => {
    const [fresh, cheapest, dearest, none] = waysToAddSum(EVERYTHING, usual, usual.gross, false);
    expect(told(fresh, 12_345)).toEqual([A2, B1, ["new", 1, 12_345, 1]]);
    expect(told(cheapest, 12_345)).toEqual([A2, ["b", 4, 20_000, 4]]);
    expect(told(dearest, 12_345)).toEqual([["a", 4, 40_000, 4], B1]);
    expect(told(cheapest, 10_000)).toEqual([A2, ["b", 3, 15_000, 3]]);
    expect([fresh, cheapest, dearest].map((way) => way?.isExact)).toEqual([true, false, false]);
    expect(none).toBeUndefined();
  });

  test("is twelve pieces too where single prices matter", () => {
    const ways = waysToAddSum(EVERYTHING, usual, usual.gross, true);
    expect(ways).toHaveLength(4);
    expect(told(ways[1], 1201)).toEqual([A2, B1, ["new", 12, 12 * 101, 12]]);
    expect(ways[1]?.isExact).toBe(true);
  });

  test("is also goods like those that are discounted most", () => {
    const ways = waysToAddSum(EVERYTHING, usual, [10_000, 4000], false);
    expect(ways).toHaveLength(4);
    const added = ways[1]?.add(777)?.at(-1)?.offer;
    expect(added).toMatchObject({
      categoryIds: ["pans"],
      vendor: "north",
      price: 777,
      codeCap: 500,
      stock: null,
    });
    expect(added?.groupId).toBe(added?.id);
    const other = waysToAddSum(EVERYTHING, usual, [19_000, 4000], false);
    expect(other[1]?.add(777)?.at(-1)?.offer).toMatchObject({ categoryIds: ["tea"] });
    // Equal shares: the cheaper goods; nothing left of them at all is the deepest there is.
    expect(waysToAddSum(EVERYTHING, usual, [10_000, 2500], false)[1]?.add(1)?.at(-1)?.offer).toMatchObject({
      vendor: null,
    });
    expect(waysToAddSum(EVERYTHING, usual, [0, 2500], false)[1]?.add(1)?.at(-1)?.offer).toMatchObject({
      vendor: "north",
    });
    const grouped = withPools(pool({ ...pan, groupId: "g" }, 1));
    expect(waysToAddSum(EVERYTHING, grouped, [1], false)[1]?.add(1)?.at(-1)?.offer.groupId).toBe("g");
  });

  test("of a set keeps to the set", () => {
    const [fresh, own, none] = waysToAddSum(setOf({ categories: ["tea"] }), usual, usual.gross, false);
    expect(fresh?.add(10)?.at(-1)?.offer.categoryIds).toEqual(["tea"]);
    expect(told(own, 10)).toEqual([A2, ["b", 2, 10_000, 2]]);
    expect(none).toBeUndefined();
    expect(waysToAddSum(setOf({ categories: ["toys"] }), usual, usual.gross, false)).toHaveLength(1);
    const unmade = setOf({
      all: [{ categories: ["tea"] }, { not: { vendors: ["x"] } }],
      any: [{ groups: ["b"] }],
    });
    expect(waysToAddSum(unmade, usual, [20_000, 1], false).every((way) => way.add(10) !== null)).toBe(true);
  });

  test("of a list of offers is the first of the list, or more of it where it lies there", () => {
    const [known] = waysToAddSum(setOf({ offers: ["b", "a"] }), usual, [20_000, 1], false);
    expect(told(known, 5001)).toEqual([A2, ["b", 3, 15_000, 3]]);
    expect(waysToAddSum(setOf({ offers: ["b", "a"] }), usual, [20_000, 1], false)).toHaveLength(3);
    const [other] = waysToAddSum(setOf({ offers: ["x"] }), usual, usual.gross, false);
    expect(told(other, 5001)).toEqual([A2, B1, ["x", 1, 5001, 1]]);
  });

  test("of goods of a price takes as many as reach it", () => {
    const dear = setOf({ price: { from: 200, to: 300 } });
    const [fresh, dozen] = waysToAddSum(dear, usual, usual.gross, true);
    expect(told(fresh, 100_000)).toEqual([A2, B1, ["new", 4, 120_000, 4]]);
    expect(told(fresh, 25_000)).toEqual([A2, B1, ["new", 1, 25_000, 1]]);
    expect(told(fresh, 100)).toEqual([A2, B1, ["new", 1, 20_000, 1]]);
    expect(told(dozen, 100_000)).toBeUndefined();
    expect(told(dozen, 12 * 20_000)).toEqual([A2, B1, ["new", 12, 240_000, 12]]);
  });

  test("by weight is rounded up to the step", () => {
    const [, own] = waysToAddSum(EVERYTHING, withPools(pool(cheese, 1)), [10_000], false);
    expect(told(own, 1234)).toEqual([["w", 1.2, 12_000, 0]]);
    expect(told(own, 1000)).toEqual([["w", 1.1, 11_000, 0]]);
  });

  test("is never made of free goods, nor beyond the stock, nor beyond reason", () => {
    expect(waysToAddSum(EVERYTHING, withPools(pool(free, 3)), [0], false)).toHaveLength(1);
    const both = waysToAddSum(EVERYTHING, withPools(pool(tea, 1), pool(free, 3)), [5000, 0], false);
    expect(told(both[1], 1)).toEqual([
      ["b", 2, 10_000, 2],
      ["c", 3, 0, 3],
    ]);
    const scarce = withPools(pool({ ...tea, stock: quantity(3000) }, 1));
    const [, own] = waysToAddSum(EVERYTHING, scarce, [5000], false);
    expect(told(own, 10_000)).toEqual([["b", 3, 15_000, 3]]);
    expect(told(own, 10_001)).toBeUndefined();
    const [fresh] = waysToAddSum(EVERYTHING, usual, usual.gross, false);
    expect(told(fresh, 1_000_000_000)).toHaveLength(3);
    expect(told(fresh, 1_000_000_001)).toBeUndefined();
  });
});

describe("a quantity", () => {
  test("is whole units of what is sold by the piece, steps of what is sold by weight", () => {
    const [cheapest, dearest, fresh] = waysToAddQuantity(EVERYTHING, usual);
    expect(told(cheapest, 1500)).toEqual([A2, ["b", 3, 15_000, 3]]);
    expect(told(dearest, 2000)).toEqual([["a", 4, 40_000, 4], B1]);
    expect(told(fresh, 1500)).toEqual([A2, B1, ["new", 2, 10_000, 2]]);
    const [own] = waysToAddQuantity(EVERYTHING, withPools(pool(cheese, 1)));
    expect(told(own, 150)).toEqual([["w", 1.2, 12_000, 0]]);
    expect([cheapest, fresh].map((way) => way?.isExact)).toEqual([false, false]);
  });

  test("of new goods costs what is typical where nothing tells, within the set's prices", () => {
    const [fresh] = waysToAddQuantity(EVERYTHING, withPools());
    expect(told(fresh, 2000)).toEqual([["new", 2, 20_000, 2]]);
    expect(told(waysToAddQuantity(setOf({ price: { to: 30 } }), withPools())[0], 1000)).toEqual([
      ["new", 1, 3000, 1],
    ]);
    expect(told(waysToAddQuantity(setOf({ price: { from: 400 } }), withPools())[0], 1000)).toEqual([
      ["new", 1, 40_000, 1],
    ]);
    expect(told(waysToAddQuantity(setOf({ offers: ["b"] }), usual)[1], 1000)).toEqual([
      A2,
      ["b", 2, 10_000, 2],
    ]);
    expect(
      waysToAddQuantity(setOf({ all: [{ categories: ["k"] }, { not: { categories: ["k"] } }] }), usual),
    ).toEqual([]);
  });

  test("of one offer is more of it", () => {
    const way = wayToGrow(usual.pools[0] as Pool, usual);
    expect(told(way, 1000)).toEqual([["a", 3, 30_000, 3], B1]);
    expect(way.isExact).toBe(false);
    expect(way.add(2_000_000_000)).toBeNull();
  });
});

describe("different goods", () => {
  test("are a unit each, at the price of the cheapest there is", () => {
    const pools = wayToAddDifferent(EVERYTHING, usual).add(2) ?? [];
    expect(pools.map((each) => each.gross)).toEqual([20_000, 5000, 5000, 5000]);
    expect(new Set(pools.map((each) => each.offer.id)).size).toBe(4);
    expect(wayToAddDifferent(EVERYTHING, usual).isExact).toBe(false);
    expect(told(wayToAddDifferent(EVERYTHING, withPools()), 1)).toEqual([["new", 1, 10_000, 1]]);
    expect(told(wayToAddDifferent(setOf({ price: { from: 70 } }), usual), 1)).toEqual([
      A2,
      B1,
      ["new", 1, 10_000, 1],
    ]);
  });

  test("of a list are those of the list that are missing", () => {
    const listed = wayToAddDifferent(setOf({ offers: ["a", "x", "y"] }), usual);
    expect(told(listed, 2)).toEqual([A2, B1, ["x", 1, 10_000, 1], ["y", 1, 10_000, 1]]);
    expect(told(listed, 3)).toBeUndefined();
  });

  test("of a set that no offer could be made up for are like those that lie there, or none", () => {
    const odd = setOf({
      not: { vendors: ["x"] },
      all: [{ not: { categories: ["none"] } }],
      any: [{ offers: ["b"] }, { categories: ["tea"] }],
    });
    expect(wayToAddDifferent(odd, usual).add(1)?.at(-1)?.offer).toMatchObject({ categoryIds: ["tea"] });
    expect(wayToAddDifferent(setOf({ any: [{ offers: ["b"] }] }), usual).add(1)).toBeNull();
    expect(wayToAddDifferent(setOf({ any: [{ offers: ["q"] }] }), usual).add(1)).toBeNull();
  });
});

test("goods of a set come by price, equal ones by id", () => {
  const twins = [pool(offer("z", 50), 1), pool(pan, 1), pool(offer("k", 50), 1), pool(free, 1)];
  expect(poolsOf(EVERYTHING, twins).map((each) => each.offer.id)).toEqual(["c", "k", "z", "a"]);
  expect(poolsOf(setOf({ vendors: ["north"] }), twins).map((each) => each.offer.id)).toEqual(["a"]);
});

describe("a specimen", () => {
  const made = (goods: Goods): Offer | null => setOf(goods).pattern;

  test("carries the first mark of every list", () => {
    expect(
      made({
        groups: ["g", "h"],
        categories: ["c", "d"],
        vendors: ["v", "w"],
        params: { size: ["L", "M"] },
        hasOldPrice: true,
      }),
    ).toMatchObject({ groupId: "g", categoryIds: ["c"], vendor: "v", params: { size: ["L", "M"] }, id: "" });
    expect(made({ hasOldPrice: true })?.oldPrice).toBeGreaterThan(1_000_000);
    expect(made({ hasOldPrice: false })?.oldPrice).toBeNull();
    expect(made({ offers: ["x", "y"] })).toMatchObject({
      id: "x",
      price: 1,
      isAvailable: true,
      usePoints: true,
    });
    expect(made({ price: { from: 12.5 } })?.price).toBe(1250);
  });

  test("carries the marks of all nested sets and of the first alternative", () => {
    const nested = made({
      any: [{ vendors: ["v"] }, { vendors: ["w"] }],
      all: [{ categories: ["c"] }, { categories: ["d"] }],
    });
    expect(nested).toMatchObject({ vendor: "v", categoryIds: ["c", "d"] });
    expect(made({ not: { vendors: ["v"] } })).toMatchObject({ vendor: null });
  });

  test("is none where the marks contradict each other", () => {
    expect(made({ vendors: ["v"], not: { vendors: ["v"] } })).toBeNull();
    expect(made({ any: [{ offers: ["x"] }] })).toBeNull();
  });

  test("knows the prices and ids that belong", () => {
    expect(setOf({ price: { from: "0.5", to: 2 } })).toMatchObject({
      priceFrom: 50,
      priceTo: 200,
      ids: null,
    });
    expect(setOf({ price: { from: 3 } })).toMatchObject({ priceFrom: 300, priceTo: Number.MAX_SAFE_INTEGER });
    expect(setOf({ offers: ["x"] }).ids).toEqual(["x"]);
    expect(setOf({})).toBe(EVERYTHING);
    const reader = new AuthoredReader(UTC);
    expect(compileSet({ price: { from: "?" } }, "of", reader)).toMatchObject({ priceFrom: 0 });
    expect(reader.problems).toHaveLength(1);
  });
});
