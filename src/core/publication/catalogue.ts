// The catalogue as the gate sees it, and the sets of its goods that promotions name, as bits that are quick to compare.
import type { Minor } from "../money/index.ts";
import {
  AuthoredReader,
  compileGoods,
  type Goods,
  type GoodsTest,
  keysOfGoods,
  type Offer,
  UTC,
} from "../pricing/index.ts";

/** Goods for sale, priced as an everyday cart sees them. */
export interface CatalogueView {
  readonly offers: readonly Offer[];
  readonly categories: readonly { readonly id: string; readonly name: string }[];
  /** What a unit costs the shop, by offer id, where it is known. */
  readonly costs?: ReadonlyMap<string, Minor>;
}

/** A set of goods. Without a catalogue only what the words themselves say is known of it. */
export interface GoodsSet {
  /** Equal for equal words; "" is everything. */
  readonly key: string;
  /** Offers by their place in the catalogue, a bit each; null without a catalogue. */
  readonly bits: Uint32Array | null;
  /** Number of offers; null without a catalogue, unless it is certainly 0. */
  readonly size: number | null;
}

/** Figures of a set, found once when first asked for. */
export interface GoodsFigures {
  /** Kopecks per whole unit; of an empty set 0. */
  readonly lowestPrice: number;
  readonly highestPrice: number;
  readonly isAllFractional: boolean;
  readonly hasFractional: boolean;
  readonly available: number;
  /** Thousandths left of all together; null where any is not counted. */
  readonly stock: number | null;
  readonly isCodeForbidden: boolean;
}

interface Relation {
  readonly isWithin: boolean;
  readonly isApart: boolean;
}

const UNKNOWN: Relation = { isWithin: false, isApart: false };

function relationOf(left: Uint32Array, right: Uint32Array): Relation {
  let isWithin = true;
  let isApart = true;
  for (let at = 0; at < left.length && (isWithin || isApart); at += 1) {
    const [own, other] = [left[at] as number, right[at] as number];
    if ((own & ~other) !== 0) isWithin = false;
    if ((own & other) !== 0) isApart = false;
  }
  return { isWithin, isApart };
}

/** Sets of goods over one catalogue, each found once. */
export class GoodsBook {
  readonly offers: readonly Offer[] | null;
  readonly byId: ReadonlyMap<string, Offer>;
  readonly everything: GoodsSet;
  readonly #places: ReadonlyMap<string, number>;
  readonly #positions = new Map<string, number[]>();
  readonly #sets = new Map<string, GoodsSet>();
  readonly #figures = new Map<string, GoodsFigures>();
  readonly #relations = new Map<GoodsSet, Map<GoodsSet, Relation>>();
  readonly #ranked = new Map<string, readonly Offer[]>();

  constructor(catalogue: CatalogueView | null) {
    this.offers = catalogue?.offers ?? null;
    this.byId = new Map((this.offers ?? []).map((offer) => [offer.id, offer]));
    this.#places = new Map((this.offers ?? []).map(({ id }, place) => [id, place]));
    for (const [place, offer] of (this.offers ?? []).entries()) this.#note(offer, place);
    this.everything = this.#make("", null, undefined);
    this.#sets.set("", this.everything);
  }

  /** The set that the words mean; absent: everything. */
  setOf(goods: Goods | undefined): GoodsSet {
    if (goods === undefined || Object.keys(goods).length === 0) return this.everything;
    const key = JSON.stringify(goods);
    let known = this.#sets.get(key);
    if (known === undefined) {
      known = this.#make(key, compileGoods(goods, "", new AuthoredReader(UTC)), goods);
      this.#sets.set(key, known);
    }
    return known;
  }

  /** True when every offer of `inner` certainly belongs to `outer`. */
  isWithin(inner: GoodsSet, outer: GoodsSet): boolean {
    if (outer.key === "" || inner.key === outer.key || inner.size === 0) return true;
    return this.#relation(inner, outer).isWithin;
  }

  /** True when no offer can belong to both. */
  isApart(left: GoodsSet, right: GoodsSet): boolean {
    if (left.size === 0 || right.size === 0) return true;
    return this.#relation(left, right).isApart;
  }

  #relation(left: GoodsSet, right: GoodsSet): Relation {
    if (left.bits === null || right.bits === null) return UNKNOWN;
    let own = this.#relations.get(left);
    if (own === undefined) {
      own = new Map();
      this.#relations.set(left, own);
    }
    let known = own.get(right);
    if (known === undefined) {
      known = relationOf(left.bits, right.bits);
      own.set(right, known);
    }
    return known;
  }

  /** True when the offer of that id belongs to the set. */
  contains(set: GoodsSet, offerId: string): boolean {
    const place = this.#places.get(offerId);
    return place !== undefined && this.#has(set, place);
  }

  #has(set: GoodsSet, place: number): boolean {
    return set.bits !== null && (((set.bits[place >> 5] as number) >>> (place & 31)) & 1) === 1;
  }

  /** The offers of a set, by catalogue place. */
  offersOf(set: GoodsSet): Offer[] {
    return (this.offers ?? []).filter((_, place) => this.#has(set, place));
  }

  /** Offers on sale, cheapest first; what a shopper could put into a cart. */
  onSale(set: GoodsSet): readonly Offer[] {
    let known = this.#ranked.get(set.key);
    if (known === undefined) {
      known = this.offersOf(set)
        .filter(
          (offer) => offer.isAvailable && offer.price > 0 && (offer.stock === null || offer.stock >= 1000),
        )
        .sort((a, b) => a.price - b.price || (a.id < b.id ? -1 : 1));
      this.#ranked.set(set.key, known);
    }
    return known;
  }

  figures(set: GoodsSet): GoodsFigures {
    let known = this.#figures.get(set.key);
    if (known === undefined) {
      known = figuresOf(this.offersOf(set));
      this.#figures.set(set.key, known);
    }
    return known;
  }

  #note(offer: Offer, place: number): void {
    const vendor = offer.vendor === null ? [] : [`vendor ${offer.vendor}`];
    const keys = [`offer ${offer.id}`, `group ${offer.groupId}`, ...vendor];
    for (const key of [...keys, ...offer.categoryIds.map((id) => `category ${id}`)]) {
      const places = this.#positions.get(key);
      if (places === undefined) this.#positions.set(key, [place]);
      else places.push(place);
    }
  }

  #make(key: string, test: GoodsTest | null, goods: Goods | undefined): GoodsSet {
    const { offers } = this;
    if (offers === null) return { key, bits: null, size: isCertainlyEmpty(goods) ? 0 : null };
    const bits = new Uint32Array(Math.ceil(offers.length / 32));
    const keys = keysOfGoods(goods);
    const places =
      keys === null
        ? offers.keys()
        : new Set(keys.values.flatMap((value) => this.#positions.get(`${keys.kind} ${value}`) ?? []));
    let size = 0;
    for (const place of places) {
      if (test !== null && !test(offers[place] as Offer)) continue;
      bits[place >> 5] = (bits[place >> 5] as number) | (1 << (place & 31));
      size += 1;
    }
    return { key, bits, size };
  }
}

function figuresOf(offers: readonly Offer[]): GoodsFigures {
  let [lowestPrice, highestPrice, fractional, available, forbidden] = [Number.POSITIVE_INFINITY, 0, 0, 0, 0];
  let stock: number | null = 0;
  for (const offer of offers) {
    lowestPrice = Math.min(lowestPrice, offer.price);
    highestPrice = Math.max(highestPrice, offer.price);
    if (offer.step !== null) fractional += 1;
    if (offer.isAvailable) available += 1;
    if (offer.codeCap === 0) forbidden += 1;
    stock = stock === null || offer.stock === null ? null : stock + offer.stock;
  }
  const count = offers.length;
  return {
    lowestPrice: count === 0 ? 0 : lowestPrice,
    highestPrice,
    isAllFractional: count > 0 && fractional === count,
    hasFractional: fractional > 0,
    available,
    stock,
    isCodeForbidden: count > 0 && forbidden === count,
  };
}

const LISTS = ["offers", "groups", "categories", "vendors"] as const;

/** True when the words themselves leave nothing, whatever the catalogue holds. */
function isCertainlyEmpty(goods: Goods | undefined): boolean {
  if (goods === undefined) return false;
  const { price, any, all, not } = goods;
  if (LISTS.some((key) => goods[key]?.length === 0)) return true;
  const reader = new AuthoredReader(UTC);
  if (price?.from !== undefined && price.to !== undefined) {
    if (reader.roubles(price.from, "") > reader.roubles(price.to, "")) return true;
  }
  if (any?.every(isCertainlyEmpty)) return true;
  if (all?.some(isCertainlyEmpty)) return true;
  return not !== undefined && excludesAll(goods, not);
}

/** True when whoever carries the keys of `goods` carries those of `not`, too. */
function excludesAll(goods: Goods, not: Goods): boolean {
  const keys = Object.keys(not) as (keyof Goods)[];
  return keys.every((key) => {
    if (key === "hasOldPrice") return goods.hasOldPrice === not.hasOldPrice;
    const list = LISTS.find((each) => each === key);
    if (list === undefined) return false;
    const out = not[list] ?? [];
    return goods[list]?.every((value) => out.includes(value)) ?? false;
  });
}
