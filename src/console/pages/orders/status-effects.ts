// What a new status would do to points, limits and money: told before it is set. The same rules as the server's.
import type { orderDeskCalls } from "../../../contract/index.ts";
import type { AnswerOf } from "../../calls.ts";
import type { Order } from "./order-words.tsx";

/** What came of an order elsewhere. */
export type Trail = AnswerOf<typeof orderDeskCalls.getOrderTrail>;

/** One consequence, in the words orders.effect.<kind>. */
export type Effect =
  | { readonly kind: "release" | "capture" | "recapture" | "earn"; readonly points: number }
  | { readonly kind: "refund"; readonly minor: number }
  | { readonly kind: "uses"; readonly count: number }
  | { readonly kind: "ask" | "nothing" | "push" | "final" };

/** What of the order its effects depend on. */
export type Affected = Pick<
  Order,
  | "isPaid"
  | "totalMinor"
  | "byPointsMinor"
  | "deliveryMinor"
  | "refundedMinor"
  | "pointsEarned"
  | "customerId"
  | "rating"
  | "returns"
>;

/** Points that the order brings once it is done: of what came back nothing is earned. */
export function pointsToEarn({ pointsEarned, returns, customerId }: Affected): number {
  if (customerId === null) return 0;
  return Math.max((pointsEarned ?? 0) - returns.reduce((sum, { pointsTaken }) => sum + pointsTaken, 0), 0);
}

/** Uses of promotions that have limits; the others are kept for reports only. */
export function usesCounted({ uses }: Trail): Trail["uses"] {
  return uses.filter(({ counters }) => counters.length > 0);
}

/** Money that was paid and has not gone back, kopecks. */
export function moneyPaid({ totalMinor, byPointsMinor, deliveryMinor, refundedMinor }: Affected): number {
  return (totalMinor ?? 0) - (byPointsMinor ?? 0) + (deliveryMinor ?? 0) - refundedMinor;
}

/** What setting `status` would do, in the order in which it matters. */
export function effectsOf(order: Affected, trail: Trail, status: string): readonly Effect[] {
  const told: readonly Effect[] = trail.isPushed ? [{ kind: "push" }] : [];
  if (status === "done") return [...boughtEffects(order, trail), ...told, { kind: "final" }];
  if (status === "canceled" || status === "closed")
    return [...unboughtEffects(order, trail), ...told, { kind: "final" }];
  return [{ kind: "nothing" }, ...told];
}

function boughtEffects(order: Affected, { hold }: Trail): Effect[] {
  const effects: Effect[] = [];
  if (hold?.state === "held") effects.push({ kind: "capture", points: hold.points });
  if (hold?.state === "lapsed") effects.push({ kind: "recapture", points: hold.points });
  const earned = pointsToEarn(order);
  if (earned > 0) effects.push({ kind: "earn", points: earned });
  if (order.rating === null) effects.push({ kind: "ask" });
  return effects;
}

function unboughtEffects(order: Affected, trail: Trail): Effect[] {
  const { hold } = trail;
  const effects: Effect[] = [];
  if (order.isPaid === true && moneyPaid(order) > 0)
    effects.push({ kind: "refund", minor: moneyPaid(order) });
  if (hold?.state === "held") effects.push({ kind: "release", points: hold.points });
  const count = usesCounted(trail).filter(({ releasedAt }) => releasedAt === null).length;
  if (count > 0) effects.push({ kind: "uses", count });
  return effects.length === 0 ? [{ kind: "nothing" }] : effects;
}
