// A lot: points that came together and live equally long. Every debit names the lots it used.
import type { Instant } from "../basics/index.ts";
import { type Points, points } from "../money/index.ts";

/** How a lot came to be: earned by an order, an opening balance, a correction, or given back with a new expiry. */
export type LotKind = "earned" | "opening" | "correction" | "returned";

/** A lot as it stands. What is neither pending, available nor held was spent, has expired or was taken back. */
export interface Lot {
  readonly id: string;
  readonly customerId: string;
  readonly kind: LotKind;
  /** The order that earned it (or gave it back); null otherwise. */
  readonly orderId: string | null;
  /** Points it was made with. */
  readonly amount: Points;
  readonly pending: Points;
  readonly available: Points;
  readonly held: Points;
  /** Points of it that ended by time. */
  readonly expired: Points;
  readonly activeFrom: Instant;
  /** Null: never. At this very instant it is expired. */
  readonly expiresAt: Instant | null;
  readonly createdAt: Instant;
}

/** What a new lot is made of; its points come with the movement that makes it. */
export type NewLot = Pick<
  Lot,
  "id" | "customerId" | "kind" | "orderId" | "amount" | "activeFrom" | "expiresAt" | "createdAt"
>;

/** So many points of a lot. */
export interface Take {
  readonly lotId: string;
  readonly amount: Points;
}

/** Has its time ended at `at`? */
export function isExpired(lot: Pick<Lot, "expiresAt">, at: Instant): boolean {
  return lot.expiresAt !== null && lot.expiresAt <= at;
}

/** Points of the lot that may be spent at `at`, whether or not anybody has noted yet that it became active. */
export function spendableOf(lot: Lot, at: Instant): Points {
  return points(lot.activeFrom > at || isExpired(lot, at) ? 0 : lot.available + lot.pending);
}

/** Points of all the lots that may be spent at `at`. */
export function spendable(lots: readonly Lot[], at: Instant): Points {
  return points(lots.reduce((sum, lot) => sum + spendableOf(lot, at), 0));
}

/** The order in which lots are used: first to expire first, then the oldest, then by id. */
export function compareLots(left: Lot, right: Lot): number {
  const [one, two] = [
    left.expiresAt ?? Number.POSITIVE_INFINITY,
    right.expiresAt ?? Number.POSITIVE_INFINITY,
  ];
  if (one !== two) return one < two ? -1 : 1;
  if (left.createdAt !== right.createdAt) return left.createdAt - right.createdAt;
  return left.id < right.id ? -1 : 1;
}

/** Takes up to `amount` available points from active lots that have not expired; less only where there is less. */
export function draw(lots: readonly Lot[], amount: number, at: Instant): Take[] {
  const takes: Take[] = [];
  let left = amount;
  for (const lot of [...lots].sort(compareLots)) {
    if (left === 0) break;
    if (lot.activeFrom > at || isExpired(lot, at)) continue;
    const taken = Math.min(left, lot.available);
    if (taken === 0) continue;
    takes.push({ lotId: lot.id, amount: points(taken) });
    left -= taken;
  }
  return takes;
}

/** Points of all the takes. */
export function sumOf(takes: readonly Take[]): Points {
  return points(takes.reduce((sum, take) => sum + take.amount, 0));
}
