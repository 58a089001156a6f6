// What an order left elsewhere, for people who look at it: movements of points, uses of limits, statuses told to the app.

import type { Tx } from "./database.ts";
import type { UseKey } from "./limit-uses.ts";
import type { DeliveryState } from "./webhook-queue.ts";
import type { WebhookAttempt } from "./webhook-views.ts";

/** Movements and statuses that are shown at most. */
const MOST_MOVEMENTS = 100;
const MOST_PUSHES = 50;

/** A movement of points because of an order: what it changed of the customer's accounts. */
export interface OrderMovement {
  readonly at: number;
  readonly kind: string;
  readonly available: number;
  readonly pending: number;
  readonly held: number;
  readonly reason: string | null;
}

/** Movements because of an order, oldest first. `customerIds`: all ids of its customer, for there is no index by order. */
export async function movementsOfOrder(
  tx: Tx,
  orderId: string,
  customerIds: readonly string[],
): Promise<OrderMovement[]> {
  if (customerIds.length === 0) return [];
  const sum = (account: string): string =>
    `coalesce(sum(case when e.account = '${account}' then e.amount end), 0) as ${account}`;
  return tx.rows<OrderMovement>(
    `select m.at, m.kind, m.reason, ${sum("available")}, ${sum("pending")}, ${sum("held")}
     from points_movement m left join points_entry e on e.movement_id = m.id and e.customer_id is not null
     where m.customer_id in (${customerIds.map(() => "?").join(", ")}) and m.order_id = ?
     group by m.id, m.at, m.kind, m.reason order by m.at, m.id limit ${MOST_MOVEMENTS}`,
    [...customerIds, orderId],
  );
}

/** A use of one promotion's limits by an order. */
export interface UseOfOrder {
  readonly promotionId: string;
  /** Kopecks. */
  readonly amount: number;
  /** False: another order of the same cart holds their one use. */
  readonly isCounted: boolean;
  readonly code: string | null;
  readonly counted: readonly (readonly [UseKey["kind"], string])[];
  readonly at: number;
  /** Null: it was not given back. */
  readonly releasedAt: number | null;
}

/** Limits that an order uses or used, by promotion. */
export async function usesOfOrder(tx: Tx, orderId: string): Promise<UseOfOrder[]> {
  const rows = await tx.rows<{
    promotion_id: string;
    amount: number;
    uses: number;
    code: string | null;
    counted: string;
    at: number;
    released_at: number | null;
  }>(
    `select promotion_id, amount, uses, code, counted, at, released_at from order_use
     where order_id = ? order by promotion_id`,
    [orderId],
  );
  return rows.map((row) => ({
    promotionId: row.promotion_id,
    amount: row.amount,
    isCounted: row.uses === 1,
    code: row.code,
    counted: JSON.parse(row.counted) as UseOfOrder["counted"],
    at: row.at,
    releasedAt: row.released_at,
  }));
}

/** An event for one addressee, with how far it is. */
export interface ToldEvent {
  readonly eventId: string;
  readonly at: number;
  /** JSON of the flow that wrote it. */
  readonly body: string;
  /** Null: it has no number yet, or is not queued. */
  readonly state: DeliveryState | null;
  readonly note: string | null;
  readonly nextAt: number | null;
  readonly attempts: readonly WebhookAttempt[];
}

/** The last events of an order that `endpointId` alone is told, oldest first. */
export async function toldOfOrder(
  tx: Tx,
  orderId: string,
  { endpointId, kind }: { readonly endpointId: string; readonly kind: string },
): Promise<ToldEvent[]> {
  const rows = await tx.rows<Omit<ToldEvent, "attempts"> & { readonly number: number | null }>(
    `select event.id as "eventId", event.at, event.body, event.number, delivery.state,
       delivery.last_note as note, delivery.next_at as "nextAt"
     from event left join webhook_delivery delivery
       on delivery.endpoint_id = ? and delivery.number = event.number
     where event.subject_type = 'order' and event.subject_id = ? and event.kind = ?
     order by event.entry desc limit ${MOST_PUSHES}`,
    [endpointId, orderId, kind],
  );
  const numbers = rows.flatMap(({ number }) => (number === null ? [] : [number]));
  const attempts =
    numbers.length === 0
      ? []
      : await tx.rows<WebhookAttempt & { readonly number: number }>(
          `select number, attempt, at, ms, outcome, status from webhook_attempt
           where endpoint_id = ? and number in (${numbers.map(() => "?").join(", ")}) order by at`,
          [endpointId, ...numbers],
        );
  return rows.reverse().map(({ number, ...told }) => ({
    ...told,
    attempts: attempts.filter((one) => one.number === number).map(({ number: _number, ...one }) => one),
  }));
}
