// Queues an order's new status for IMSHOP: an event with one addressee, so that it is retried, kept in order and never lost.
import type { Instant } from "../core/basics/index.ts";
import type { Tx } from "../storage/index.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";

/** The endpoint that stands for IMSHOP; it is there from the start that has its address in the settings. */
export const IMSHOP_ENDPOINT = "imshop";

/** A status as IMSHOP is told it. */
export interface StatusPush {
  /** Our id of the order: what placement answered. */
  readonly orderId: string;
  /** A code of the retailer's vocabulary, registered with IMSHOP beforehand. */
  readonly code: string;
  readonly message?: string;
  readonly trackingUrl?: string;
  /** The customer, for pushes about orders that were not made in the app. */
  readonly userId?: string;
  /** Only when the payment changed; then both fields go along. `paymentId` is null while nothing is paid. */
  readonly payment?: { readonly paid: boolean; readonly paymentId: string | null };
  readonly at: Instant;
}

/** Queues the push in the transaction of the status; pushes of one order go out in the order of their queueing. */
export function pushStatus(tx: Tx, house: House, push: StatusPush): Promise<string> {
  const { orderId, code, message, trackingUrl, userId, payment, at } = push;
  return noteEvent(tx, house, {
    kind: "imshop.status",
    subject: { type: "order", id: orderId },
    body: {
      id: orderId,
      code,
      ...(message === undefined ? {} : { message }),
      ...(trackingUrl === undefined ? {} : { trackingUrl }),
      ...(userId === undefined ? {} : { userId }),
      ...(payment === undefined ? {} : { payment: { paid: payment.paid, paymentId: payment.paymentId } }),
    },
    at,
    addressee: IMSHOP_ENDPOINT,
  });
}
