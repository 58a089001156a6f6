// Ratings of orders: the last word of each, and every word before it.
import { type SqlBool, sql } from "kysely";
import { type Instant, instant } from "../core/basics/index.ts";
import type { RatingState } from "../core/feedback/index.ts";
import { among } from "./among.ts";
import type { Tx } from "./database.ts";

/** An order's rating as it is now. */
export interface Rating extends RatingState {
  /** UUIDv7. */
  readonly id: string;
  readonly orderId: string;
  /** How many revisions there are. */
  readonly revisions: number;
  readonly firstReceivedAt: Instant;
  readonly lastReceivedAt: Instant;
  /** Whether the order is in our table; a rating of an order we do not know is kept all the same. */
  readonly isOrderKnown: boolean;
}

/** One state that a rating had, and the delivery that made it so. */
export interface RatingRevision extends RatingState {
  /** From 1. */
  readonly number: number;
  readonly deliveryId: string;
  readonly receivedAt: Instant;
}

interface RatingRow {
  order_id: string;
  id: string;
  stars: number | null;
  comment: string;
  is_asked: number;
  revisions: number;
  first_received_at: number;
  last_received_at: number;
  words_gone: number;
  forgotten: number;
}

/** A rating that is held. */
export interface ClaimedRating {
  readonly id: string;
  readonly revisions: number;
  readonly state: RatingState;
  /** Its words are past their time: what comes again is kept without. */
  readonly isForgotten: boolean;
}

/**
 * Takes hold of an order's rating until the transaction ends, making an empty one (no revisions) where there is none:
 * deliveries of one order decide one after another on both engines.
 */
export async function claimRating(
  tx: Tx,
  claim: { readonly orderId: string; readonly newId: string; readonly at: Instant },
): Promise<ClaimedRating> {
  const [row] = await tx.rows<RatingRow>(
    `insert into rating (order_id, id, stars, comment, is_asked, revisions, first_received_at, last_received_at)
     values (?, ?, null, '', 0, 0, ?, ?)
     on conflict (order_id) do update set order_id = excluded.order_id
     returning order_id, id, stars, comment, is_asked, revisions, first_received_at, last_received_at, words_gone, forgotten`,
    [claim.orderId, claim.newId, claim.at, claim.at],
  );
  const claimed = row as RatingRow;
  const { id, revisions, forgotten } = claimed;
  return { id, revisions, state: stateOf(claimed), isForgotten: forgotten !== 0 };
}

/** Writes the next state of a claimed rating and keeps it as revision `number`. */
export async function reviseRating(tx: Tx, orderId: string, revision: RatingRevision): Promise<void> {
  const { number, stars, comment, isAsked, deliveryId, receivedAt } = revision;
  const wordsGone = revision.wordsGone === true ? 1 : 0;
  await tx.run(
    `update rating set stars = ?, comment = ?, is_asked = ?, words_gone = ?, revisions = ?, last_received_at = ?
     where order_id = ?`,
    [stars, comment, isAsked ? 1 : 0, wordsGone, number, receivedAt, orderId],
  );
  await tx.run(
    `insert into rating_revision (order_id, number, stars, comment, is_asked, words_gone, delivery_id, received_at)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    [orderId, number, stars, comment, isAsked ? 1 : 0, wordsGone, deliveryId, receivedAt],
  );
}

/** Which ratings to list: of one order, or all, newest first; `before` is the last id of the page before. */
export interface RatingPage {
  readonly orderId: string | null;
  /** Only of orders that were sold in these outlets. */
  readonly outletIds?: readonly string[];
  readonly before: string | null;
  readonly limit: number;
}

/** Ratings with at least one revision. */
export async function listRatings(tx: Tx, page: RatingPage): Promise<Rating[]> {
  let query = tx.kysely
    .selectFrom("rating")
    .leftJoin("shop_order", "shop_order.id", "rating.order_id")
    .selectAll("rating")
    .select("shop_order.id as known_id")
    .where("rating.revisions", ">", 0);
  if (page.orderId !== null) query = query.where("rating.order_id", "=", page.orderId);
  if (page.outletIds !== undefined) {
    query = query.where(sql<SqlBool>`shop_order.outlet_id in (${among(page.outletIds)})`);
  }
  if (page.before !== null) query = query.where("rating.id", "<", page.before);
  const rows = await query.orderBy("rating.id", "desc").limit(page.limit).execute();
  return rows.map((row) => ({ ...ratingFromRow(row), isOrderKnown: row.known_id !== null }));
}

/** Every state a rating had, oldest first. */
export async function listRatingRevisions(tx: Tx, orderId: string): Promise<RatingRevision[]> {
  const rows = await tx.kysely
    .selectFrom("rating_revision")
    .selectAll()
    .where("order_id", "=", orderId)
    .orderBy("number")
    .execute();
  return rows.map(revisionFromRow);
}

function revisionFromRow(
  row: Pick<RatingRow, "stars" | "comment" | "is_asked" | "words_gone"> & {
    number: number;
    delivery_id: string;
    received_at: number;
  },
): RatingRevision {
  return {
    number: row.number,
    ...stateOf(row),
    deliveryId: row.delivery_id,
    receivedAt: instant(row.received_at),
  };
}

/** Ratings as they are now, by order; an order that nobody spoke of has no entry. */
export async function ratingsOfOrders(
  tx: Tx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, RatingState>> {
  if (orderIds.length === 0) return new Map();
  const rows = await tx.kysely
    .selectFrom("rating")
    .select(["order_id", "stars", "comment", "is_asked", "words_gone"])
    .where("order_id", "in", [...orderIds])
    .where("revisions", ">", 0)
    .execute();
  return new Map(rows.map((row) => [row.order_id, stateOf(row)]));
}

/** The same for the orders of a page, by order. */
export async function ratingRevisionsOf(
  tx: Tx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RatingRevision[]>> {
  const found = new Map<string, RatingRevision[]>(orderIds.map((orderId) => [orderId, []]));
  if (orderIds.length === 0) return found;
  const rows = await tx.kysely
    .selectFrom("rating_revision")
    .selectAll()
    .where("order_id", "in", [...found.keys()])
    .orderBy("number")
    .execute();
  for (const row of rows) found.get(row.order_id)?.push(revisionFromRow(row));
  return found;
}

function ratingFromRow(row: RatingRow): Omit<Rating, "isOrderKnown"> {
  return {
    id: row.id,
    orderId: row.order_id,
    ...stateOf(row),
    revisions: row.revisions,
    firstReceivedAt: instant(row.first_received_at),
    lastReceivedAt: instant(row.last_received_at),
  };
}

function stateOf(row: Pick<RatingRow, "stars" | "comment" | "is_asked" | "words_gone">): RatingState {
  const state = { stars: row.stars, comment: row.comment, isAsked: row.is_asked === 1 };
  return row.words_gone === 1 ? { ...state, wordsGone: true } : state;
}
