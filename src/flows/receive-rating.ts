// Takes one delivery of an order's rating: raw body, state and revision in one transaction, answered after the commit.
import type { Instant } from "../core/basics/index.ts";
import {
  decideRating,
  forgetGiven,
  isRatingRequired,
  type OnAsked,
  type RatingGiven,
} from "../core/feedback/index.ts";
import {
  claimRating,
  insertDelivery,
  isOrderKnown,
  listRatingRevisions,
  listRatings,
  type Rating,
  type RatingPage,
  type RatingRevision,
  reviseRating,
  type Tx,
} from "../storage/index.ts";
import { isRatingErased } from "./erased-sources.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";
import type { ReceivedDelivery } from "./receive-feedback.ts";
import { showRating } from "./show-on-desk.ts";

/** What the channel's protocol made of the body. */
export type RatingReading =
  | {
      readonly kind: "usable";
      readonly orderId: string;
      readonly given: RatingGiven;
      /** Oddities that were read all the same: short words, no values. */
      readonly warnings: readonly string[];
    }
  /** `reason` names fields and rules, never values; `status` is what the channel is answered. */
  | { readonly kind: "unusable"; readonly reason: string; readonly status: number };

/** What became of a delivery. */
export interface RatingReceipt {
  readonly deliveryId: string;
  /** `empty`: the delivery named an order and said nothing of it; `erased`: it was erased, nothing was kept again. */
  readonly effect: "created" | "updated" | "duplicate" | "empty" | "rejected" | "erased";
  /** Null when the delivery was rejected. */
  readonly isOrderKnown: boolean | null;
}

/**
 * Stores the delivery and applies it; resolves after the commit. The same delivery any number of times, at once or years
 * later, makes one rating; every state it had stays in its history.
 */
export async function receiveRating(
  house: House,
  delivery: ReceivedDelivery,
  reading: RatingReading,
  onAsked: OnAsked,
): Promise<RatingReceipt> {
  const receivedAt = house.now();
  const deliveryId = house.newId();
  const newId = house.newId();
  const receipt = await house.database.transaction(async (tx): Promise<RatingReceipt> => {
    const applied =
      reading.kind === "usable"
        ? await apply(tx, house, reading, { deliveryId, newId, receivedAt }, onAsked)
        : { effect: "rejected" as const, ratingId: null, isOrderKnown: null, isKept: true };
    await insertDelivery(tx, {
      ...delivery,
      ...(applied.isKept ? {} : { body: new Uint8Array(0) }),
      id: deliveryId,
      receivedAt,
      status: reading.kind === "usable" ? 200 : reading.status,
      effect: applied.effect,
      reason: reading.kind === "usable" ? null : reading.reason,
      warnings: reading.kind === "usable" ? reading.warnings : [],
      itemId: applied.ratingId,
    });
    return { deliveryId, effect: applied.effect, isOrderKnown: applied.isOrderKnown };
  });
  // What cannot be used is probably never sent again, so somebody has to look.
  if (receipt.effect === "rejected") {
    house.alarm("delivery_unusable", { channel: delivery.channel, deliveryId });
  }
  return receipt;
}

/** What became of it; not kept: its body holds what may not be stored any more. */
interface Applied extends Pick<RatingReceipt, "effect" | "isOrderKnown"> {
  readonly ratingId: string | null;
  readonly isKept: boolean;
}

async function apply(
  tx: Tx,
  house: House,
  reading: Extract<RatingReading, { kind: "usable" }>,
  arrival: { readonly deliveryId: string; readonly newId: string; readonly receivedAt: Instant },
  onAsked: OnAsked,
): Promise<Applied> {
  const { orderId } = reading;
  const isKnown = await isOrderKnown(tx, orderId);
  if (reading.given.stars === "silent" && reading.given.comment === "") {
    return { effect: "empty", ratingId: null, isOrderKnown: isKnown, isKept: true };
  }
  const claimed = await claimRating(tx, { orderId, newId: arrival.newId, at: arrival.receivedAt });
  if (await isRatingErased(tx, orderId)) {
    const ratingId = claimed.revisions === 0 ? null : claimed.id;
    return { effect: "erased", ratingId, isOrderKnown: isKnown, isKept: false };
  }
  const given = claimed.isForgotten ? forgetGiven(reading.given) : reading.given;
  const decision = decideRating(claimed.revisions === 0 ? null : claimed.state, given, onAsked);
  if (decision.kind !== "unchanged") {
    const number = claimed.revisions + 1;
    const { deliveryId, receivedAt } = arrival;
    await reviseRating(tx, orderId, { ...decision.state, number, deliveryId, receivedAt });
    await showRating(tx, house, { ratingId: claimed.id, orderId, state: decision.state, receivedAt });
    await noteEvent(tx, house, {
      kind: "rating.received",
      subject: { type: "rating", id: claimed.id },
      // No free text: who needs the comment reads it from the API.
      body: { ratingId: claimed.id, orderId, stars: decision.state.stars, revision: number },
      at: receivedAt,
    });
  }
  const effect = { created: "created", revised: "updated", unchanged: "duplicate" } as const;
  return {
    effect: effect[decision.kind],
    ratingId: claimed.id,
    isOrderKnown: isKnown,
    isKept: !claimed.isForgotten,
  };
}

/** A rating as our API shows it. */
export interface RatingView extends Rating {
  /** The customer is still to be asked for stars. */
  readonly isRatingRequired: boolean;
  /** Every state it had, oldest first; null in lists of more than one order. */
  readonly history: readonly RatingRevision[] | null;
}

/** Ratings, newest first; with their history when one order is asked for. */
export function ratingsOf(house: House, page: RatingPage): Promise<RatingView[]> {
  return house.database.read(async (tx) => {
    const views: RatingView[] = [];
    for (const rating of await listRatings(tx, page)) {
      const history = page.orderId === null ? null : await listRatingRevisions(tx, rating.orderId);
      views.push({ ...rating, isRatingRequired: isRatingRequired(rating), history });
    }
    return views;
  });
}
