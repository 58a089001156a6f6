// An order goes on, is bought or ends unbought: the status with all that it means for points, limits and those who listen.
import type { Instant } from "../core/basics/index.ts";
import { decideStatus, isOrderStatus, type OrderStatus, type StatusSide } from "../core/orders/index.ts";
import {
  addOrderStep,
  changeOrder,
  claimOrder,
  type OrderChange,
  returnsOfOrders,
  type StoredOrder,
  stepsOfOrder,
  type Tx,
} from "../storage/index.ts";
import { endUses } from "./group-uses.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";
import { loyaltyTerms, releaseOrderPoints, settleOrderPoints } from "./order-points.ts";
import { pushStatus } from "./push-status.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** What is wished of an order. */
export interface StatusWish {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly side: StatusSide;
  /** Why, in anybody's words; null: not said. */
  readonly reason: string | null;
  /** Last day of storage, YYYY-MM-DD; absent: as it is. */
  readonly storageUntil?: string | null;
  /** What the shopper is told with it; absent: what they were told before stays. */
  readonly message?: string;
  readonly trackingUrl?: string;
  /** Only when the payment changed; `paymentId` null: nothing is paid. */
  readonly payment?: { readonly paid: boolean; readonly paymentId: string | null };
}

/** Statuses in which a shopper may cancel by the app. */
export const CANCELLABLE: readonly OrderStatus[] = ["placed", "processing", "ready_to_dispatch"];

/** What became of the wish. */
export type StatusOutcome =
  | { readonly kind: "changed" | "unchanged"; readonly status: string }
  | {
      readonly kind: "refused";
      readonly reason: "order_unknown" | "order_final" | "not_cancellable" | "status_backward";
    };

/** What the flow stands on. */
export interface StatusDesk {
  readonly house: House;
  readonly rules: Pick<RuleShelf, "current">;
}

/** Steps between which a test may end the process or fail. */
export type StatusStep = "claimed" | "written" | "points" | "noted" | "used";

/**
 * Changes an order's status. Said twice it is one change and two good answers. `done` spends what was held and issues what
 * was earned; `canceled` and `closed` give points and uses back; each of it once, in the transaction of the status.
 */
export async function changeOrderStatus(
  desk: StatusDesk,
  wish: StatusWish,
  talk: { readonly at?: (step: StatusStep) => void } = {},
): Promise<StatusOutcome> {
  const terms = await loyaltyTerms(desk.rules);
  const { house } = desk;
  const at = house.now();
  return house.database.transaction(async (tx): Promise<StatusOutcome> => {
    const order = await claimOrder(tx, wish.orderId);
    if (order === null) return { kind: "refused", reason: "order_unknown" };
    talk.at?.("claimed");
    const decision = decideStatus(statusOf(order), wish.status, wish.side, CANCELLABLE);
    if (decision.kind === "refused") return decision;
    if (decision.kind === "unchanged") {
      await keepDetails(tx, house, order, wish, at);
      return { kind: "unchanged", status: order.status ?? "placed" };
    }
    const { status, effect } = decision;
    await writeStatus(tx, order, wish, at);
    talk.at?.("written");
    if (effect === "bought") {
      const returned = (await returnsOfOrders(tx, [order.id])).get(order.id) ?? [];
      const earnedBack = returned.reduce((sum, one) => sum + one.earnedBack, 0);
      await settleOrderPoints(tx, house, terms, order, { earnedBack, at });
    }
    if (effect === "unbought") await releaseOrderPoints(tx, house, terms, order.id, at);
    talk.at?.("points");
    await tell(tx, house, order, wish, at);
    talk.at?.("noted");
    // Counters that many orders share come last.
    if (effect === "unbought") await endUses(tx, order, at);
    talk.at?.("used");
    return { kind: "changed", status };
  });
}

/** An imported order may have any word as its status: then it is on its way. */
export function statusOf({ status }: Pick<StoredOrder, "status">): OrderStatus {
  if (status === "cancelled") return "canceled";
  return status !== null && isOrderStatus(status) ? status : "placed";
}

/** What else the wish says of the order, in the names of its row. */
function detailsOf({ storageUntil, message, trackingUrl, payment }: StatusWish): OrderChange {
  return {
    ...(storageUntil === undefined ? {} : { storageUntil }),
    ...(message === undefined ? {} : { statusMessage: message }),
    ...(trackingUrl === undefined ? {} : { trackingUrl }),
    ...(payment === undefined ? {} : { isPaid: payment.paid ? 1 : 0 }),
  };
}

/** The same status said with other details: those are kept, and the app is told of them. */
async function keepDetails(
  tx: Tx,
  house: House,
  order: StoredOrder,
  wish: StatusWish,
  at: Instant,
): Promise<void> {
  const details = detailsOf(wish);
  const names = Object.keys(details) as (keyof OrderChange)[];
  if (wish.status !== order.status || names.every((name) => details[name] === order[name])) return;
  await changeOrder(tx, order.id, { ...details, updatedAt: at });
  await push(tx, house, order, wish, at);
}

async function writeStatus(tx: Tx, order: StoredOrder, wish: StatusWish, at: Instant): Promise<void> {
  const { status, side, reason } = wish;
  const number = (await stepsOfOrder(tx, order.id)).length + 1;
  await changeOrder(tx, order.id, { status, updatedAt: at, ...detailsOf(wish) });
  await addOrderStep(tx, order.id, number, { status, side, reason, at });
}

const EVENTS = { done: "order.done", canceled: "order.canceled", closed: "order.closed" } as const;

/** Listeners learn of every change; the app of those that it did not make itself. */
async function tell(tx: Tx, house: House, order: StoredOrder, wish: StatusWish, at: Instant): Promise<void> {
  const { status, side } = wish;
  const kind = status in EVENTS ? EVENTS[status as keyof typeof EVENTS] : "order.changed";
  const body = {
    id: order.id,
    status,
    before: order.status,
    side,
    customerId: order.customerId,
    totalMinor: order.totalMinor,
  };
  await noteEvent(tx, house, { kind, subject: { type: "order", id: order.id }, body, at });
  await push(tx, house, order, wish, at);
}

/** A code of the shop's vocabulary, as it is registered with the app; the same word answers a cancellation. */
export function statusCode(status: OrderStatus): string {
  return status === "canceled" ? "cancelled" : status;
}

async function push(tx: Tx, house: House, order: StoredOrder, wish: StatusWish, at: Instant): Promise<void> {
  const { side, status, message, trackingUrl, payment } = wish;
  if (side !== "shop") return;
  await pushStatus(tx, house, {
    orderId: order.id,
    code: statusCode(status),
    ...(message === undefined ? {} : { message }),
    ...(trackingUrl === undefined ? {} : { trackingUrl }),
    // Of an order that the app did not make it knows the customer only.
    ...(order.number === null && order.customerId !== null ? { userId: order.customerId } : {}),
    ...(payment === undefined ? {} : { payment }),
    at,
  });
}
