// Feedback records as they are shown: what the latest delivery says, with every revision before it.
import { type SqlBool, sql } from "kysely";
import { type Instant, instant } from "../core/basics/index.ts";
import { type FeedbackContent, formatMoment } from "../core/feedback/index.ts";
import { among } from "./among.ts";
import type { Tx } from "./database.ts";

/** A stored feedback as the management API shows it. */
export interface FeedbackView {
  readonly id: string;
  readonly source: string;
  readonly clientId: string;
  readonly content: FeedbackContent;
  /** UTC texts with as many fraction digits as the moment has. */
  readonly instants: {
    readonly createdAt: string;
    readonly deliveredAt: string | null;
    readonly takenAt: string | null;
  };
  /** Of the last delivery that counted for this record. */
  readonly effect: string;
  readonly warnings: readonly string[];
  readonly deliveries: number;
  readonly isUnassigned: boolean;
  /** Without an id of its source a feedback cannot be answered. */
  readonly canReply: boolean;
  readonly firstReceivedAt: Instant;
  readonly lastReceivedAt: Instant;
  /** Oldest first. */
  readonly revisions: readonly FeedbackRevision[];
}

/** One revision of a feedback. */
export interface FeedbackRevision {
  readonly number: number;
  readonly deliveryId: string;
  readonly receivedAt: Instant;
  readonly content: FeedbackContent;
}

/** What to list; absent conditions do not narrow. */
export interface FeedbackQuery {
  readonly id?: string;
  readonly source?: string;
  readonly sourceOrderId?: string;
  readonly orderId?: string;
  readonly placeId?: string;
  /** Only of places that these outlets go by. */
  readonly outletIds?: readonly string[];
  readonly isUnassigned?: boolean;
  /** The last id of the page before. */
  readonly before?: string;
  readonly limit: number;
}

/** Records, newest first. */
export async function listFeedback(tx: Tx, wanted: FeedbackQuery): Promise<FeedbackView[]> {
  let query = tx.kysely.selectFrom("feedback_item").selectAll();
  for (const [column, value] of [
    ["id", wanted.id],
    ["source", wanted.source],
    ["source_order_id", wanted.sourceOrderId],
    ["order_id", wanted.orderId],
    ["place_id", wanted.placeId],
    ["is_unassigned", wanted.isUnassigned === undefined ? undefined : Number(wanted.isUnassigned)],
  ] as const) {
    if (value !== undefined) query = query.where(column, "=", value);
  }
  const { outletIds } = wanted;
  if (outletIds !== undefined) {
    const names = sql<SqlBool>`place_id in
      (select coalesce(eats_id, id) from outlet where id in (${among(outletIds)}))`;
    query = query.where(names);
  }
  if (wanted.before !== undefined) query = query.where("id", "<", wanted.before);
  const items = await query.orderBy("id", "desc").limit(wanted.limit).execute();
  const revisions = await revisionsOf(
    tx,
    items.map((item) => item.id),
  );
  return items.map((item) => {
    const content = { ...(JSON.parse(item.content) as FeedbackContent), sourceId: item.source_id };
    return {
      id: item.id,
      source: item.source,
      clientId: item.client_id,
      content,
      instants: {
        createdAt: formatMoment(content.createdAt.at, content.createdAt.micros),
        deliveredAt: content.deliveredAt && formatMoment(content.deliveredAt.at, content.deliveredAt.micros),
        takenAt: content.takenAt && formatMoment(content.takenAt.at, content.takenAt.micros),
      },
      effect: item.last_effect,
      warnings: item.last_warnings === "" ? [] : item.last_warnings.split(","),
      deliveries: item.deliveries,
      isUnassigned: item.is_unassigned === 1,
      canReply: item.source_id !== null,
      firstReceivedAt: instant(item.first_received_at),
      lastReceivedAt: instant(item.last_received_at),
      revisions: revisions.get(item.id) ?? [],
    };
  });
}

async function revisionsOf(tx: Tx, itemIds: readonly string[]): Promise<Map<string, FeedbackRevision[]>> {
  const found = new Map<string, FeedbackRevision[]>();
  if (itemIds.length === 0) return found;
  const rows = await tx.kysely
    .selectFrom("feedback_revision")
    .select(["item_id", "number", "content", "delivery_id", "received_at"])
    .where("item_id", "in", itemIds)
    .orderBy("number")
    .execute();
  for (const row of rows) {
    const list = found.get(row.item_id) ?? [];
    list.push({
      number: row.number,
      deliveryId: row.delivery_id,
      receivedAt: instant(row.received_at),
      content: JSON.parse(row.content) as FeedbackContent,
    });
    found.set(row.item_id, list);
  }
  return found;
}
