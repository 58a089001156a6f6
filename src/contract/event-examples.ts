// An example of every kind of event: what a receiver is programmed against before the first one comes.
import type { EventKind } from "./event-kinds.ts";

/** What stands around an event's data, by example. */
export interface EventExample {
  readonly subject: { readonly type: string; readonly id: string };
  readonly data: Readonly<Record<string, unknown>>;
}

const ITEM = "01935f3e-7a43-7b5e-9d2c-5f1f5d0c2a11";
const OTHER = "01935f3e-7a43-7b5e-9d2c-5f1f5d0c2a12";

const order = { type: "order", id: "A-10001" };
const moved = (status: string, before: string): EventExample => ({
  subject: order,
  data: { id: "A-10001", status, before, side: "shop", customerId: "u-104512", totalMinor: 184_500 },
});
const item = { source: "yandex-eats", branchId: "lesnaya-12", orderId: "E-88213", rating: 2 };

/** Examples by kind, with the fields that real events of the kind have. */
export const EVENT_EXAMPLES: Readonly<Record<EventKind, EventExample>> = {
  "order.placed": {
    subject: order,
    data: {
      id: "A-10001",
      uuid: "7d0c2c0e-5d3a-4a57-9a5e-5b6b1f0f8a01",
      status: "new",
      customerId: "u-104512",
      channel: "app",
      outletId: "lesnaya-12",
      groupId: null,
      totalMinor: 184_500,
      discountMinor: 15_500,
      deliveryMinor: 9900,
      pointsSpent: 0,
      lines: [{ offerId: "2101", quantity: 1000, totalMinor: 174_600 }],
      hasMoreLines: false,
    },
  },
  "order.changed": moved("assembled", "new"),
  "order.done": moved("done", "delivering"),
  "order.canceled": moved("canceled", "new"),
  "order.closed": moved("closed", "ready_for_pickup"),
  "order.returned": {
    subject: order,
    data: {
      id: "A-10001",
      returnId: ITEM,
      valueMinor: 24_900,
      refundMinor: 22_400,
      pointsBack: 25,
      lines: [{ position: 1, quantity: 1000, refundMinor: 22_400 }],
    },
  },
  "points.changed": {
    subject: { type: "customer", id: "u-104512" },
    data: {
      movementId: ITEM,
      movement: "earn",
      orderId: "A-10001",
      reason: null,
      pending: 92,
      available: 0,
      held: 0,
    },
  },
  "customer.changed": { subject: { type: "customer", id: "u-104512" }, data: { customerId: "u-104512" } },
  "customer.merged": {
    subject: { type: "customer", id: "u-104512" },
    data: { mergeId: ITEM, fromId: "u-104513", intoId: "u-104512" },
  },
  "rating.received": {
    subject: { type: "rating", id: ITEM },
    data: { ratingId: ITEM, orderId: "A-10001", stars: 5, revision: 1 },
  },
  "feedback.received": {
    subject: { type: "feedback", id: ITEM },
    data: { feedbackId: ITEM, source: "yandex-eats", orderId: "E-88213", stars: 2, effect: "created" },
  },
  "desk.alarm": {
    subject: { type: "desk.alarm", id: ITEM },
    data: {
      alarmId: ITEM,
      branchId: "lesnaya-12",
      city: null,
      source: "yandex-eats",
      low: 17,
      of: 96,
      since: 20_261_113,
      day: 20_261_119,
      usual: 0.09,
      odds: 193,
    },
  },
  "desk.alert": {
    subject: { type: "feedback", id: ITEM },
    data: { itemId: ITEM, ruleId: OTHER, rule: "Low and dear", ...item },
  },
  "feedback.answer": {
    subject: { type: "feedback", id: ITEM },
    data: { itemId: ITEM, answerId: OTHER, outcome: "delivered", promoPercent: 10, ...item },
  },
  "rules.published": {
    subject: { type: "rules", id: "promotions" },
    data: { version: 12, hash: "3f0c9a4be1d7", note: "Weekend" },
  },
  "imshop.status": { subject: order, data: { id: "A-10001", code: "assembled" } },
  "desk.notice": {
    subject: { type: "desk.destination", id: OTHER },
    data: { text: "Low and dear", notices: 1 },
  },
  "webhook.test": { subject: { type: "webhook", id: OTHER }, data: { endpointId: OTHER } },
};
