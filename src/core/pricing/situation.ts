// What one calculation looks at: the cart's goods pooled by offer, the facts, and the shop's clock read once.
import type { Cart } from "./cart.ts";
import type { WallClock, Zone } from "./clock.ts";
import type { Facts, Offer } from "./facts.ts";

/** A line's part in the pool of its offer. */
export interface PooledLine {
  /** Position in the cart. */
  readonly lineIndex: number;
  /** Whole units, or thousandths where the offer is sold by fraction. */
  readonly size: number;
  /** Kopecks. */
  readonly gross: number;
}

/** All counted goods of one offer. Promotions see pools only, so how a cart is split into lines changes nothing. */
export interface Pool {
  readonly offer: Offer;
  readonly isFractional: boolean;
  /** Whole units; 0 where the offer is sold by fraction. */
  readonly units: number;
  /** Thousandths. */
  readonly quantity: number;
  /** Kopecks, the sum of the lines' grosses. */
  readonly gross: number;
  /** Largest first, then by position: extra kopecks go to the first, free units to the last. */
  readonly lines: readonly PooledLine[];
}

/** One calculation's surroundings, the same for every combination that is tried. */
export interface Situation {
  readonly cart: Cart;
  readonly facts: Facts;
  readonly at: number;
  /** By offer id, the stable order of every tie. */
  readonly pools: readonly Pool[];
  /** List money of each pool. */
  readonly gross: readonly number[];
  /** The shop's clock, read when a condition first asks. */
  clock(): WallClock;
}

/** The surroundings of a calculation at instant `at` in the shop's zone. */
export function situationOf(
  cart: Cart,
  facts: Facts,
  at: number,
  zone: Zone,
  pools: readonly Pool[],
): Situation {
  let clock: WallClock | null = null;
  const gross: number[] = [];
  for (let index = 0; index < pools.length; index += 1) gross.push((pools[index] as Pool).gross);
  return {
    cart,
    facts,
    at,
    pools,
    gross,
    clock: () => {
      clock ??= zone.wallClock(at);
      return clock;
    },
  };
}
