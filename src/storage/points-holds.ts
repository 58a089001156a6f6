// Holds of points for orders, with the parts of the lots they use, and what returns gave back.
import { type Instant, instant } from "../core/basics/index.ts";
import type { Hold, HoldState, ReturnedPoints, Take } from "../core/loyalty/index.ts";
import { type Points, points } from "../core/money/index.ts";
import type { Tx, Value } from "./database.ts";

interface HoldRow {
  order_id: string;
  customer_id: string;
  amount: number;
  state: string;
  release_at: number;
}

/** The hold of an order with its parts; null when no points were held for it. */
export async function readHold(tx: Tx, orderId: string): Promise<Hold | null> {
  const [row] = await tx.rows<HoldRow>(
    "select order_id, customer_id, amount, state, release_at from points_hold where order_id = ?",
    [orderId],
  );
  if (row === undefined) return null;
  const parts = await tx.rows<{ position: number; lot_id: string; amount: number; given_back: number }>(
    "select position, lot_id, amount, given_back from points_hold_part where order_id = ? order by position",
    [orderId],
  );
  return {
    orderId: row.order_id,
    customerId: row.customer_id,
    amount: points(row.amount),
    state: row.state as HoldState,
    releaseAt: instant(row.release_at),
    parts: parts.map((part) => ({
      position: part.position,
      lotId: part.lot_id,
      amount: points(part.amount),
      givenBack: points(part.given_back),
    })),
  };
}

/** Points held for a customer's orders on their way, first to lapse first. */
export async function openHolds(
  tx: Tx,
  customerId: string,
): Promise<readonly Pick<Hold, "orderId" | "amount" | "releaseAt">[]> {
  const rows = await tx.rows<HoldRow>(
    `select order_id, customer_id, amount, state, release_at from points_hold
     where customer_id = ? and state = 'held' order by release_at, order_id`,
    [customerId],
  );
  return rows.map((row) => ({
    orderId: row.order_id,
    amount: points(row.amount),
    releaseAt: instant(row.release_at),
  }));
}

/** A hold about to be made. */
export type NewHold = Pick<Hold, "orderId" | "customerId" | "amount" | "releaseAt"> & {
  readonly createdAt: Instant;
};

/** Adds a hold with the parts it uses, in the order of use. */
export async function addHold(tx: Tx, hold: NewHold, takes: readonly Take[]): Promise<void> {
  await tx.run(
    `insert into points_hold (order_id, customer_id, amount, state, release_at, created_at)
     values (?, ?, ?, 'held', ?, ?)`,
    [hold.orderId, hold.customerId, hold.amount, hold.releaseAt, hold.createdAt],
  );
  await addHoldParts(tx, hold.orderId, takes, 0);
}

/** Adds parts after the first `count`. */
export async function addHoldParts(
  tx: Tx,
  orderId: string,
  takes: readonly Take[],
  count: number,
): Promise<void> {
  for (const [index, { lotId, amount }] of takes.entries()) {
    await tx.run(
      "insert into points_hold_part (order_id, position, lot_id, amount, given_back) values (?, ?, ?, ?, 0)",
      [orderId, count + index + 1, lotId, amount],
    );
  }
}

/** Ends a hold that is in state `from`; false when it is not (any more). */
export async function endHold(
  tx: Tx,
  orderId: string,
  from: HoldState,
  to: HoldState,
  at: Instant,
): Promise<boolean> {
  const sql = "update points_hold set state = ?, ended_at = ? where order_id = ? and state = ?";
  return (await tx.run(sql, [to, at, orderId, from])) === 1;
}

/** Notes that all parts were given back. */
export async function giveBackParts(tx: Tx, orderId: string): Promise<void> {
  await tx.run("update points_hold_part set given_back = amount where order_id = ?", [orderId]);
}

/** Notes what a return gave back of the parts that have not been given back yet. */
export async function giveBackSome(tx: Tx, orderId: string, takes: readonly Take[]): Promise<void> {
  for (const { lotId, amount } of takes) {
    await tx.run(
      `update points_hold_part set given_back = given_back + ?
       where order_id = ? and lot_id = ? and given_back < amount`,
      [amount, orderId, lotId],
    );
  }
}

/** Orders whose hold should have ended by `at`, at most `limit`, the longest overdue first. */
export async function overdueHolds(tx: Tx, at: Instant, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ order_id: string }>(
    "select order_id from points_hold where state = 'held' and release_at <= ? order by release_at, order_id limit ?",
    [at, limit],
  );
  return rows.map(({ order_id }) => order_id);
}

/** Gives all holds of one customer to another. */
export async function moveHolds(tx: Tx, from: string, to: string): Promise<void> {
  await tx.run("update points_hold set customer_id = ? where customer_id = ?", [to, from]);
}

/** What a return did, as it is kept so that a second call gets the same answer. */
export interface KeptReturn extends ReturnedPoints {
  readonly orderId: string;
  readonly returnId: string;
  readonly earnedBack: Points;
  readonly at: Instant;
}

const RETURN_COLUMNS = "order_id, return_id, at, earned_back, restored, lost, taken_back, forgiven, missing";

/** All returns of an order. */
export async function returnsOf(tx: Tx, orderId: string): Promise<KeptReturn[]> {
  const rows = await tx.rows<{
    order_id: string;
    return_id: string;
    at: number;
    earned_back: number;
    restored: number;
    lost: number;
    taken_back: number;
    forgiven: number;
    missing: number;
  }>(`select ${RETURN_COLUMNS} from points_return where order_id = ? order by at, return_id`, [orderId]);
  return rows.map((row) => ({
    orderId: row.order_id,
    returnId: row.return_id,
    at: instant(row.at),
    earnedBack: points(row.earned_back),
    restored: points(row.restored),
    lost: points(row.lost),
    takenBack: points(row.taken_back),
    forgiven: points(row.forgiven),
    missing: points(row.missing),
  }));
}

/** Keeps what a return did; throws when the return is there already. */
export async function addReturn(tx: Tx, kept: KeptReturn): Promise<void> {
  const values: Value[] = [
    kept.orderId,
    kept.returnId,
    kept.at,
    kept.earnedBack,
    kept.restored,
    kept.lost,
    kept.takenBack,
    kept.forgiven,
    kept.missing,
  ];
  await tx.run(`insert into points_return (${RETURN_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, values);
}
