// What time does to points, written down in time: pending ones become active, active ones expire, forgotten holds lapse.
import type { Instant } from "../core/basics/index.ts";
import type { LoyaltyTerms } from "../core/loyalty/index.ts";
import { customersActivating, customersExpiring, overdueHolds, type Tx } from "../storage/index.ts";
import { releasePoints } from "./hold-points.ts";
import type { House } from "./house.ts";
import { settlePoints } from "./settle-points.ts";

/** Most lots or holds looked up at once. */
const HANDFUL = 200;

/** Customers settled in one transaction: their orders wait for it. */
const TOGETHER = 5;

/** Most handfuls of one run; the rest waits for the next. */
const MOST_HANDFULS = 500;

/** How far a run came. */
export interface PointsRun {
  /** Customers, or holds. */
  readonly settled: number;
}

/**
 * Writes down which pending points have become active. Balances of carts do not wait for it: they look at the lots' own
 * dates. A clock that went back makes nothing happen twice, since a point can become active or expire only once.
 */
export function activatePoints(house: House, signal?: AbortSignal): Promise<PointsRun> {
  return settleAll(house, customersActivating, signal);
}

/** Writes down which points have expired; held ones wait for the end of their order. */
export function expirePoints(house: House, signal?: AbortSignal): Promise<PointsRun> {
  return settleAll(house, customersExpiring, signal);
}

async function settleAll(
  house: House,
  due: (tx: Tx, at: Instant, limit: number) => Promise<readonly string[]>,
  signal: AbortSignal | undefined,
): Promise<PointsRun> {
  const at = house.now();
  let settled = 0;
  for (let handful = 0; handful < MOST_HANDFULS; handful += 1) {
    const customers = await house.database.read((tx) => due(tx, at, HANDFUL));
    if (customers.length === 0) break;
    for (let from = 0; from < customers.length; from += TOGETHER) {
      if (signal?.aborted === true) return { settled };
      const some = customers.slice(from, from + TOGETHER);
      await house.database.transaction(async (tx) => {
        for (const customerId of some) await settlePoints(tx, house, customerId, at);
      });
      settled += some.length;
    }
  }
  return { settled };
}

/** Gives back what is held for orders of which nothing was heard for the programme's time. */
export async function releaseStaleHolds(
  house: House,
  terms: LoyaltyTerms,
  signal?: AbortSignal,
): Promise<PointsRun> {
  const at = house.now();
  let settled = 0;
  for (let handful = 0; handful < MOST_HANDFULS; handful += 1) {
    const orders = await house.database.read((tx) => overdueHolds(tx, at, HANDFUL));
    if (orders.length === 0) break;
    for (const orderId of orders) {
      if (signal?.aborted === true) return { settled };
      const ended = await house.database.transaction((tx) =>
        releasePoints(tx, house, { orderId, at, terms, isLapse: true }),
      );
      if (ended.kind === "done") settled += 1;
    }
  }
  return { settled };
}
