// What the desk is made from: records of feedback and ratings with every state they had, in the order of their ids.
import type { FeedbackContent } from "../core/feedback/index.ts";
import type { Tx } from "./database.ts";
import { isErasedBy } from "./forgetting.ts";

/** A record that has an item on the desk, or should have. Ids sort by first arrival. */
export interface DeskSourceHead {
  readonly id: string;
  readonly orderId: string;
  /** Its person's data were erased. */
  readonly isErased: boolean;
}

/** Records of marketplaces that were delivered at `since` (ms) or later, with ids after `after`. */
export function feedbackHeads(
  tx: Tx,
  since: number,
  after: string,
  limit: number,
): Promise<DeskSourceHead[]> {
  return headsOf(
    tx,
    `select id, order_id as "orderId", forgotten from feedback_item where id > ? and last_received_at >= ? order by id limit ?`,
    [after, since, limit],
  );
}

/** The app's ratings, the same way. */
export function ratingHeads(tx: Tx, since: number, after: string, limit: number): Promise<DeskSourceHead[]> {
  return headsOf(
    tx,
    `select id, order_id as "orderId", forgotten from rating
     where id > ? and last_received_at >= ? and revisions > 0 order by id limit ?`,
    [after, since, limit],
  );
}

async function headsOf(tx: Tx, sql: string, bound: readonly (string | number)[]): Promise<DeskSourceHead[]> {
  const rows = await tx.rows<{ id: string; orderId: string; forgotten: number }>(sql, bound);
  return rows.map(({ id, orderId, forgotten }) => ({ id, orderId, isErased: isErasedBy(forgotten) }));
}

/** Every state that a record had, oldest first. */
export async function feedbackHistory(
  tx: Tx,
  itemId: string,
): Promise<{ readonly content: FeedbackContent; readonly receivedAt: number }[]> {
  const rows = await tx.rows<{ content: string; received_at: number }>(
    "select content, received_at from feedback_revision where item_id = ? order by number",
    [itemId],
  );
  return rows.map(({ content, received_at }) => ({
    content: JSON.parse(content) as FeedbackContent,
    receivedAt: received_at,
  }));
}
