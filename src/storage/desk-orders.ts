// What the desk asks the shop: which outlet a source means, and what is known of an order.
import type { Tx } from "./database.ts";

/** The outlet that a source names, by which its items are grouped and dated. */
export interface DeskBranch {
  readonly id: string;
  /** IANA zone; null: the shop's own. */
  readonly timezone: string | null;
}

/** The outlet that goes by `placeId`: its id at Yandex Eats or, where it has none, its own id; null: not ours. */
export async function branchOfPlace(tx: Tx, placeId: string): Promise<DeskBranch | null> {
  const [row] = await tx.rows<DeskBranch>(
    "select id, timezone from outlet where eats_id = ? or (id = ? and eats_id is null) limit 1",
    [placeId, placeId],
  );
  return row ?? null;
}

/** The outlet with that id; null: there is none. */
export async function branchById(tx: Tx, id: string): Promise<DeskBranch | null> {
  const [row] = await tx.rows<DeskBranch>("select id, timezone from outlet where id = ?", [id]);
  return row ?? null;
}

/** What an order tells of the feedback on it. Amount in kopecks, instants in ms UTC. */
export interface DeskOrder {
  readonly customerId: string | null;
  readonly placedAt: number | null;
  readonly totalMinor: number | null;
  readonly branch: DeskBranch | null;
  readonly articles: readonly { readonly id: string; readonly name: string }[];
}

/** The order with that id; null: we do not know it. */
export async function orderOfDesk(tx: Tx, orderId: string): Promise<DeskOrder | null> {
  const [row] = await tx.rows<{
    customer_id: string | null;
    placed_at: number | null;
    total_minor: number | null;
    outlet_id: string | null;
    timezone: string | null;
  }>(
    `select o.customer_id, o.placed_at, o.total_minor, t.id as outlet_id, t.timezone
     from shop_order o left join outlet t on t.id = o.outlet_id where o.id = ?`,
    [orderId],
  );
  if (row === undefined) return null;
  const articles = await tx.rows<{ id: string; name: string }>(
    "select distinct offer_id as id, name from order_line where order_id = ? order by offer_id",
    [orderId],
  );
  return {
    customerId: row.customer_id,
    placedAt: row.placed_at,
    totalMinor: row.total_minor,
    branch: row.outlet_id === null ? null : { id: row.outlet_id, timezone: row.timezone },
    articles,
  };
}

/** Makes what is said of one order take turns until the transaction ends; SQLite has one writer anyway. */
export async function lockDeskOrder(tx: Tx, orderId: string): Promise<void> {
  if (tx.engine === "sqlite") return;
  await tx.rows("select pg_advisory_xact_lock(hashtextextended(?, 0))", [`desk\n${orderId}`]);
}
