// A specimen of a set of goods: an offer that would belong to it, for asking what a cart would cost with more such goods.
import { type Minor, parseDecimal } from "../money/index.ts";
import type { AuthoredReader } from "./authored.ts";
import type { Offer } from "./facts.ts";
import { compileGoods, type GoodsTest } from "./goods.ts";
import type { Goods } from "./promotion.ts";

/** A set of goods as conditions measure it. */
export interface GoodsSet {
  /** Null: everything belongs. */
  readonly test: GoodsTest | null;
  /** Ids that alone can belong; null: any id may. */
  readonly ids: readonly string[] | null;
  /** An offer that belongs, but for its id and price; null where none could be made up. */
  readonly pattern: Offer | null;
  /** Kopecks between which the price of one must lie. */
  readonly priceFrom: number;
  readonly priceTo: number;
}

type Draft = { -readonly [Key in keyof Offer]: Offer[Key] };

/** Everything: an offer without any mark belongs. */
export const EVERYTHING: GoodsSet = {
  test: null,
  ids: null,
  pattern: blank(),
  priceFrom: 0,
  priceTo: Number.MAX_SAFE_INTEGER,
};

/** The set with its specimen; mistakes are put to the reader. */
export function compileSet(goods: Goods | undefined, path: string, reader: AuthoredReader): GoodsSet {
  const test = compileGoods(goods, path, reader);
  if (goods === undefined || test === null) return EVERYTHING;
  const { priceFrom, priceTo } = priceRange(goods);
  const draft = blank();
  draft.price = Math.max(1, priceFrom) as Minor;
  mark(draft, goods);
  const ids = goods.offers ?? null;
  const [first] = ids ?? [];
  if (first !== undefined) draft.id = first;
  return { test, ids, pattern: test(draft) ? draft : null, priceFrom, priceTo };
}

function blank(): Draft {
  return {
    id: "",
    groupId: "",
    name: "",
    price: 1 as Minor,
    oldPrice: null,
    categoryIds: [],
    vendor: null,
    params: {},
    step: null,
    codeCap: null,
    usePoints: true,
    isAvailable: true,
    stock: null,
  };
}

/** Mistakes in it have been told by whoever compiled the test. */
function priceRange({ price }: Goods): { priceFrom: number; priceTo: number } {
  return {
    priceFrom: price?.from === undefined ? 0 : (parseDecimal(price.from, 2) ?? 0),
    priceTo: (price?.to === undefined ? null : parseDecimal(price.to, 2)) ?? Number.MAX_SAFE_INTEGER,
  };
}

/** Gives the offer the marks that the set asks for, of every list the first; what it must not carry is not looked at. */
function mark(draft: Draft, { groups, categories, vendors, params, hasOldPrice, any, all }: Goods): void {
  const [group] = groups ?? [];
  const [category] = categories ?? [];
  const [vendor] = vendors ?? [];
  if (group !== undefined) draft.groupId = group;
  if (category !== undefined) draft.categoryIds = [...draft.categoryIds, category];
  if (vendor !== undefined) draft.vendor = vendor;
  if (params !== undefined) draft.params = { ...draft.params, ...params };
  if (hasOldPrice === true) draft.oldPrice = Number.MAX_SAFE_INTEGER as Minor;
  const [alternative] = any ?? [];
  for (const each of [...(alternative === undefined ? [] : [alternative]), ...(all ?? [])]) mark(draft, each);
}
