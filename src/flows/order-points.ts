// An order's points on their way: held at placement, spent and earned when it is bought, given back when it is not.
import type { Instant } from "../core/basics/index.ts";
import { DEFAULT_TERMS, holdEnd, type LoyaltyTerms, lotTimes } from "../core/loyalty/index.ts";
import { type Points, points } from "../core/money/index.ts";
import type { StoredOrder, Tx } from "../storage/index.ts";
import { earnPoints } from "./earn-points.ts";
import { capturePoints, holdPoints, type PointsHeld, releasePoints } from "./hold-points.ts";
import type { House } from "./house.ts";
import { returnPoints } from "./return-points.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** Terms in force; those of a shop that never had a programme where there is none. */
export async function loyaltyTerms(rules: Pick<RuleShelf, "current">): Promise<LoyaltyTerms> {
  return (await rules.current()).programme ?? DEFAULT_TERMS;
}

/** Holds what the customer pays with points. */
export function holdOrderPoints(
  tx: Tx,
  house: House,
  terms: LoyaltyTerms | null,
  order: {
    readonly orderId: string;
    readonly customerId: string;
    readonly amount: Points;
    readonly at: Instant;
  },
): Promise<PointsHeld> {
  return holdPoints(tx, house, { ...order, releaseAt: holdEnd(terms ?? DEFAULT_TERMS, order.at) });
}

/** The order is bought: what is held is spent, what it earned is issued (less what came back), pending at first. */
export async function settleOrderPoints(
  tx: Tx,
  house: House,
  terms: LoyaltyTerms,
  order: StoredOrder,
  change: { readonly earnedBack: number; readonly at: Instant },
): Promise<void> {
  const { at, earnedBack } = change;
  const ended = await capturePoints(tx, house, { orderId: order.id, at });
  if (ended.kind === "done" && ended.missing > 0)
    house.alarm("order_points_missing", { orderId: order.id, missing: ended.missing });
  const earned = Math.max((order.pointsEarned ?? 0) - earnedBack, 0);
  if (order.customerId === null || earned === 0) return;
  await earnPoints(tx, house, {
    orderId: order.id,
    customerId: order.customerId,
    amount: points(earned),
    ...lotTimes(terms, at),
    at,
  });
}

/** The order is not bought: what is held goes back. */
export async function releaseOrderPoints(
  tx: Tx,
  house: House,
  terms: LoyaltyTerms,
  orderId: string,
  at: Instant,
): Promise<void> {
  await releasePoints(tx, house, { orderId, at, terms });
}

/** Goods come back: points that paid for them return, points that they brought go. */
export async function returnOrderPoints(
  tx: Tx,
  house: House,
  terms: LoyaltyTerms,
  given: {
    readonly orderId: string;
    readonly returnId: string;
    readonly spentBack: Points;
    readonly earnedBack: Points;
    readonly at: Instant;
  },
): Promise<void> {
  if (given.spentBack + given.earnedBack === 0) return;
  await returnPoints(tx, house, { ...given, terms });
}
