// Merges of customers: the history of them, the lock that keeps two from crossing, and what moves with a customer.
import type { Tx } from "./database.ts";

/** One merge as it was made. */
export interface CustomerMerge {
  readonly id: string;
  readonly fromId: string;
  readonly intoId: string;
  readonly reason: string;
  /** Who merged: a token's id, or "cli". */
  readonly actor: string;
  /** How many of each noun moved. */
  readonly moved: Readonly<Record<string, number>>;
  readonly mergedAt: number;
}

interface MergeRow {
  id: string;
  from_id: string;
  into_id: string;
  reason: string;
  actor: string;
  moved: string;
  merged_at: number;
}

const COLUMNS = "id, from_id, into_id, reason, actor, moved, merged_at";

/**
 * Holds both customers against other merges and against `lockCustomer` until the transaction ends; makes their rows
 * where there are none. Always in the order of ids, so that two merges never wait for each other.
 */
export async function lockCustomers(tx: Tx, one: string, other: string, at: number): Promise<void> {
  const ids = [one, other].sort();
  for (const id of ids) {
    await tx.run(
      `insert into customer (id, segments, tier, birthday, order_count, updated_at)
       values (?, '[]', null, null, null, ?) on conflict (id) do nothing`,
      [id, at],
    );
  }
  if (tx.engine === "sqlite") return;
  for (const id of ids) await tx.rows("select id from customer where id = ? for update", [id]);
}

/** The merge by which a customer was merged away; null when it was not. */
export async function mergeOf(tx: Tx, fromId: string): Promise<CustomerMerge | null> {
  const [row] = await tx.rows<MergeRow>(`select ${COLUMNS} from customer_merge where from_id = ?`, [fromId]);
  return row === undefined ? null : fromRow(row);
}

/** Notes a merge down and leads the id, with all that led to it before, to the survivor. Both are locked. */
export async function addMerge(tx: Tx, merge: CustomerMerge): Promise<void> {
  await tx.run(`insert into customer_merge (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)`, [
    merge.id,
    merge.fromId,
    merge.intoId,
    merge.reason,
    merge.actor,
    JSON.stringify(merge.moved),
    merge.mergedAt,
  ]);
  await tx.run("update customer_alias set customer_id = ? where customer_id = ?", [
    merge.intoId,
    merge.fromId,
  ]);
  await tx.run("insert into customer_alias (id, customer_id) values (?, ?)", [merge.fromId, merge.intoId]);
}

/** Merges, newest first; `before`: the id of the last one seen. */
export async function listMerges(tx: Tx, before: string | null, limit: number): Promise<CustomerMerge[]> {
  const rows = await tx.rows<MergeRow>(
    `select ${COLUMNS} from customer_merge ${before === null ? "" : "where id < ?"} order by id desc limit ?`,
    before === null ? [limit] : [before, limit],
  );
  return rows.map(fromRow);
}

/** Gives cards and phones over; gives how many. */
export function moveIdentities(tx: Tx, fromId: string, intoId: string): Promise<number> {
  return tx.run("update customer_identity set customer_id = ? where customer_id = ?", [intoId, fromId]);
}

/** Gives orders over; gives how many. */
export function moveOrders(tx: Tx, fromId: string, intoId: string): Promise<number> {
  return tx.run("update shop_order set customer_id = ? where customer_id = ?", [intoId, fromId]);
}

/** Gives items of the desk and answers over; gives how many items. */
export async function moveFeedback(tx: Tx, fromId: string, intoId: string): Promise<number> {
  await tx.run("update answer set customer_id = ? where customer_id = ?", [intoId, fromId]);
  return tx.run("update desk_item set customer_id = ? where customer_id = ?", [intoId, fromId]);
}

/**
 * Whoever got a promo code under either id got it: of two cool-downs the one that ends later stays, with the survivor; gives
 * 1 if that is the other's.
 */
export function moveCoolDown(tx: Tx, fromId: string, intoId: string): Promise<number> {
  return moveLater(tx, "answer_cool_down", "until", fromId, intoId);
}

/** Gives personal promo codes over; gives how many. */
export function movePersonalCodes(tx: Tx, fromId: string, intoId: string): Promise<number> {
  return tx.run("update promo_code set customer_id = ? where customer_id = ?", [intoId, fromId]);
}

/**
 * Adds what one customer has used of limits to what the other has, and makes the one's orders give back the other's;
 * gives how many counters. By customer keys, see limit-uses.ts. Counters that orders hold at this moment are waited for.
 */
export async function moveUses(tx: Tx, fromKey: string, intoKey: string): Promise<number> {
  await tx.run("update order_use set customer_key = ? where customer_key = ?", [intoKey, fromKey]);
  const rows = await tx.rows<{
    promotion_id: string;
    period: string;
    uses: number;
    spent: number;
    ends_at: number | null;
  }>(
    `delete from limit_use where kind = 'customer' and subject = ?
     returning promotion_id, period, uses, spent, ends_at`,
    [fromKey],
  );
  for (const { promotion_id, period, uses, spent, ends_at } of rows) {
    await tx.run(
      `insert into limit_use (promotion_id, kind, subject, period, uses, spent, ends_at)
       values (?, 'customer', ?, ?, ?, ?, ?)
       on conflict (promotion_id, kind, subject, period) do update set
         uses = limit_use.uses + excluded.uses, spent = limit_use.spent + excluded.spent`,
      [promotion_id, intoKey, period, uses, spent, ends_at],
    );
  }
  return rows.length;
}

/** Of the two kept carts the one that was changed last stays, with the survivor; gives 1 if that is the other's. */
export function moveCarts(tx: Tx, fromId: string, intoId: string): Promise<number> {
  return moveLater(tx, "stored_cart", "sync_at", fromId, intoId);
}

function fromRow(row: MergeRow): CustomerMerge {
  return {
    id: row.id,
    fromId: row.from_id,
    intoId: row.into_id,
    reason: row.reason,
    actor: row.actor,
    moved: JSON.parse(row.moved) as Record<string, number>,
    mergedAt: row.merged_at,
  };
}

/** Of two rows, one a customer, the one whose `instant` is later stays, with the survivor; gives 1 if that is the other's. */
async function moveLater(
  tx: Tx,
  table: "answer_cool_down" | "stored_cart",
  instant: "until" | "sync_at",
  fromId: string,
  intoId: string,
): Promise<number> {
  await tx.run(
    `delete from ${table} where customer_id = ? and ${instant} <=
       (select other.${instant} from ${table} as other where other.customer_id = ?)`,
    [fromId, intoId],
  );
  const [left] = await tx.rows(`select 1 as one from ${table} where customer_id = ?`, [fromId]);
  if (left === undefined) return 0;
  await tx.run(`delete from ${table} where customer_id = ?`, [intoId]);
  return tx.run(`update ${table} set customer_id = ? where customer_id = ?`, [intoId, fromId]);
}
