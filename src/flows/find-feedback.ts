// Feedback, ratings and unusable deliveries for whoever asks from outside: the management API, the command line.
import {
  type Delivery,
  type DeliveryHead,
  deliveryById,
  type FeedbackQuery,
  type FeedbackView,
  listFeedback,
  listRatings,
  listUnusableHeads,
  type Rating,
  type RatingPage,
  type RatingRevision,
  ratingRevisionsOf,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** Most records of one page. */
export const FEEDBACK_PAGE_LIMIT = 200;

/** Feedback, newest first, at most FEEDBACK_PAGE_LIMIT; the next page begins `before` the last id. */
export function findFeedbackPage(house: House, wanted: FeedbackQuery): Promise<FeedbackView[]> {
  const limit = Math.min(wanted.limit, FEEDBACK_PAGE_LIMIT);
  return house.database.read((tx) => listFeedback(tx, { ...wanted, limit }));
}

/** Deliveries that were refused or quarantined, newest first, without their bodies. */
export function findUnusableHeads(
  house: House,
  page: { readonly before: string | null; readonly limit: number; readonly from?: number },
): Promise<DeliveryHead[]> {
  return house.database.read((tx) => listUnusableHeads(tx, page));
}

/** One delivery with its body; null when there is none of that id. */
export function findDelivery(house: House, id: string): Promise<Delivery | null> {
  return house.database.read((tx) => deliveryById(tx, id));
}

/** A rating with every state it had, oldest first. */
export interface RatingHistory extends Omit<Rating, "revisions"> {
  readonly revisions: readonly RatingRevision[];
}

/** Ratings, newest first. */
export function findRatings(house: House, page: RatingPage): Promise<RatingHistory[]> {
  return house.database.read(async (tx) => {
    const ratings = await listRatings(tx, page);
    const orderIds = ratings.map((rating) => rating.orderId);
    const revisions = await ratingRevisionsOf(tx, orderIds);
    return ratings.map((rating) => ({ ...rating, revisions: revisions.get(rating.orderId) ?? [] }));
  });
}
