// Orders as far as ratings, segments and spending conditions need them.
import type { Tx } from "./database.ts";

/** An order known to the shop. */
export interface ShopOrder {
  readonly id: string;
  /** Null where not told. */
  readonly customerId: string | null;
  readonly placedAt: number | null;
  readonly status: string | null;
  /** Goods after discounts, kopecks. */
  readonly totalMinor: number | null;
}

/** Adds an order, or fills in what is told of one that is known; what is null keeps its place. */
export async function saveOrder(tx: Tx, order: ShopOrder): Promise<void> {
  await tx.run(
    `insert into shop_order (id, customer_id, placed_at, status, total_minor) values (?, ?, ?, ?, ?)
     on conflict (id) do update set
       customer_id = coalesce(excluded.customer_id, shop_order.customer_id),
       placed_at = coalesce(excluded.placed_at, shop_order.placed_at),
       status = coalesce(excluded.status, shop_order.status),
       total_minor = coalesce(excluded.total_minor, shop_order.total_minor)`,
    [order.id, order.customerId, order.placedAt, order.status, order.totalMinor],
  );
}

/** Whether the order is ours. */
export async function isOrderKnown(tx: Tx, id: string): Promise<boolean> {
  return (await tx.rows("select 1 as one from shop_order where id = ?", [id])).length > 0;
}

/** Money a customer's orders came to since each of the instants, kopecks; orders that ended unbought do not count. */
export async function spentSince(tx: Tx, customerId: string, since: readonly number[]): Promise<number[]> {
  if (since.length === 0) return [];
  const sums = since.map(
    (_, index) => `coalesce(sum(case when placed_at >= ? then total_minor end), 0) as s${index}`,
  );
  const [row] = await tx.rows<Record<string, number>>(
    `select ${sums.join(", ")} from shop_order
     where customer_id = ? and placed_at >= ? and coalesce(status, '') not in ('canceled', 'cancelled', 'closed')`,
    [...since, customerId, Math.min(...since)],
  );
  return since.map((_, index) => row?.[`s${index}`] ?? 0);
}
