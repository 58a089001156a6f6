// Brings the app's cart and the kept one together: whoever is newer counts, in one transaction.
import {
  type AppLine,
  decideSync,
  NO_CART,
  type StoredCart,
  type SyncDate,
  type SyncDecision,
} from "../core/carts/index.ts";
import { claimStoredCart, readStoredCart, saveStoredCart } from "../storage/index.ts";
import type { House } from "./house.ts";

/** What to price and which date to answer; see `SyncDecision`. */
export type CartSync = SyncDecision & {
  /** The date lies after our clock: worth a word in the log. */
  readonly isFuture: boolean;
};

/**
 * Synchronises. `sent` are the lines the customer pays for, without gifts. A request that changes nothing writes
 * nothing, so the usual calculation costs one read.
 */
export async function syncCart(
  house: House,
  customerId: string,
  date: SyncDate | null,
  sent: readonly AppLine[],
): Promise<CartSync> {
  const now = house.now();
  const isFuture = date !== null && date.at > now;
  if (date === null) return { kind: "apart", isFuture };
  const seen = await house.database.read((tx) => readStoredCart(tx, customerId));
  const guess = decideSync(date, seen ?? NO_CART, sent, now);
  if (!writes(guess)) return { ...guess, isFuture };
  const decision = await house.database.transaction(async (tx) => {
    // Another device may have been faster since the look above, so it is decided again on the held cart.
    const decided = decideSync(date, await claimStoredCart(tx, customerId, now), sent, now);
    if (writes(decided)) await saveStoredCart(tx, customerId, decided.store, now);
    return decided;
  });
  return { ...decision, isFuture };
}

function writes(decision: SyncDecision): decision is SyncDecision & { readonly store: StoredCart } {
  return "store" in decision && decision.store !== null;
}
