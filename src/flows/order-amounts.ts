// What an order is worth, in the names of our API: the same wherever orders are told.
import type { StoredOrder } from "../storage/index.ts";

/** Amounts in kopecks and points; null: never told. Of an order of which nothing came back, 0 did. */
export function orderAmounts(order: StoredOrder) {
  return {
    grossMinor: order.grossMinor,
    discountMinor: order.discountMinor,
    totalMinor: order.totalMinor,
    byPointsMinor: order.byPointsMinor,
    pointsSpent: order.pointsSpent,
    pointsEarned: order.pointsEarned,
    deliveryMinor: order.deliveryMinor,
    returnedMinor: order.returnedMinor ?? 0,
    refundedMinor: order.refundedMinor ?? 0,
  };
}
