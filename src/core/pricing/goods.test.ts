// Sets of goods against membership told plainly, by their tests and by the index that finds promotions.
import fc from "fast-check";
import { expect, test } from "vitest";
import { RUNS } from "../../../test/support/carts.ts";
import { LONG } from "../../../test/support/laws.ts";
import { cart, facts, line, NOON, offer, rulesOf } from "../../../test/support/shop.ts";
import { minor } from "../money/index.ts";
import { AuthoredReader } from "./authored.ts";
import { UTC } from "./clock.ts";
import { compileGoods } from "./goods.ts";
import { type Goods, type Offer, price } from "./index.ts";

/** Whether an offer belongs to a set, as its author means it: all that is said must hold. */
function belongs(each: Offer, goods: Goods): boolean {
  const among = (list: readonly string[] | undefined, values: readonly (string | null)[]): boolean =>
    list === undefined || values.some((value) => value !== null && list.includes(value));
  const params = Object.entries(goods.params ?? {});
  const [from, to] = [goods.price?.from ?? 0, goods.price?.to ?? 1_000_000];
  return [
    among(goods.offers, [each.id]),
    among(goods.groups, [each.groupId]),
    among(goods.categories, each.categoryIds),
    among(goods.vendors, [each.vendor]),
    params.every(([name, wanted]) => among(wanted, new Map(Object.entries(each.params)).get(name) ?? [])),
    each.price >= Number(from) * 100 && each.price <= Number(to) * 100,
    goods.hasOldPrice === undefined || goods.hasOldPrice === (each.oldPrice ?? 0) > each.price,
    goods.any === undefined || goods.any.some((inner) => belongs(each, inner)),
    goods.all === undefined || goods.all.every((inner) => belongs(each, inner)),
    goods.not === undefined || !belongs(each, goods.not),
  ].every((holds) => holds);
}

const some = (...values: string[]): fc.Arbitrary<string[]> => fc.subarray(values, { minLength: 1 });
const anyRoubles = fc.integer({ min: 0, max: 3 });

const anyPlain: fc.Arbitrary<Goods> = fc.record(
  {
    offers: some("a", "b", "c"),
    groups: some("g", "h"),
    categories: some("tea", "home"),
    vendors: some("north", "south"),
    params: fc.constantFrom({ size: ["L"] }, { size: ["L", "M"], colour: ["red"] }, { toString: ["x"] }),
    price: fc.record({ from: anyRoubles, to: anyRoubles }, { requiredKeys: [] }),
    hasOldPrice: fc.boolean(),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Goods>;
/** Sets that say one or two things, alone or within others. */
const anyBrief = anyPlain.map((goods): Goods => Object.fromEntries(Object.entries(goods).slice(0, 2)));
const anyGoods: fc.Arbitrary<Goods> = fc.oneof(
  anyPlain,
  anyBrief,
  anyBrief,
  fc.array(anyBrief, { maxLength: 2 }).map((any): Goods => ({ any })),
  fc.array(anyBrief, { maxLength: 2 }).map((all): Goods => ({ all })),
  anyBrief.map((not): Goods => ({ not })),
  fc.tuple(anyBrief, anyBrief).map(([goods, not]): Goods => ({ ...goods, not })),
);

const anyOffer = fc
  .record({
    id: fc.constantFrom("a", "b", "c"),
    groupId: fc.constantFrom("g", "h"),
    categoryIds: fc.subarray(["tea", "home", "toys"]),
    vendor: fc.constantFrom("north", "south", null),
    params: fc.constantFrom<Offer["params"]>(
      {},
      { size: ["L"] },
      { size: ["M", "S"], colour: ["red"] },
      { size: ["S", "L"], colour: ["red", "blue"] },
    ),
    roubles: anyRoubles,
    oldPrice: fc.constantFrom(null, minor(100), minor(200)),
  })
  .map(({ id, roubles, ...more }) => offer(id, roubles, more));

test("an offer belongs to a set where all that is said of it holds", LONG, () => {
  const law = fc.property(anyGoods, anyOffer, (goods, each) => {
    const compiled = compileGoods(goods, "of", new AuthoredReader(UTC));
    expect(compiled === null || compiled(each)).toBe(belongs(each, goods));
  });
  fc.assert(law, { numRuns: Math.max(1000, RUNS) });
});

test("a set is all goods where nothing is said, and is told so", () => {
  const reader = new AuthoredReader(UTC);
  expect(compileGoods(undefined, "of", reader)).toBe(null);
  expect(compileGoods({}, "of", reader)).toBe(null);
});

test("the index finds a promotion just where goods of its scope lie in the cart", LONG, () => {
  const law = fc.property(anyGoods, anyOffer, anyOffer, (scope, one, other) => {
    const offers = [
      { ...one, id: "a" },
      { ...other, id: "b" },
    ].map((each) => ({ ...each, price: minor(500) }));
    const rules = rulesOf([{ id: "p", name: "p", scope, then: [{ percent: 10 }] }]);
    const { lines } = price(cart([line("a"), line("b")]), rules, facts(offers), NOON);
    expect(lines.map((each) => each.discount > 0)).toEqual(offers.map((each) => belongs(each, scope)));
  });
  fc.assert(law, { numRuns: Math.max(500, RUNS / 2) });
});

test("mistakes in sets are told with their places", () => {
  const reader = new AuthoredReader(UTC);
  const wrong: Goods = { price: { from: -1, to: -1 } };
  compileGoods({ ...wrong, any: [wrong], all: [wrong], not: wrong }, "of", reader);
  expect(reader.problems.map(({ path }) => path)).toEqual(
    ["of", "of.any[0]", "of.all[0]", "of.not"].flatMap((path) => [`${path}.price.from`, `${path}.price.to`]),
  );
});
