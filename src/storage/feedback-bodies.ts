// Revisions beside the bodies they were read from: what a better reading of the same body says can be written in their place.
import type { FeedbackContent, RatingState } from "../core/feedback/index.ts";
import type { Tx } from "./database.ts";

/** A body as it came; null: it is not kept any more, or the revision came from a file. */
export interface KeptBody {
  readonly body: Uint8Array;
  readonly contentType: string | null;
}

/** A revision of a record with its body. */
export interface BodiedRevision {
  readonly number: number;
  readonly hash: string;
  readonly content: FeedbackContent;
  readonly kept: KeptBody | null;
}

interface BodyRow {
  body: Uint8Array | null;
  content_type: string | null;
}

/** Revisions of a record, oldest first; none where words or names were taken out of it. */
export async function revisionsWithBodies(tx: Tx, itemId: string): Promise<BodiedRevision[]> {
  const rows = await tx.rows<BodyRow & { number: number; hash: string; content: string }>(
    `select r.number, r.hash, r.content, d.body, d.content_type from feedback_revision r
     join feedback_item i on i.id = r.item_id left join delivery d on d.id = r.delivery_id
     where r.item_id = ? and i.forgotten = 0 order by r.number`,
    [itemId],
  );
  return rows.map((row) => ({
    number: row.number,
    hash: row.hash,
    content: JSON.parse(row.content) as FeedbackContent,
    kept: keptOf(row),
  }));
}

/** Writes what a revision says by a better reading. */
export async function mendRevision(
  tx: Tx,
  itemId: string,
  { number, hash, content }: Omit<BodiedRevision, "kept">,
): Promise<void> {
  const { at, micros } = content.createdAt;
  await tx.run(
    `update feedback_revision set hash = ?, created_at = ?, created_at_micros = ?, content = ?
     where item_id = ? and number = ?`,
    [hash, at, micros, JSON.stringify(content), itemId, number],
  );
}

/** Writes what a record says by a better reading of its last revision. */
export async function mendRecord(tx: Tx, itemId: string, content: FeedbackContent): Promise<void> {
  const { at, micros } = content.createdAt;
  await tx.run(
    `update feedback_item set created_at = ?, created_at_micros = ?, order_id = ?, place_id = ?, rating = ?,
       has_comment = ?, content = ? where id = ?`,
    [
      at,
      micros,
      content.orderId,
      content.placeId,
      content.rating,
      content.comment === null ? 0 : 1,
      JSON.stringify(content),
      itemId,
    ],
  );
}

/** A state of a rating with its body. */
export interface BodiedRating {
  readonly number: number;
  readonly state: RatingState;
  readonly kept: KeptBody | null;
}

/** States of a rating, oldest first; none where its words were taken out. */
export async function ratingsWithBodies(tx: Tx, orderId: string): Promise<BodiedRating[]> {
  const rows = await tx.rows<
    BodyRow & { number: number; stars: number | null; comment: string; is_asked: number }
  >(
    `select r.number, r.stars, r.comment, r.is_asked, d.body, d.content_type from rating_revision r
     join rating i on i.order_id = r.order_id left join delivery d on d.id = r.delivery_id
     where r.order_id = ? and i.forgotten = 0 order by r.number`,
    [orderId],
  );
  return rows.map((row) => ({
    number: row.number,
    state: { stars: row.stars, comment: row.comment, isAsked: row.is_asked === 1 },
    kept: keptOf(row),
  }));
}

/** Writes a state of a rating by a better reading; the last one is what the rating is. */
export async function mendRating(
  tx: Tx,
  orderId: string,
  { number, state }: Omit<BodiedRating, "kept">,
  isLast: boolean,
): Promise<void> {
  const values = [state.stars, state.comment, state.isAsked ? 1 : 0, orderId];
  const set = "set stars = ?, comment = ?, is_asked = ? where order_id = ?";
  await tx.run(`update rating_revision ${set} and number = ?`, [...values, number]);
  if (isLast) await tx.run(`update rating ${set}`, values);
}

function keptOf({ body, content_type: contentType }: BodyRow): KeptBody | null {
  return body === null || body.length === 0 ? null : { body, contentType };
}
