// What time alone does to points: pending ones become active, active ones expire. Held points wait for their order.
import type { Instant } from "../basics/index.ts";
import { points } from "../money/index.ts";
import { isExpired, type Lot } from "./lot.ts";
import { afterPairs, type Pair, type Posting } from "./posting.ts";

/** Postings that are due at `at`, and the lots after them. A clock that goes back makes nothing due a second time. */
export interface Settlement {
  readonly postings: readonly Posting[];
  readonly lots: readonly Lot[];
}

/** Decides what is due. */
export function settle(lots: readonly Lot[], at: Instant): Settlement {
  const activated = lots.flatMap((lot): Pair[] =>
    lot.pending > 0 && lot.activeFrom <= at ? [pairOf(lot, "pending", "available", lot.pending)] : [],
  );
  const active = afterPairs(lots, activated);
  const ended = active.flatMap((lot): Pair[] =>
    lot.available > 0 && isExpired(lot, at) ? [pairOf(lot, "available", "expired", lot.available)] : [],
  );
  const postings: Posting[] = [];
  if (activated.length > 0) postings.push({ kind: "activate", newLots: [], pairs: activated });
  if (ended.length > 0) postings.push({ kind: "expire", newLots: [], pairs: ended });
  return { postings, lots: afterPairs(active, ended) };
}

function pairOf(lot: Lot, from: "pending" | "available", to: "available" | "expired", amount: number): Pair {
  return { from, to, lotId: lot.id, amount: points(amount), customerId: lot.customerId };
}
