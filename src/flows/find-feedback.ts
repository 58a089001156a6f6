// Feedback and unusable deliveries for whoever asks from outside: the management API, the command line.
import {
  type Delivery,
  type FeedbackQuery,
  type FeedbackView,
  listFeedback,
  listUnusableDeliveries,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** Most records of one page. */
export const FEEDBACK_PAGE_LIMIT = 200;

/** Feedback, newest first, at most FEEDBACK_PAGE_LIMIT; the next page begins `before` the last id. */
export function findFeedbackPage(house: House, wanted: FeedbackQuery): Promise<FeedbackView[]> {
  const limit = Math.min(wanted.limit, FEEDBACK_PAGE_LIMIT);
  return house.database.read((tx) => listFeedback(tx, { ...wanted, limit }));
}

/** Deliveries that were refused or quarantined, newest first, with their bodies. */
export function findUnusableDeliveries(
  house: House,
  page: { readonly before: string | null; readonly limit: number },
): Promise<Delivery[]> {
  const limit = Math.min(page.limit, FEEDBACK_PAGE_LIMIT);
  return house.database.read((tx) => listUnusableDeliveries(tx, { before: page.before, limit }));
}
