// The points ledger read as it is: entries one by one for exports, and what one customer has at an instant.
import type { Tx } from "./database.ts";

/** One side of a pair, with the movement that it belongs to. */
export interface LedgerEntry {
  readonly at: number;
  readonly movementId: string;
  readonly position: number;
  readonly kind: string;
  readonly account: string;
  /** Null on accounts of the programme. */
  readonly customerId: string | null;
  readonly lotId: string;
  /** Above 0: arrived; below: left. */
  readonly amount: number;
  readonly orderId: string | null;
  readonly actor: string | null;
  readonly reason: string | null;
  readonly control: number | null;
}

/** Where a page of entries ended. */
export interface EntryPlace {
  readonly at: number;
  readonly movementId: string;
  readonly position: number;
}

interface EntryRow {
  at: number;
  movement_id: string;
  position: number;
  kind: string;
  account: string;
  customer_id: string | null;
  lot_id: string;
  amount: number;
  order_id: string | null;
  actor: string | null;
  reason: string | null;
  control: number | null;
}

/** Entries from `from` on and before `until`, oldest first, behind `after`. */
export async function ledgerEntries(
  tx: Tx,
  span: { readonly from: number; readonly until: number },
  after: EntryPlace | null,
  limit: number,
): Promise<LedgerEntry[]> {
  const { at, movementId, position } = after ?? { at: span.from, movementId: "", position: 0 };
  const rows = await tx.rows<EntryRow>(
    `select entry.at, entry.movement_id, entry.position, movement.kind, entry.account, entry.customer_id, entry.lot_id,
       entry.amount, movement.order_id, movement.actor, movement.reason, movement.control
     from points_entry as entry join points_movement as movement on movement.id = entry.movement_id
     where entry.at >= ? and entry.at < ? and (entry.at > ? or entry.movement_id > ? or
       (entry.movement_id = ? and entry.position > ?))
     order by entry.at, entry.movement_id, entry.position limit ?`,
    [at, span.until, at, movementId, movementId, position, limit],
  );
  return rows.map((row) => ({
    at: row.at,
    movementId: row.movement_id,
    position: row.position,
    kind: row.kind,
    account: row.account,
    customerId: row.customer_id,
    lotId: row.lot_id,
    amount: row.amount,
    orderId: row.order_id,
    actor: row.actor,
    reason: row.reason,
    control: row.control,
  }));
}

/** What a customer has at an instant, whether or not any job has run. */
export interface PointsStanding {
  readonly available: number;
  /** Earned, and not to be spent yet. */
  readonly pending: number;
  /** Kept for orders on their way. */
  readonly held: number;
  /** The next end: when, and how many points; null: none ends. */
  readonly next: { readonly at: number; readonly points: number } | null;
}

/** See `PointsStanding`; all zeros for one who never had points. */
export async function pointsStanding(tx: Tx, customerId: string, at: number): Promise<PointsStanding> {
  const [row] = await tx.rows<{ available: number; pending: number; held: number }>(
    `select coalesce(sum(case when active_from <= ? and (expires_at is null or expires_at > ?) then pending + available end), 0) as available,
       coalesce(sum(case when active_from > ? then pending end), 0) as pending, coalesce(sum(held), 0) as held
     from points_lot where customer_id = ?`,
    [at, at, at, customerId],
  );
  const [next] = await tx.rows<{ at: number; points: number }>(
    `select expires_at as at, sum(pending + available) as points from points_lot
     where customer_id = ? and pending + available > 0 and expires_at > ? group by expires_at order by expires_at limit 1`,
    [customerId, at],
  );
  return { ...(row ?? { available: 0, pending: 0, held: 0 }), next: next ?? null };
}
