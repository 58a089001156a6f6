// Raw bodies of a channel's deliveries: what a vendor sent is kept as it came, so that a misreading can be repaired.
import { type Instant, instant } from "../core/basics/index.ts";
import type { Tx } from "./database.ts";
import type { FeedbackTables } from "./tables/feedback.ts";

/** One authenticated delivery and what was made of it. */
export interface Delivery {
  /** UUIDv7. */
  readonly id: string;
  readonly channel: string;
  /** The path it came to, without the query. */
  readonly route: string;
  readonly clientId: string;
  readonly receivedAt: Instant;
  readonly requestId: string;
  readonly contentType: string | null;
  /** The bytes as received. */
  readonly body: Uint8Array;
  /** HTTP status of the answer. */
  readonly status: number;
  /** For feedback: created, merged, duplicate, updated, quarantined or rejected. */
  readonly effect: string;
  /** Why it could not be used: names of fields and rules, never their values of personal kind. */
  readonly reason: string | null;
  readonly warnings: readonly string[];
  /** The record it belongs to. */
  readonly itemId: string | null;
}

const COLUMNS =
  "id, channel, route, client_id, received_at, request_id, content_type, body, status, effect, reason, warnings, item_id";

/** Keeps a delivery; its id must be new. */
export async function insertDelivery(tx: Tx, delivery: Delivery): Promise<void> {
  await tx.run(`insert into delivery (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    delivery.id,
    delivery.channel,
    delivery.route,
    delivery.clientId,
    delivery.receivedAt,
    delivery.requestId,
    delivery.contentType,
    delivery.body,
    delivery.status,
    delivery.effect,
    delivery.reason,
    delivery.warnings.join(","),
    delivery.itemId,
  ]);
}

/** Deliveries that were refused or quarantined, newest first; `before` is the last id of the page before. */
export async function listUnusableDeliveries(
  tx: Tx,
  page: { readonly before: string | null; readonly limit: number },
): Promise<Delivery[]> {
  let query = tx.kysely.selectFrom("delivery").selectAll();
  query = query.where("effect", "in", ["rejected", "quarantined"]);
  if (page.before !== null) query = query.where("id", "<", page.before);
  const rows = await query.orderBy("id", "desc").limit(page.limit).execute();
  return rows.map(fromRow);
}

/** A delivery without its body. */
export interface DeliveryHead extends Omit<Delivery, "body"> {
  /** Bytes of the body. */
  readonly size: number;
}

/** The same as `listUnusableDeliveries` without the bodies, which may be large. */
export async function listUnusableHeads(
  tx: Tx,
  page: { readonly before: string | null; readonly limit: number; readonly from?: number },
): Promise<DeliveryHead[]> {
  const rows = await tx.kysely
    .selectFrom("delivery")
    .select(["id", "channel", "route", "client_id", "received_at", "request_id", "content_type"])
    .select(["status", "effect", "reason", "warnings", "item_id"])
    .select((row) => row.fn<number>("length", ["body"]).as("size"))
    .where("effect", "in", ["rejected", "quarantined"])
    .$if(page.before !== null, (query) => query.where("id", "<", page.before ?? ""))
    .$if(page.from !== undefined, (query) => query.where("received_at", ">=", page.from ?? 0))
    .orderBy("id", "desc")
    .limit(page.limit)
    .execute();
  return rows.map((row) => {
    const { body: _none, ...head } = fromRow({ ...row, body: new Uint8Array() });
    return { ...head, size: row.size };
  });
}

/** The delivery of that id, or null. */
export async function deliveryById(tx: Tx, id: string): Promise<Delivery | null> {
  const row = await tx.kysely.selectFrom("delivery").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

function fromRow(row: FeedbackTables["delivery"]): Delivery {
  return {
    id: row.id,
    channel: row.channel,
    route: row.route,
    clientId: row.client_id,
    receivedAt: instant(row.received_at),
    requestId: row.request_id,
    contentType: row.content_type,
    body: row.body,
    status: row.status,
    effect: row.effect,
    reason: row.reason,
    warnings: row.warnings === "" ? [] : row.warnings.split(","),
    itemId: row.item_id,
  };
}

/** Deliveries received in [from, until) whose body is still there, oldest first. */
export async function deliveriesWithBody(
  tx: Tx,
  from: number,
  until: number,
  limit: number,
): Promise<{ readonly id: string; readonly receivedAt: number }[]> {
  const rows = await tx.rows<{ id: string; received_at: number }>(
    "select id, received_at from delivery where received_at >= ? and received_at < ? and length(body) > 0 order by received_at limit ?",
    [from, until, limit],
  );
  return rows.map((row) => ({ id: row.id, receivedAt: row.received_at }));
}

/** Empties the bodies of deliveries; what was made of them stays known. */
export async function emptyBodies(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const places = ids.map(() => "?").join(", ");
  return tx.run(`update delivery set body = ? where id in (${places})`, [new Uint8Array(0), ...ids]);
}
