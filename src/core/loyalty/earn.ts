// Points come in: earned by an order, pending until the time to return its goods is over.
import { assert, type Instant } from "../basics/index.ts";
import type { Points } from "../money/index.ts";
import type { NewLot } from "./lot.ts";
import type { Posting } from "./posting.ts";

/** A lot about to be earned. */
export interface Earning {
  readonly lotId: string;
  readonly customerId: string;
  readonly orderId: string;
  readonly amount: Points;
  readonly activeFrom: Instant;
  readonly expiresAt: Instant | null;
}

/** Issues points: pending until they become active. Throws AssertionFailed where they would expire before that. */
export function decideEarn(earning: Earning, at: Instant): Posting {
  const { lotId, customerId, orderId, amount, activeFrom, expiresAt } = earning;
  assert(expiresAt === null || expiresAt > activeFrom, "points become active before they expire");
  const lot: NewLot = {
    id: lotId,
    customerId,
    kind: "earned",
    orderId,
    amount,
    activeFrom,
    expiresAt,
    createdAt: at,
  };
  const to = activeFrom > at ? "pending" : "available";
  return { kind: "earn", newLots: [lot], pairs: [{ from: "issued", to, lotId, amount, customerId }] };
}
