// What is shown of an item beside its row: the other items of its order, the names of its dishes, who served.
import type { Tx } from "./database.ts";
import { type DeskRecord, recordsOf } from "./desk-items.ts";
import type { DeskTables } from "./tables/desk.ts";

/** Items that one order's story tells. */
const STORY_MOST = 100;

/** The newest hundred items of an order, in the order of arrival. */
export async function deskItemsOfOrder(tx: Tx, orderId: string): Promise<DeskRecord[]> {
  const rows = await tx.rows<DeskTables["desk_item"]>(
    `select * from desk_item where order_id = ? order by seq desc limit ${STORY_MOST}`,
    [orderId],
  );
  return recordsOf(tx, rows.reverse());
}

/** A dish of an item as its source names it; "" where it does not. */
export interface NamedDish {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
}

/** Dishes of items, by the items' numbers. */
export async function deskDishes(tx: Tx, seqs: readonly number[]): Promise<NamedDish[]> {
  if (seqs.length === 0) return [];
  return tx.rows<NamedDish>(
    `select d.seq, n.dish_id as id, n.name from desk_item_dish d join desk_dish n on n.id = d.dish
     where d.seq in (${seqs.map(() => "?").join(", ")}) order by d.seq, n.name, n.dish_id`,
    seqs,
  );
}

/** Who served an order; null: the order or its employee is not known. */
export async function employeeOfOrder(tx: Tx, orderId: string): Promise<string | null> {
  const [row] = await tx.rows<{ employee_id: string | null }>(
    "select employee_id from shop_order where id = ?",
    [orderId],
  );
  return row?.employee_id ?? null;
}

/** A view by its id, whoever it belongs to; null: there is none. */
export async function deskViewOwner(tx: Tx, id: string): Promise<{ readonly owner: string | null } | null> {
  const [row] = await tx.rows<{ owner: string | null }>("select owner from desk_view where id = ?", [id]);
  return row ?? null;
}
