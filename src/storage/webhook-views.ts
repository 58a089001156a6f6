// Deliveries as they are looked at: how far each is, and what every attempt came to.
import type { Tx, Value } from "./database.ts";
import type { DeliveryState } from "./webhook-queue.ts";

/** One event for one endpoint. */
export interface WebhookDelivery {
  readonly endpointId: string;
  readonly number: number;
  readonly subject: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastOutcome: string | null;
  readonly lastStatus: number | null;
  /** A partner's own words where they are safe to show (IMSHOP); null for webhooks. */
  readonly lastNote: string | null;
  readonly lastAt: number | null;
  /** When it is tried next, if it is the head of its lane; null: never. */
  readonly nextAt: number | null;
  readonly createdAt: number;
}

interface DeliveryRow {
  readonly endpoint_id: string;
  readonly number: number;
  readonly subject: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly last_outcome: string | null;
  readonly last_status: number | null;
  readonly last_note: string | null;
  readonly last_at: number | null;
  readonly next_at: number | null;
  readonly created_at: number;
}

const DELIVERY =
  "endpoint_id, number, subject, state, attempts, last_outcome, last_status, last_note, last_at, next_at, created_at";

function fromRow(row: DeliveryRow): WebhookDelivery {
  return {
    endpointId: row.endpoint_id,
    number: row.number,
    subject: row.subject,
    state: row.state,
    attempts: row.attempts,
    lastOutcome: row.last_outcome,
    lastStatus: row.last_status,
    lastNote: row.last_note,
    lastAt: row.last_at,
    nextAt: row.next_at,
    createdAt: row.created_at,
  };
}

/** Deliveries of an endpoint, newest first; `before`: only those of smaller numbers. */
export async function listDeliveries(
  tx: Tx,
  page: {
    readonly endpointId: string;
    readonly state: DeliveryState | null;
    readonly before: number | null;
    readonly limit: number;
  },
): Promise<(WebhookDelivery & { readonly eventId: string; readonly kind: string })[]> {
  const conditions = ["endpoint_id = ?"];
  const values: Value[] = [page.endpointId];
  if (page.state !== null) {
    conditions.push("state = ?");
    values.push(page.state);
  }
  if (page.before !== null) {
    conditions.push("delivery.number < ?");
    values.push(page.before);
  }
  const rows = await tx.rows<DeliveryRow & { event_id: string; kind: string }>(
    `select ${DELIVERY.split(", ")
      .map((column) => `delivery.${column}`)
      .join(", ")}, event.id as event_id, event.kind
      from webhook_delivery delivery join event on event.number = delivery.number
      where ${conditions.join(" and ")} order by delivery.number desc limit ?`,
    [...values, page.limit],
  );
  return rows.map((row) => ({ ...fromRow(row), eventId: row.event_id, kind: row.kind }));
}

/** A delivery with the event that it carries, and the endpoint that it went to. */
export interface ItemDelivery extends WebhookDelivery {
  readonly eventId: string;
  readonly kind: string;
  readonly label: string;
  readonly url: string;
}

/** Deliveries of what happened to an item of the desk, newest first. */
export async function deliveriesOfItem(tx: Tx, itemId: string, limit: number): Promise<ItemDelivery[]> {
  const columns = DELIVERY.split(", ").map((column) => `delivery.${column}`);
  const rows = await tx.rows<DeliveryRow & { event_id: string; kind: string; label: string; url: string }>(
    `select ${columns.join(", ")}, event.id as event_id, event.kind, endpoint.label, endpoint.url
      from event cross join webhook_endpoint endpoint
      join webhook_delivery delivery on delivery.endpoint_id = endpoint.id and delivery.number = event.number
      where event.subject_type in ('feedback', 'rating') and event.subject_id = ?
      order by delivery.number desc, delivery.endpoint_id limit ?`,
    [itemId, limit],
  );
  return rows.map((row) => ({
    ...fromRow(row),
    eventId: row.event_id,
    kind: row.kind,
    label: row.label,
    url: row.url,
  }));
}

/** How many deliveries of an endpoint wait or did not arrive; absent: none. Those that arrived are too many to count. */
export async function countDeliveries(
  tx: Tx,
  endpointId: string,
): Promise<Partial<Record<DeliveryState, number>>> {
  const rows = await tx.rows<{ state: DeliveryState; count: number }>(
    `select state, count(*) as count from webhook_delivery
      where endpoint_id = ? and state in ('pending', 'dead', 'refused') group by state`,
    [endpointId],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** One attempt. */
export interface WebhookAttempt {
  readonly attempt: number;
  readonly at: number;
  readonly ms: number;
  readonly outcome: string;
  readonly status: number | null;
}

/** Attempts of one delivery, in their order. */
export async function attemptsOf(tx: Tx, endpointId: string, number: number): Promise<WebhookAttempt[]> {
  return tx.rows<WebhookAttempt>(
    "select attempt, at, ms, outcome, status from webhook_attempt where endpoint_id = ? and number = ? order by at",
    [endpointId, number],
  );
}

/** Attempts at the latest `most` deliveries of an endpoint since an instant, newest last; never more than `most`. */
export async function attemptsSince(
  tx: Tx,
  endpointId: string,
  since: number,
  most: number,
): Promise<WebhookAttempt[]> {
  return tx.rows<WebhookAttempt>(
    `select attempt, at, ms, outcome, status from (
       select attempt, at, ms, outcome, status, number from webhook_attempt
        where endpoint_id = ? order by number desc limit ?) latest
      where at >= ? order by at, number`,
    [endpointId, most, since],
  );
}
