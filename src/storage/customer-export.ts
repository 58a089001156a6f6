// Everything that is kept of a customer, table by table, as it is kept: for whoever asks what the shop knows of them.
import type { Tx, Value } from "./database.ts";

/** How a table speaks of a customer: by an id of theirs, or by an order or an item of theirs. */
interface Source {
  readonly name: string;
  readonly table: string;
  readonly columns: string;
  readonly by: readonly string[];
  readonly of: "customer" | "order" | "item";
}

const of =
  (kind: Source["of"]) =>
  (name: string, table: string, columns: string, ...by: readonly string[]): Source => ({
    ...{ name, table, columns, by },
    of: kind,
  });
const customer = of("customer");
const order = of("order");
const item = of("item");

/** Every table that speaks of customers; a test holds the list against the tables there are. */
export const CUSTOMER_SOURCES: readonly Source[] = [
  customer("customers", "customer", "id, segments, tier, birthday, order_count, updated_at", "id"),
  // Keyed hashes: what the card or phone is nobody can tell from them.
  customer("identities", "customer_identity", "kind, external_id", "customer_id", "external_id"),
  customer("mergedIds", "customer_alias", "id, customer_id", "id", "customer_id"),
  customer("merges", "customer_merge", "from_id, into_id, reason, merged_at", "from_id", "into_id"),
  customer("loyaltyNumbers", "loyalty_number", "number, uses, created_at", "customer_id"),
  customer("promoCodes", "promo_code", "code, promotion_id, state, valid_until, created_at", "customer_id"),
  customer("carts", "stored_cart", "lines, updated_at", "customer_id"),
  customer("calculations", "calculation", "id, at, channel, code, input, result", "customer_id"),
  customer("pointsAccounts", "points_account", "customer_id, pending, available, held", "customer_id"),
  customer(
    "pointsLots",
    "points_lot",
    "id, kind, order_id, amount, pending, available, held, expired, active_from, expires_at, created_at",
    "customer_id",
  ),
  customer("pointsMovements", "points_movement", "id, kind, order_id, reason, at", "customer_id"),
  customer("pointsEntries", "points_entry", "movement_id, account, lot_id, amount, at", "customer_id"),
  customer(
    "pointsHolds",
    "points_hold",
    "order_id, amount, state, release_at, created_at, ended_at",
    "customer_id",
  ),
  customer("pointsRequests", "points_request", "amount, reason, state, asked_at, decided_at", "customer_id"),
  customer("balanceImports", "balance_import_row", "import_id, points", "customer_id"),
  customer("coolDowns", "answer_cool_down", "answer_id", "customer_id"),
  customer("uses", "limit_use", "promotion_id, kind, period, uses, spent", "subject"),
  order("orders", "shop_order", "*", "id"),
  order("contacts", "order_contact", "*", "order_id"),
  order("lines", "order_line", "*", "order_id"),
  order("terms", "order_record", "order_id, answer, terms", "order_id"),
  order("statuses", "order_status", "order_id, number, status, side, reason, at", "order_id"),
  order("returns", "order_return", "*", "order_id"),
  order("pointsReturns", "points_return", "*", "order_id"),
  order("pointsHeldParts", "points_hold_part", "*", "order_id"),
  order("usesOfOrders", "order_use", "*", "order_id"),
  order("ratings", "rating", "*", "order_id"),
  order("ratingRevisions", "rating_revision", "*", "order_id"),
  order("feedback", "feedback_item", "*", "order_id"),
  order("items", "desk_item", "*", "order_id"),
  item("feedbackRevisions", "feedback_revision", "*", "item_id"),
  item("thread", "desk_thread", "*", "item_id"),
  item("answers", "answer", "*", "item_id"),
  item("deliveries", "delivery", "id, channel, received_at, content_type, body", "item_id"),
];

/** Rows of one table, in the order of their first column; bytes are texts. */
export interface ExportedRows {
  readonly name: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Reads one source for these ids; small, since it is one person's. */
export async function rowsOfSource(
  tx: Tx,
  { name, table, columns, by }: Source,
  ids: readonly string[],
): Promise<ExportedRows> {
  if (ids.length === 0) return { name, rows: [] };
  const places = ids.map(() => "?").join(", ");
  const where = by.map((column) => `${column} in (${places})`).join(" or ");
  const values: Value[] = by.flatMap(() => [...ids]);
  const rows = await tx.rows<Record<string, unknown>>(
    `select ${columns} from ${table} where ${where} order by 1`,
    values,
  );
  return { name, rows: rows.map(readable) };
}

/** Ids of what the desk and the channels keep of these orders. */
export async function itemIdsOf(tx: Tx, orderIds: readonly string[]): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const places = orderIds.map(() => "?").join(", ");
  const rows = await tx.rows<{ id: string }>(
    `select id from desk_item where order_id in (${places}) union select id from feedback_item where order_id in (${places})
     union select id from rating where order_id in (${places})`,
    [...orderIds, ...orderIds, ...orderIds],
  );
  return rows.map(({ id }) => id);
}

function readable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : value,
    ]),
  );
}
