// The life of an order: which status may follow which, and what a change means for promo codes, limits and points.

/** Every status, in the order in which an order usually goes through them. */
export const ORDER_STATUSES = [
  "placed",
  "processing",
  "ready_to_dispatch",
  "dispatched",
  "ready_for_pickup",
  "delivered",
  "done",
  "canceled",
  "closed",
] as const;

/** `done`: bought; `closed`: ended unbought; these two and `canceled` are final. */
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Whose word it is: the shop's own systems may say anything, the shopper's app only what a shopper may. */
export type StatusSide = "shop" | "app";

/** What the change does to points and uses: bought captures the hold and earns; unbought gives both back. */
export type StatusEffect = "none" | "bought" | "unbought";

/** What a wished status leads to. */
export type StatusDecision =
  | { readonly kind: "changed"; readonly status: OrderStatus; readonly effect: StatusEffect }
  /** It is so already: nothing to do, and no error. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "refused"; readonly reason: "order_final" | "not_cancellable" | "status_backward" };

const EFFECTS: Readonly<Record<OrderStatus, StatusEffect>> = {
  placed: "none",
  processing: "none",
  ready_to_dispatch: "none",
  dispatched: "none",
  ready_for_pickup: "none",
  delivered: "none",
  done: "bought",
  canceled: "unbought",
  closed: "unbought",
};

/** Whether `text` names a status. */
export function isOrderStatus(text: string): text is OrderStatus {
  return Object.hasOwn(EFFECTS, text);
}

/** Whether no other status can follow. */
export function isFinal(status: OrderStatus): boolean {
  return EFFECTS[status] !== "none";
}

/**
 * Decides. A shop may correct itself backwards; an app may not, and it may end an order unbought only while the status
 * is in `cancellable`. What ended unbought stays so under either name: the other one changes nothing.
 */
export function decideStatus(
  now: OrderStatus,
  wished: OrderStatus,
  side: StatusSide,
  cancellable: readonly OrderStatus[],
): StatusDecision {
  const effect = EFFECTS[wished];
  if (now === wished || (effect === "unbought" && EFFECTS[now] === "unbought")) return { kind: "unchanged" };
  if (isFinal(now)) return { kind: "refused", reason: "order_final" };
  if (side === "app") {
    if (effect === "unbought" && !cancellable.includes(now))
      return { kind: "refused", reason: "not_cancellable" };
    if (ORDER_STATUSES.indexOf(wished) < ORDER_STATUSES.indexOf(now))
      return { kind: "refused", reason: "status_backward" };
  }
  return { kind: "changed", status: wished, effect };
}
