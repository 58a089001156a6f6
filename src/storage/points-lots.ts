// Lots of points as they stand. They change only through movements.
import { type Instant, instant } from "../core/basics/index.ts";
import type { Lot, LotKind } from "../core/loyalty/index.ts";
import { points } from "../core/money/index.ts";
import type { Tx } from "./database.ts";

interface LotRow {
  id: string;
  customer_id: string;
  kind: string;
  order_id: string | null;
  amount: number;
  pending: number;
  available: number;
  held: number;
  expired: number;
  active_from: number;
  expires_at: number | null;
  created_at: number;
}

const COLUMNS =
  "id, customer_id, kind, order_id, amount, pending, available, held, expired, active_from, expires_at, created_at";

/** Lots of a customer that have pending or available points. */
export async function openLots(tx: Tx, customerId: string): Promise<Lot[]> {
  const rows = await tx.rows<LotRow>(
    `select ${COLUMNS} from points_lot where customer_id = ? and pending + available > 0`,
    [customerId],
  );
  return rows.map(fromRow);
}

/** All lots of a customer that have any points left, held ones too, the oldest first. */
export async function filledLots(tx: Tx, customerId: string): Promise<Lot[]> {
  const rows = await tx.rows<LotRow>(
    `select ${COLUMNS} from points_lot where customer_id = ? and pending + available + held > 0
     order by created_at, id`,
    [customerId],
  );
  return rows.map(fromRow);
}

/** Lots by their ids, empty ones too. */
export async function lotsByIds(tx: Tx, ids: readonly string[]): Promise<Lot[]> {
  const lots: Lot[] = [];
  for (const id of ids) {
    const [row] = await tx.rows<LotRow>(`select ${COLUMNS} from points_lot where id = ?`, [id]);
    if (row !== undefined) lots.push(fromRow(row));
  }
  return lots;
}

/** The lot that an order earned; null when it earned none. */
export async function earnedLot(tx: Tx, orderId: string): Promise<Lot | null> {
  const [row] = await tx.rows<LotRow>(
    `select ${COLUMNS} from points_lot where order_id = ? and kind = 'earned'`,
    [orderId],
  );
  return row === undefined ? null : fromRow(row);
}

/** Gives all lots of one customer to another, emptied ones too: a return must find them. Their points go by a movement. */
export async function moveLots(tx: Tx, from: string, to: string): Promise<void> {
  await tx.run("update points_lot set customer_id = ? where customer_id = ?", [to, from]);
}

/** Customers with pending points that became active by `at`, at most `limit`, each once. */
export async function customersActivating(tx: Tx, at: Instant, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ customer_id: string }>(
    `select distinct customer_id from (
       select customer_id from points_lot where pending > 0 and active_from <= ? order by active_from limit ?) as due
     order by customer_id`,
    [at, limit],
  );
  return rows.map(({ customer_id }) => customer_id);
}

/** Customers with available points that expired by `at`, at most `limit`, each once. */
export async function customersExpiring(tx: Tx, at: Instant, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ customer_id: string }>(
    `select distinct customer_id from (
       select customer_id from points_lot where available > 0 and expires_at <= ? order by expires_at limit ?) as due
     order by customer_id`,
    [at, limit],
  );
  return rows.map(({ customer_id }) => customer_id);
}

function fromRow(row: LotRow): Lot {
  return {
    id: row.id,
    customerId: row.customer_id,
    kind: row.kind as LotKind,
    orderId: row.order_id,
    amount: points(row.amount),
    pending: points(row.pending),
    available: points(row.available),
    held: points(row.held),
    expired: points(row.expired),
    activeFrom: instant(row.active_from),
    expiresAt: row.expires_at === null ? null : instant(row.expires_at),
    createdAt: instant(row.created_at),
  };
}
