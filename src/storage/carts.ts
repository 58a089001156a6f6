// Carts kept between a customer's devices, and whole carts whose parts are still being asked for.
import type { Instant } from "../core/basics/index.ts";
import type { AppLine, Group, StoredCart } from "../core/carts/index.ts";
import type { Tx } from "./database.ts";

interface CartRow {
  sync_at: number;
  lines: string;
}

/** The cart kept for a customer; null when there is none. */
export async function readStoredCart(tx: Tx, customerId: string): Promise<StoredCart | null> {
  const [row] = await tx.rows<CartRow>("select sync_at, lines from stored_cart where customer_id = ?", [
    customerId,
  ]);
  return row === undefined ? null : cartFromRow(row);
}

/** The same, held until the transaction ends; an empty one is made where there is none. */
export async function claimStoredCart(tx: Tx, customerId: string, at: Instant): Promise<StoredCart> {
  const [row] = await tx.rows<CartRow>(
    `insert into stored_cart (customer_id, sync_at, lines, updated_at) values (?, 0, '[]', ?)
     on conflict (customer_id) do update set customer_id = excluded.customer_id
     returning sync_at, lines`,
    [customerId, at],
  );
  return cartFromRow(row as CartRow);
}

/** Writes a claimed cart. */
export async function saveStoredCart(
  tx: Tx,
  customerId: string,
  cart: StoredCart,
  at: Instant,
): Promise<void> {
  await tx.run("update stored_cart set sync_at = ?, lines = ?, updated_at = ? where customer_id = ?", [
    cart.syncAt,
    JSON.stringify(cart.lines),
    at,
    customerId,
  ]);
}

/** Forgets up to `limit` carts untouched since `before`; gives how many. */
export function forgetStoredCarts(tx: Tx, before: Instant, limit: number): Promise<number> {
  return tx.run(
    `delete from stored_cart where customer_id in
       (select customer_id from stored_cart where updated_at < ? order by updated_at limit ?)`,
    [before, limit],
  );
}

interface GroupRow {
  allocation: string;
  parts: string;
}

/** The whole cart of a group no older than `since`; null when there is none. */
export async function readCartGroup(
  tx: Tx,
  groupId: string,
  since: Instant,
  hold: "" | " for update" = "",
): Promise<Group | null> {
  const [row] = await tx.rows<GroupRow>(
    `select allocation, parts from cart_group where group_id = ? and updated_at >= ?${hold}`,
    [groupId, since],
  );
  if (row === undefined) return null;
  return {
    lines: JSON.parse(row.allocation) as Group["lines"],
    parts: JSON.parse(row.parts) as Group["parts"],
  };
}

/** The same, held until the transaction ends. */
export function claimCartGroup(tx: Tx, groupId: string, since: Instant): Promise<Group | null> {
  return readCartGroup(tx, groupId, since, tx.engine === "postgres" ? " for update" : "");
}

/** Keeps a whole cart with the parts given so far. */
export async function saveCartGroup(tx: Tx, groupId: string, group: Group, at: Instant): Promise<void> {
  await tx.run(
    `insert into cart_group (group_id, allocation, parts, updated_at) values (?, ?, ?, ?)
     on conflict (group_id) do update set allocation = excluded.allocation, parts = excluded.parts,
       updated_at = excluded.updated_at`,
    [groupId, JSON.stringify(group.lines), JSON.stringify(group.parts), at],
  );
}

/** Forgets up to `limit` groups untouched since `before`; gives how many. */
export function forgetCartGroups(tx: Tx, before: Instant, limit: number): Promise<number> {
  return tx.run(
    `delete from cart_group where group_id in
       (select group_id from cart_group where updated_at < ? order by updated_at limit ?)`,
    [before, limit],
  );
}

function cartFromRow(row: CartRow): StoredCart {
  return { syncAt: row.sync_at, lines: JSON.parse(row.lines) as AppLine[] };
}
