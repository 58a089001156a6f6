// Points earned by an order: once, pending until the time to return its goods is over.
import type { Instant } from "../core/basics/index.ts";
import { decideEarn } from "../core/loyalty/index.ts";
import type { Points } from "../core/money/index.ts";
import { earnedLot, type Tx } from "../storage/index.ts";
import type { House } from "./house.ts";
import { postPoints, settleOpened } from "./settle-points.ts";

/** What an order earned. */
export interface EarnRequest {
  readonly orderId: string;
  readonly customerId: string;
  readonly amount: Points;
  /** See `lotTimes` of core/loyalty; `expiresAt` null: never, else after `activeFrom`. */
  readonly activeFrom: Instant;
  readonly expiresAt: Instant | null;
  readonly at: Instant;
}

/** Issued by this call, or by an earlier one (with what it issued). */
export type PointsEarned = { readonly kind: "earned" | "earned_before"; readonly amount: Points };

/** Issues what an order earned; once, whatever later calls say. Nothing earned leaves no trace. */
export async function earnPoints(tx: Tx, house: House, request: EarnRequest): Promise<PointsEarned> {
  const { orderId, customerId, amount, at } = request;
  if (amount === 0) return { kind: "earned", amount };
  await settleOpened(tx, house, customerId, at);
  const known = await earnedLot(tx, orderId);
  if (known !== null) return { kind: "earned_before", amount: known.amount };
  const posting = decideEarn({ ...request, lotId: house.newId() }, at);
  await postPoints(tx, house, posting, { key: `earn:${orderId}`, customerId, orderId, at });
  return { kind: "earned", amount };
}
