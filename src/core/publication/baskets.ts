// Goods that meet all demands on sums and counts: the proof that none can, and a basket that tries to.
import type { Offer } from "../pricing/index.ts";
import type { GoodsBook, GoodsSet } from "./catalogue.ts";
import type { Clause, DemandOf, Measure } from "./clauses.ts";

/** A demand on goods. */
export type GoodsDemand = DemandOf<"goods">;

/** Why no basket can be: the demands that exclude each other, or the one that its goods cannot meet. */
export interface GoodsClash {
  readonly paths: readonly string[];
  /** The one demand that no cart meets, with the most that is possible; null where several clash. */
  readonly alone: { readonly demand: GoodsDemand; readonly most: number } | null;
}

interface Bound {
  value: number;
  paths: readonly string[];
}

interface Bounds {
  readonly set: GoodsSet;
  readonly least: Record<Measure, Bound>;
  readonly most: Record<Measure, Bound>;
}

const MEASURES: readonly Measure[] = ["list", "left", "quantity", "distinct"];

const bounds = (value: number): Record<Measure, Bound> => ({
  list: { value, paths: [] },
  left: { value, paths: [] },
  quantity: { value, paths: [] },
  distinct: { value, paths: [] },
});

/** The demands on goods of a clause. */
export function goodsOf(clause: Clause): readonly GoodsDemand[] {
  return clause.filter((demand): demand is GoodsDemand => demand.kind === "goods");
}

/** The proof that no basket meets the demands; null: none was found. */
export function findClash(demands: readonly GoodsDemand[], book: GoodsBook): GoodsClash | null {
  for (const demand of demands) {
    const alone = mostOf(demand, book);
    if (alone !== null && demand.span.least > alone)
      return { paths: [demand.path], alone: { demand, most: alone } };
    if (demand.span.most < 0) return { paths: [demand.path], alone: null };
  }
  const all = boundsOf(demands, book);
  for (const upper of all)
    for (const measure of MEASURES) {
      const limit = upper.most[measure];
      if (limit.value === Number.POSITIVE_INFINITY) continue;
      const clash = exceed(all, upper, measure, limit, book);
      if (clash !== null) return { paths: clash, alone: null };
    }
  return null;
}

/** What the goods of a demand can give at most, whatever the cart; null: no end to it. */
function mostOf({ measure, of }: GoodsDemand, book: GoodsBook): number | null {
  if (of.size === null) return null;
  if (of.size === 0 || measure === "distinct") return of.size;
  return measure !== "quantity" && book.figures(of).highestPrice === 0 ? 0 : null;
}

function boundsOf(demands: readonly GoodsDemand[], book: GoodsBook): Bounds[] {
  const all = new Map<string, Bounds>();
  for (const { of, measure, span, path } of demands) {
    let own = all.get(of.key);
    if (own === undefined) {
      own = { set: of, least: bounds(0), most: bounds(Number.POSITIVE_INFINITY) };
      all.set(of.key, own);
    }
    raise(own.least[measure], span.least, [path]);
    lower(own.most[measure], span.most, [path]);
  }
  for (const own of all.values()) derive(own, book);
  return [...all.values()];
}

function raise(bound: Bound, value: number, paths: readonly string[]): void {
  if (value > bound.value) Object.assign(bound, { value, paths });
}

function lower(bound: Bound, value: number, paths: readonly string[]): void {
  if (value < bound.value) Object.assign(bound, { value, paths });
}

/** What one measure says of the others, of the same goods. */
function derive({ set, least, most }: Bounds, book: GoodsBook): void {
  const figures = set.size === null ? null : book.figures(set);
  const unit = figures === null || figures.hasFractional ? 1 : 1000;
  raise(least.list, least.left.value, least.left.paths);
  for (const measure of ["list", "distinct"] as const) {
    if (least[measure].value > 0) raise(least.quantity, unit, least[measure].paths);
  }
  raise(least.quantity, least.distinct.value * unit, least.distinct.paths);
  raise(least.quantity, Math.ceil(least.quantity.value / unit) * unit, least.quantity.paths);
  if (least.quantity.value > 0) raise(least.distinct, 1, least.quantity.paths);
  // A fraction's price is rounded line by line, so only whole units make a certain sum.
  if (unit === 1000) {
    const price = figures?.lowestPrice ?? 0;
    raise(least.list, (least.quantity.value / 1000) * price, least.quantity.paths);
  }
  lower(most.left, most.list.value, most.list.paths);
  for (const measure of ["quantity", "distinct"] as const) {
    const isNone = most[measure].value < (measure === "quantity" ? unit : 1);
    if (isNone) for (const each of MEASURES) lower(most[each], 0, most[measure].paths);
  }
}

/** Demands within `upper` that do not overlap and together ask for more than it allows. */
function exceed(
  all: readonly Bounds[],
  upper: Bounds,
  measure: Measure,
  limit: Bound,
  book: GoodsBook,
): readonly string[] | null {
  const inside = all
    .filter(({ set, least }) => least[measure].value > 0 && book.isWithin(set, upper.set))
    .sort((a, b) => b.least[measure].value - a.least[measure].value);
  const taken: Bounds[] = [];
  let sum = 0;
  for (const each of inside) {
    if (!taken.every(({ set }) => book.isApart(set, each.set))) continue;
    taken.push(each);
    sum += each.least[measure].value;
  }
  if (sum <= limit.value) return null;
  return [...new Set([...taken.flatMap(({ least }) => least[measure].paths), ...limit.paths])];
}

/** Goods of a cart: thousandths by offer id. */
export type Basket = ReadonlyMap<string, number>;

/** How a basket is filled. */
export interface Filling {
  /** An offer to take wherever it fits. */
  readonly favourite: Offer | null;
  /** Which of several goods: 0 the cheapest, 1 the dearest. */
  readonly rank: number;
  /** Sums measured after discounts are met this many times over. */
  readonly slack: number;
}

/** A basket that meets the demands, as far as simple filling finds one; null: it did not. */
export function fillBasket(
  demands: readonly GoodsDemand[],
  book: GoodsBook,
  filling: Filling,
): Basket | null {
  const basket = new Map<string, number>();
  const order = [...demands].sort((a, b) => (a.of.size ?? 0) - (b.of.size ?? 0) || rankOf(a) - rankOf(b));
  for (const demand of order) if (!meet(demand, basket, book, filling)) return null;
  for (const demand of demands) {
    const value = measureOf(demand, basket, book);
    const isMet = value >= demand.span.least && (value <= demand.span.most || demand.measure === "left");
    if (!isMet) return null;
  }
  return basket.size === 0 ? null : basket;
}

function rankOf({ measure }: GoodsDemand): number {
  return measure === "distinct" ? 0 : measure === "quantity" ? 1 : 2;
}

/** What the basket gives a demand, at list prices. */
export function measureOf({ of, measure }: GoodsDemand, basket: Basket, book: GoodsBook): number {
  let sum = 0;
  for (const [id, count] of basket) {
    const offer = book.byId.get(id) as Offer;
    if (!book.contains(of, id)) continue;
    if (measure === "distinct") sum += 1;
    else sum += measure === "quantity" ? count : Math.floor((offer.price * count) / 1000);
  }
  return sum;
}

function meet(demand: GoodsDemand, basket: Map<string, number>, book: GoodsBook, filling: Filling): boolean {
  const { of, measure, span } = demand;
  const wanted = measure === "left" ? span.least * filling.slack : span.least;
  const goods = preferred(of, basket, book, filling);
  for (const offer of goods) {
    const lack = wanted - measureOf(demand, basket, book);
    if (lack <= 0) return true;
    if (measure === "distinct" && basket.has(offer.id)) continue;
    const step = offer.step ?? 1000;
    const missing = measure === "distinct" ? 1 : measure === "quantity" ? lack : (lack * 1000) / offer.price;
    const room = (offer.stock ?? 100_000_000) - (basket.get(offer.id) ?? 0);
    const count = Math.min(Math.ceil(missing / step), Math.floor(room / step)) * step;
    if (count > 0) basket.set(offer.id, (basket.get(offer.id) ?? 0) + count);
  }
  return wanted - measureOf(demand, basket, book) <= 0;
}

/** Goods looked at for one demand. */
const MOST_TRIED = 60;

/** What to take first: the favourite, what lies in the basket already, then by price. */
function preferred(
  of: GoodsSet,
  basket: Basket,
  book: GoodsBook,
  { favourite, rank }: Filling,
): readonly Offer[] {
  const sale = book.onSale(of);
  const place = Math.round(rank * (sale.length - 1));
  const from = Math.max(0, Math.min(place, sale.length - MOST_TRIED));
  const some = [...sale.slice(place, place + MOST_TRIED), ...sale.slice(from, place).reverse()];
  const first = [...new Set([favourite?.id ?? "", ...basket.keys()])].flatMap((id) => {
    const offer = book.byId.get(id);
    return offer !== undefined && book.contains(of, id) ? [offer] : [];
  });
  return [...first, ...some.filter((offer) => !first.includes(offer))];
}
