// Ways to add goods to a cart: more of what lies in it, or new goods of a set; each gives the pools that the cart would have.
import { grossHalfUp, type Minor, type Quantity } from "../money/index.ts";
import { compareIds } from "./compare.ts";
import type { Offer } from "./facts.ts";
import { MOST_QUANTITY } from "./reading.ts";
import type { Pool, Situation } from "./situation.ts";
import type { GoodsSet } from "./specimen.ts";

/** One way to add an amount (kopecks at list prices, thousandths of a unit, or different offers); null: it cannot be done. */
export interface Way {
  /** True when the amount is added to the kopeck and not in whole units. */
  readonly isExact: boolean;
  add(amount: number): readonly Pool[] | null;
}

/**
 * Ways to add money: new goods of the set for exactly the sum, new goods that carry the marks of those that are
 * discounted most, more units of the cheapest and of the dearest goods of the set that lie in the cart, and where
 * prices of single units matter (`isPicky`) a dozen units of something new, of which some may become free.
 */
export function waysToAddSum(
  of: GoodsSet,
  { pools }: Situation,
  money: readonly number[],
  isPicky: boolean,
): Way[] {
  const own = poolsOf(of, pools);
  const ways: Way[] = [];
  const plain = newcomer(of, own[0]?.offer);
  if (plain !== null) {
    ways.push(addingNew(plain, of, pools));
    if (isPicky && plain.step === null) ways.push(addingDozen(plain, of, pools));
  }
  const deepest = deepestOf(own, pools, money);
  if (deepest !== null && of.ids === null && of.test?.(renamed(deepest.offer, 0)) !== false)
    ways.push(addingNew(renamed(deepest.offer, 0), of, pools));
  for (const pool of extremes(own)) {
    ways.push({ isExact: false, add: (sum) => grown(pools, pool, thousandthsFor(pool.offer, sum)) });
  }
  return ways;
}

/** Ways to add thousandths of a unit: more of the cheapest, of the dearest, or new goods of the set. */
export function waysToAddQuantity(of: GoodsSet, { pools }: Situation): Way[] {
  const own = poolsOf(of, pools);
  const ways: Way[] = extremes(own).map((pool) => ({
    isExact: false,
    add: (quantity) => grown(pools, pool, toStep(pool.offer, quantity)),
  }));
  const fresh = newcomer(of, own[0]?.offer);
  if (fresh !== null) {
    const price = own[0]?.offer.price ?? Math.max(fresh.price, TYPICAL_PRICE);
    const offer = { ...fresh, price: clamped(price, of) as Minor };
    ways.push({ isExact: false, add: (quantity) => withNew(pools, offer, toStep(offer, quantity)) });
  }
  return ways;
}

/** The way to add units of one offer that lies in the cart. */
export function wayToGrow(pool: Pool, { pools }: Situation): Way {
  return { isExact: false, add: (quantity) => grown(pools, pool, toStep(pool.offer, quantity)) };
}

/** The way to add so many offers that the cart does not have, a unit of each. */
export function wayToAddDifferent(of: GoodsSet, { pools }: Situation): Way {
  const [cheapest] = poolsOf(of, pools);
  const price = clamped(cheapest?.offer.price ?? TYPICAL_PRICE, of) as Minor;
  return {
    isExact: false,
    add: (count) => {
      let all: readonly Pool[] | null = pools;
      const ids = of.ids?.filter((id) => !pools.some((pool) => pool.offer.id === id)) ?? null;
      if (ids !== null && ids.length < count) return null;
      for (let place = 0; place < count && all !== null; place += 1) {
        const pattern = of.pattern ?? cheapest?.offer;
        if (pattern === undefined) return null;
        const offer = {
          ...renamed(pattern, place),
          ...(ids === null ? {} : { id: ids[place] as string }),
          price,
        };
        all = of.test?.(offer) === false ? null : withNew(all, offer, toStep(offer, 1000));
      }
      return all;
    },
  };
}

/** What a unit is taken to cost where nothing in the cart tells, kopecks. */
export const TYPICAL_PRICE = 10_000;

/** Pools of the set, the cheapest unit first. */
export function poolsOf(of: GoodsSet, pools: readonly Pool[]): Pool[] {
  return pools
    .filter(({ offer }) => of.test === null || of.test(offer))
    .sort((a, b) => a.offer.price - b.offer.price || compareIds(a.offer.id, b.offer.id));
}

/** The cheapest and the dearest that cost anything. */
function extremes(own: readonly Pool[]): Pool[] {
  const priced = own.filter(({ offer }) => offer.price > 0);
  const [cheapest, dearest] = [priced[0], priced[priced.length - 1]];
  if (cheapest === undefined || dearest === undefined) return [];
  return cheapest === dearest ? [cheapest] : [cheapest, dearest];
}

function deepestOf(own: readonly Pool[], pools: readonly Pool[], money: readonly number[]): Pool | null {
  let deepest: Pool | null = null;
  let [left, gross] = [1, 1];
  for (const pool of own) {
    const now = money[pools.indexOf(pool)] as number;
    if (now * gross >= left * pool.gross) continue;
    deepest = pool;
    [left, gross] = [now, pool.gross];
  }
  return deepest;
}

/** An offer of the set under an id of its own; `like`: one that belongs, where the set could not be read. */
function newcomer(of: GoodsSet, like: Offer | undefined): Offer | null {
  const pattern = of.pattern ?? like;
  if (pattern === undefined) return null;
  if (of.ids !== null) return of.pattern;
  const offer = renamed(pattern, 0);
  return of.test?.(offer) === false ? null : offer;
}

/** Ids of made-up offers sort after all others and are nobody's. */
function renamed(offer: Offer, place: number): Offer {
  const id = `\u{10FFFF}${place}`;
  return { ...offer, id, groupId: offer.groupId === offer.id ? id : offer.groupId, step: null, stock: null };
}

function clamped(price: number, { priceFrom, priceTo }: GoodsSet): number {
  return Math.max(1, Math.min(Math.max(price, priceFrom), priceTo));
}

/** One unit at exactly the sum, or as many of the dearest allowed as reach it. */
function addingNew(offer: Offer, of: GoodsSet, pools: readonly Pool[]): Way {
  return {
    isExact: true,
    add: (sum) => {
      const price = clamped(sum, of);
      const units = Math.ceil(sum / price);
      const known = pools.find((pool) => pool.offer.id === offer.id);
      if (known !== undefined) return grown(pools, known, thousandthsFor(known.offer, sum));
      return withNew(pools, { ...offer, price: price as Minor }, units * 1000);
    },
  };
}

const DOZEN = 12;

function addingDozen(offer: Offer, of: GoodsSet, pools: readonly Pool[]): Way {
  return {
    isExact: true,
    add: (sum) => {
      const price = Math.ceil(sum / DOZEN);
      if (price !== clamped(price, of)) return null;
      return withNew(pools, { ...offer, price: price as Minor }, DOZEN * 1000);
    },
  };
}

function withNew(pools: readonly Pool[], offer: Offer, quantity: number): readonly Pool[] | null {
  const known = pools.find((pool) => pool.offer.id === offer.id);
  if (known !== undefined) return grown(pools, known, quantity);
  if (isBeyond(offer, quantity)) return null;
  const gross = grossHalfUp(offer.price, quantity as Quantity);
  const isFractional = offer.step !== null;
  const units = isFractional ? 0 : quantity / 1000;
  const pool: Pool = { offer, isFractional, units, quantity, gross, lines: [] };
  return [...pools, pool].sort((a, b) => compareIds(a.offer.id, b.offer.id));
}

/** More of one pool; null where the stock does not suffice, or no number of free goods makes up a sum. */
function grown(pools: readonly Pool[], pool: Pool, quantity: number): readonly Pool[] | null {
  const { offer } = pool;
  if (isBeyond(offer, quantity)) return null;
  if (offer.stock !== null && pool.quantity + quantity > offer.stock) return null;
  const more: Pool = {
    ...pool,
    units: pool.isFractional ? 0 : pool.units + quantity / 1000,
    quantity: pool.quantity + quantity,
    gross: pool.gross + grossHalfUp(offer.price, quantity as Quantity),
  };
  return pools.map((each) => (each === pool ? more : each));
}

/** Nobody adds goods for more than ten million roubles, or more than one line may hold. */
function isBeyond({ price }: Offer, quantity: number): boolean {
  return !(quantity <= MOST_QUANTITY && quantity * price <= 1_000_000_000_000);
}

/** The least quantity whose list price reaches the sum. */
function thousandthsFor(offer: Offer, sum: number): number {
  const step = offer.step ?? 1000;
  return Math.ceil((sum * 1000) / (offer.price * step)) * step;
}

function toStep({ step }: Offer, quantity: number): number {
  const unit = step ?? 1000;
  return Math.ceil(quantity / unit) * unit;
}
