// The key under which an order is placed, once for its whole life, and the number that comes with it.
import { assert } from "../core/basics/index.ts";
import type { Tx } from "./database.ts";

/** Times a claim is tried. */
const CLAIM_TRIES = 10;
/** The name of the lock of those who skip numbers. */
const NUMBERS_LOCK = 7_263_001;

/** A placement that stands: its answer, and by which contents it was made. */
export interface PlacedKey {
  readonly orderId: string;
  readonly fingerprint: string;
  readonly answer: string;
}

/** What became of a claim. */
export type OrderClaim =
  | { readonly kind: "claimed"; readonly number: number }
  | { readonly kind: "placed"; readonly placed: PlacedKey };

/**
 * Claims the key for this transaction and gives the order's number. A second claim of the same key waits for the first
 * one's end: on SQLite because there is one writer, on PostgreSQL at the unique index. Other keys never wait.
 */
export async function claimOrderKey(
  tx: Tx,
  key: { readonly uuid: string; readonly fingerprint: string; readonly at: number },
): Promise<OrderClaim> {
  for (let attempt = 1; ; attempt += 1) {
    const [row] = await tx.rows<{ number: number }>(
      `insert into order_key (uuid, fingerprint, placed_at) values (?, ?, ?)
       on conflict (uuid) do nothing returning number`,
      [key.uuid, key.fingerprint, key.at],
    );
    if (row !== undefined) return { kind: "claimed", number: row.number };
    const placed = await placementOf(tx, key.uuid);
    if (placed !== null) return { kind: "placed", placed };
    // Whoever had the key between the two statements took it back.
    assert(attempt < CLAIM_TRIES, "a key that is taken has its order");
  }
}

/** The placement of a key, or null. */
export async function placementOf(tx: Tx, uuid: string): Promise<PlacedKey | null> {
  const [row] = await tx.rows<PlacedKey>(
    `select shop_order.id as "orderId", order_key.fingerprint, order_record.answer
     from order_key
     join shop_order on shop_order.id = cast(order_key.number as text)
     join order_record on order_record.order_id = shop_order.id
     where order_key.uuid = ?`,
    [uuid],
  );
  return row ?? null;
}

/** The key of an order placed here. */
export async function uuidOfOrder(tx: Tx, number: number): Promise<string | null> {
  const [row] = await tx.rows<{ uuid: string }>("select uuid from order_key where number = ?", [number]);
  return row?.uuid ?? null;
}

/** Makes later numbers larger than `number`: another system's order has it. */
export async function skipOrderNumbers(tx: Tx, number: number): Promise<void> {
  if (tx.engine === "sqlite") {
    await tx.run("update sqlite_sequence set seq = ? where name = 'order_key' and seq < ?", [number, number]);
    return;
  }
  // The sequence knows no transaction, and two who skip at once could set it back: they take turns.
  await tx.rows("select pg_advisory_xact_lock(?)", [NUMBERS_LOCK]);
  await tx.rows(
    `select setval('order_key_number_seq', ?) from order_key_number_seq as now where now.last_value < ?`,
    [number, number],
  );
}

/** Gives a claimed key back, with its number: another system's order turned out to have that. */
export async function releaseOrderKey(tx: Tx, number: number): Promise<void> {
  await tx.run("delete from order_key where number = ?", [number]);
}
