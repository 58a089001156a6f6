// What one delivery of feedback says, in our words; the vendor's words stop at its protocol.
import type { Moment } from "./moment.ts";

/** A customer's feedback on one order as one delivery told it. */
export interface FeedbackContent {
  /** The feedback's id at its source; without it nobody can answer. */
  readonly sourceId: string | null;
  /** The order's number at the source. */
  readonly sourceOrderId: string;
  /** The order's id in the retailer's own system. */
  readonly orderId: string;
  /** The outlet's id as the source knows it. */
  readonly placeId: string;
  /** Stars, 1 to 5. */
  readonly rating: number;
  readonly createdAt: Moment;
  readonly deliveredAt: Moment | null;
  readonly takenAt: Moment | null;
  /** The customer's words in full; null when blank. */
  readonly comment: string | null;
  /** Ready-made remarks ticked by the customer, one opaque text. */
  readonly presetComment: string | null;
  /** The order the feedback is about; null when the delivery did not bring it. */
  readonly order: OrderDetails | null;
}

/** The order as the source describes it; for display only, sums are never recomputed. */
export interface OrderDetails {
  /** A date the source puts on the order; its documents disagree on which, so it is never used as the order's time. */
  readonly createdAt: Moment | null;
  readonly comment: string | null;
  readonly platform: string | null;
  /** How the order travelled. */
  readonly deliveryKind: string | null;
  readonly customerName: string | null;
  /** As received, in an unnamed currency. */
  readonly total: number | null;
  readonly items: readonly OrderedItem[];
}

/** One dish of the order; the same id may stand several times with different modifications. */
export interface OrderedItem extends OrderedModification {
  readonly modifications: readonly OrderedModification[];
}

/** An addition to a dish, and what a dish shares with it. */
export interface OrderedModification {
  readonly id: string | null;
  readonly name: string | null;
  /** May be fractional. */
  readonly quantity: number | null;
  /** Of one unit; as received. */
  readonly price: number | null;
}

/** Everything a delivery can be remarked on without being refused; the names are part of the management API. */
export const FEEDBACK_WARNINGS = [
  "rating_coerced",
  "date_format",
  "date_invalid",
  "date_missing",
  "date_implausible",
  "id_coerced",
  "eatsid_format",
  "text_sanitized",
  "text_coerced",
  "orderinfo_invalid",
  "enum_unknown",
  "restaurant_unknown",
  "replay_of_older_revision",
  "identity_conflict",
] as const;

/** One of FEEDBACK_WARNINGS. */
export type FeedbackWarning = (typeof FEEDBACK_WARNINGS)[number];

/**
 * The text whose hash tells whether two deliveries say the same: dates as points in time, so another spelling of
 * the same moment is no change, and without the source's id, which may arrive later than the rest.
 */
export function canonicalText(content: FeedbackContent): string {
  const order = content.order;
  return JSON.stringify([
    content.sourceOrderId,
    content.orderId,
    content.placeId,
    content.rating,
    point(content.createdAt),
    point(content.deliveredAt),
    point(content.takenAt),
    content.comment,
    content.presetComment,
    order && [
      point(order.createdAt),
      order.comment,
      order.platform,
      order.deliveryKind,
      order.customerName,
      order.total,
      order.items.map((item) => [...goods(item), item.modifications.map(goods)]),
    ],
  ]);
}

function point(moment: Moment | null): readonly number[] | null {
  return moment && [moment.at, moment.micros];
}

function goods(thing: OrderedModification): readonly (string | number | null)[] {
  return [thing.id, thing.name, thing.quantity, thing.price];
}
