// Sets of goods compiled to a test of an offer, with the keys under which the index finds them.
import type { AuthoredReader } from "./authored.ts";
import type { Offer } from "./facts.ts";
import type { Goods } from "./promotion.ts";

/** True when the offer belongs to the set. */
export type GoodsTest = (offer: Offer) => boolean;

/** Keys of which a matching offer carries at least one; null when the set cannot be found by key. */
export interface GoodsKeys {
  readonly kind: "offer" | "group" | "category" | "vendor";
  readonly values: readonly string[];
  /** True when carrying a key is all it takes, so that the test need not run. */
  readonly isWhole: boolean;
}

/** The test of a set; null for everything, so that callers can skip it. */
export function compileGoods(
  goods: Goods | undefined,
  path: string,
  reader: AuthoredReader,
): GoodsTest | null {
  if (goods === undefined) return null;
  const tests = [...keyTests(goods), ...valueTests(goods, path, reader), ...nestedTests(goods, path, reader)];
  const [first, second] = tests;
  if (first === undefined) return null;
  if (second === undefined) return first;
  return (offer) => tests.every((test) => test(offer));
}

function keyTests(goods: Goods): GoodsTest[] {
  const tests: GoodsTest[] = [];
  const { offers, groups, categories, vendors, params } = goods;
  if (offers !== undefined) {
    const wanted = new Set(offers);
    tests.push((offer) => wanted.has(offer.id));
  }
  if (groups !== undefined) {
    const wanted = new Set(groups);
    tests.push((offer) => wanted.has(offer.groupId));
  }
  if (categories !== undefined) {
    const wanted = new Set(categories);
    tests.push((offer) => offer.categoryIds.some((id) => wanted.has(id)));
  }
  if (vendors !== undefined) {
    const wanted = new Set(vendors);
    tests.push((offer) => offer.vendor !== null && wanted.has(offer.vendor));
  }
  for (const [name, values] of Object.entries(params ?? {})) {
    const wanted = new Set(values);
    tests.push(
      (offer) => Object.hasOwn(offer.params, name) && (offer.params[name] ?? []).some((v) => wanted.has(v)),
    );
  }
  return tests;
}

function valueTests(goods: Goods, path: string, reader: AuthoredReader): GoodsTest[] {
  const tests: GoodsTest[] = [];
  const { price, hasOldPrice } = goods;
  if (price !== undefined) {
    const from = price.from === undefined ? 0 : reader.roubles(price.from, `${path}.price.from`);
    const to =
      price.to === undefined ? Number.MAX_SAFE_INTEGER : reader.roubles(price.to, `${path}.price.to`);
    tests.push((offer) => offer.price >= from && offer.price <= to);
  }
  if (hasOldPrice !== undefined) {
    tests.push((offer) => (offer.oldPrice !== null && offer.oldPrice > offer.price) === hasOldPrice);
  }
  return tests;
}

function nestedTests(goods: Goods, path: string, reader: AuthoredReader): GoodsTest[] {
  const tests: GoodsTest[] = [];
  const compiled = (list: readonly Goods[], name: string): (GoodsTest | null)[] =>
    list.map((each, index) => compileGoods(each, `${path}.${name}[${index}]`, reader));
  if (goods.any !== undefined) {
    const any = compiled(goods.any, "any");
    tests.push((offer) => any.some((test) => test === null || test(offer)));
  }
  if (goods.all !== undefined) {
    const all = compiled(goods.all, "all");
    tests.push((offer) => all.every((test) => test === null || test(offer)));
  }
  if (goods.not !== undefined) {
    const not = compileGoods(goods.not, `${path}.not`, reader);
    tests.push((offer) => not !== null && !not(offer));
  }
  return tests;
}

/** The most selective keys of a set, or null when any offer might belong to it. */
export function keysOfGoods(goods: Goods | undefined): GoodsKeys | null {
  if (goods === undefined) return null;
  const isWhole = Object.keys(goods).length === 1;
  if (goods.offers !== undefined) return { kind: "offer", values: goods.offers, isWhole };
  if (goods.groups !== undefined) return { kind: "group", values: goods.groups, isWhole };
  if (goods.categories !== undefined) return { kind: "category", values: goods.categories, isWhole };
  if (goods.vendors !== undefined) return { kind: "vendor", values: goods.vendors, isWhole };
  return null;
}
