// Two customers become one: the points of the one go to the other, lot by lot, held ones and their orders with them.
import { assert, type Instant } from "../core/basics/index.ts";
import { decideTransfer } from "../core/loyalty/index.ts";
import { type Points, points } from "../core/money/index.ts";
import {
  filledLots,
  lockPoints,
  moveHolds,
  moveLots,
  movePointsRequests,
  openPoints,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { postPoints } from "./settle-points.ts";

/** Whose points go to whom. */
export interface TransferRequest {
  readonly from: string;
  readonly to: string;
  readonly at: Instant;
  readonly actor?: string | null;
  readonly reason?: string | null;
}

/** What went over; a second call finds nothing left and moves nothing. */
export interface PointsTransferred {
  readonly pending: Points;
  readonly available: Points;
  readonly held: Points;
}

/**
 * Gives all points of `from` to `to`: each lot keeps its dates, orders that hold, spent or earned points go on with the new
 * customer. Movements that were made before stay under the name they were made for.
 */
export async function transferPoints(
  tx: Tx,
  house: House,
  request: TransferRequest,
): Promise<PointsTransferred> {
  const { from, to, at, actor = null, reason = null } = request;
  assert(from !== to, "points go from one customer to another");
  // Always in the same order, or two merges could wait for each other.
  let giver: Awaited<ReturnType<typeof lockPoints>> = null;
  for (const id of [from, to].sort()) {
    if (id === from) giver = await lockPoints(tx, from);
    else await openPoints(tx, to);
  }
  if (giver === null) return { pending: points(0), available: points(0), held: points(0) };
  const posting = decideTransfer(await filledLots(tx, from), to);
  const note = { key: `transfer:${from}:${giver.revision}`, customerId: to, at, actor, reason };
  await postPoints(tx, house, posting, note);
  await moveLots(tx, from, to);
  await moveHolds(tx, from, to);
  await movePointsRequests(tx, from, to);
  return { pending: giver.pending, available: giver.available, held: giver.held };
}
