// A shopper asks that their order be kept longer at the pickup point: as often and as long as the shop allows.
import { changeOrder, claimOrder, type StoredOrder } from "../storage/index.ts";
import { statusOf } from "./change-order-status.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";

/** How storage is extended; see the configuration manual. */
export interface StorageTerms {
  /** Days that one extension adds; 0: none is given. */
  readonly days: number;
  /** Extensions of one order. */
  readonly most: number;
}

/** The deadline as it is after the wish; `mayAgain`: another extension would be given. */
export type StorageOutcome =
  | {
      readonly kind: "extended" | "unchanged";
      readonly storageUntil: string;
      readonly mayAgain: boolean;
    }
  | { readonly kind: "refused"; readonly reason: "order_unknown" | "not_stored" };

/** Whether another extension would be given. */
export function mayExtend(order: StoredOrder, { days, most }: StorageTerms): boolean {
  return (
    statusOf(order) === "ready_for_pickup" &&
    order.storageUntil !== null &&
    days > 0 &&
    (order.storageExtensions ?? 0) < most
  );
}

/** Extends the storage; where no more is given, the deadline is told as it stands. */
export async function extendStorage(
  house: House,
  orderId: string,
  terms: StorageTerms,
): Promise<StorageOutcome> {
  const at = house.now();
  return house.database.transaction(async (tx): Promise<StorageOutcome> => {
    const order = await claimOrder(tx, orderId);
    if (order === null) return { kind: "refused", reason: "order_unknown" };
    if (order.storageUntil === null || statusOf(order) !== "ready_for_pickup")
      return { kind: "refused", reason: "not_stored" };
    if (!mayExtend(order, terms))
      return { kind: "unchanged", storageUntil: order.storageUntil, mayAgain: false };
    const storageUntil = plusDays(order.storageUntil, terms.days);
    const storageExtensions = (order.storageExtensions ?? 0) + 1;
    await changeOrder(tx, orderId, { storageUntil, storageExtensions, updatedAt: at });
    const body = { id: orderId, storageUntil };
    await noteEvent(tx, house, { kind: "order.changed", subject: { type: "order", id: orderId }, body, at });
    return {
      kind: "extended",
      storageUntil,
      mayAgain: mayExtend({ ...order, storageUntil, storageExtensions }, terms),
    };
  });
}

/** A calendar day later by `days`; dates have no zone. */
function plusDays(date: string, days: number): string {
  const at = Date.parse(`${date}T00:00:00Z`) + days * 86_400_000;
  return new Date(at).toISOString().slice(0, 10);
}
