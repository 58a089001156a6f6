// Feedback records and their revisions, written so that deliveries racing each other end in one record.
import { type Instant, instant } from "../core/basics/index.ts";
import type { FeedbackContent, IncomingFeedback, StoredFeedback } from "../core/feedback/index.ts";
import type { Tx, Value } from "./database.ts";

/** Whose feedback: ids of one client never meet those of another. */
export interface FeedbackScope {
  readonly source: string;
  readonly clientId: string;
}

/** A delivery on its way into a record. */
export interface FeedbackArrival extends IncomingFeedback {
  readonly scope: FeedbackScope;
  readonly deliveryId: string;
  readonly receivedAt: Instant;
  readonly effect: string;
  readonly warnings: readonly string[];
  /** True when the outlet is not one of ours: an operator has to assign it. */
  readonly isUnassigned: boolean;
}

/** Candidates for the record that `content` belongs to: the one with its id and all of its order. */
export async function findFeedback(
  tx: Tx,
  scope: FeedbackScope,
  content: FeedbackContent,
): Promise<StoredFeedback[]> {
  const items = await tx.rows<{ id: string; source_id: string | null; source_order_id: string }>(
    `select id, source_id, source_order_id from feedback_item
     where source = ? and client_id = ? and (source_order_id = ? or source_id = ?) order by id`,
    [scope.source, scope.clientId, content.sourceOrderId, content.sourceId],
  );
  const found: StoredFeedback[] = [];
  for (const item of items) {
    const revisions = await tx.rows<{ hash: string; created_at: number; created_at_micros: number }>(
      "select hash, created_at, created_at_micros from feedback_revision where item_id = ? order by number",
      [item.id],
    );
    found.push({
      itemId: item.id,
      sourceId: item.source_id,
      sourceOrderId: item.source_order_id,
      revisions: revisions.map((row) => ({
        hash: row.hash,
        at: instant(row.created_at),
        micros: row.created_at_micros,
      })),
    });
  }
  return found;
}

/**
 * Makes deliveries of one order and of one feedback id take turns until the end of the transaction. SQLite has one
 * writer and needs no lock; on PostgreSQL an order number and an id arriving apart are not covered by one index.
 */
export async function lockFeedback(tx: Tx, scope: FeedbackScope, content: FeedbackContent): Promise<void> {
  if (tx.engine === "sqlite") return;
  const name = `${scope.source}\n${scope.clientId}\n`;
  const keys = [`${name}order\n${content.sourceOrderId}`];
  if (content.sourceId !== null) keys.push(`${name}id\n${content.sourceId}`);
  // Sorted, so that two deliveries never wait for each other crosswise.
  await tx.rows(
    `select pg_advisory_xact_lock(hashtextextended(key, 0))
     from unnest(array[${keys.map(() => "?::text").join(", ")}]) as key`,
    keys.sort(),
  );
}

/** Stores a new record; false when another delivery has made it meanwhile. */
export async function insertFeedback(tx: Tx, itemId: string, arrival: FeedbackArrival): Promise<boolean> {
  const { content, scope } = arrival;
  const inserted = await tx.run(
    `insert into feedback_item (id, source, client_id, source_id, source_order_id, first_received_at, deliveries,
       ${LATEST.join(", ")})
     values (?, ?, ?, ?, ?, ?, 1, ${LATEST.map(() => "?").join(", ")}) on conflict do nothing`,
    [
      itemId,
      scope.source,
      scope.clientId,
      content.sourceId,
      content.sourceOrderId,
      arrival.receivedAt,
      ...latestValues(arrival, content),
    ],
  );
  if (inserted === 0) return false;
  await insertRevision(tx, itemId, 1, arrival, content);
  return true;
}

/** Adds a revision that says `latest`: the delivery's content with what it carries over from the one before. */
export async function reviseFeedback(
  tx: Tx,
  itemId: string,
  arrival: FeedbackArrival,
  latest: FeedbackContent,
): Promise<void> {
  await tx.run(
    `update feedback_item set deliveries = deliveries + 1, source_id = coalesce(source_id, ?),
       ${LATEST.map((name) => `${name} = ?`).join(", ")} where id = ?`,
    [arrival.content.sourceId, ...latestValues(arrival, latest), itemId],
  );
  const [last] = await tx.rows<{ number: number }>(
    "select max(number) as number from feedback_revision where item_id = ?",
    [itemId],
  );
  await insertRevision(tx, itemId, (last?.number ?? 0) + 1, arrival, latest);
}

/** Counts a delivery that says nothing new; an id that it brings is attached. */
export async function countDelivery(tx: Tx, itemId: string, arrival: FeedbackArrival): Promise<void> {
  await tx.run(
    `update feedback_item set deliveries = deliveries + 1, source_id = coalesce(source_id, ?),
       last_effect = ?, last_warnings = ?, last_received_at = ?, is_unassigned = ? where id = ?`,
    [
      arrival.content.sourceId,
      arrival.effect,
      arrival.warnings.join(","),
      arrival.receivedAt,
      arrival.isUnassigned ? 1 : 0,
      itemId,
    ],
  );
}

/** What the latest revision of a record says; null when there is no such record. */
export async function readFeedbackContent(tx: Tx, itemId: string): Promise<FeedbackContent | null> {
  const [row] = await tx.rows<{ content: string }>("select content from feedback_item where id = ?", [
    itemId,
  ]);
  return row === undefined ? null : (JSON.parse(row.content) as FeedbackContent);
}

async function insertRevision(
  tx: Tx,
  itemId: string,
  number: number,
  arrival: FeedbackArrival,
  latest: FeedbackContent,
): Promise<void> {
  const { at, micros } = arrival.content.createdAt;
  await tx.run(
    `insert into feedback_revision
       (item_id, number, hash, created_at, created_at_micros, content, delivery_id, received_at)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      itemId,
      number,
      arrival.hash,
      at,
      micros,
      JSON.stringify(latest),
      arrival.deliveryId,
      arrival.receivedAt,
    ],
  );
}

/** The columns that always show the latest delivery, in the order of `latestValues`. */
const LATEST = [
  "created_at",
  "created_at_micros",
  "order_id",
  "place_id",
  "rating",
  "has_comment",
  "is_unassigned",
  "content",
  "last_effect",
  "last_warnings",
  "last_received_at",
];

function latestValues(arrival: FeedbackArrival, latest: FeedbackContent): Value[] {
  return [
    latest.createdAt.at,
    latest.createdAt.micros,
    latest.orderId,
    latest.placeId,
    latest.rating,
    latest.comment === null ? 0 : 1,
    arrival.isUnassigned ? 1 : 0,
    JSON.stringify(latest),
    arrival.effect,
    arrival.warnings.join(","),
    arrival.receivedAt,
  ];
}
