// Lines of orders, statuses they went through, who bought, and what was agreed: everything that hangs on an order's row.
import type { Tx, Value } from "./database.ts";
import type { OrderContactRow, OrderLineRow } from "./tables/order.ts";

/** A line as stored; amounts in kopecks, quantity in thousandths. `terms` is JSON of the flow that wrote it. */
export interface StoredOrderLine {
  readonly position: number;
  readonly offerId: string;
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
  readonly gross: number;
  readonly discount: number;
  readonly total: number;
  readonly terms: string;
}

/** Names, phones, addresses and free words: everything of an order that speaks of a person. */
export interface OrderContact {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly city: string | null;
  readonly address: string | null;
  readonly recipientName: string | null;
  readonly recipientPhone: string | null;
  readonly comment: string | null;
}

/** One status that an order had; `side`: whose word it was. */
export interface OrderStep {
  readonly status: string;
  readonly side: string;
  readonly reason: string | null;
  readonly at: number;
}

/** Lines of one insert: both engines take many more values, and a cart has a handful of lines. */
const CHUNK = 100;

/** Adds an order's lines. */
export async function addOrderLines(
  tx: Tx,
  orderId: string,
  lines: readonly StoredOrderLine[],
): Promise<void> {
  for (let start = 0; start < lines.length; start += CHUNK) {
    const chunk = lines.slice(start, start + CHUNK);
    const values: Value[] = chunk.flatMap((line) => [
      orderId,
      line.position,
      line.offerId,
      line.name,
      line.price,
      line.quantity,
      line.gross,
      line.discount,
      line.total,
      line.terms,
    ]);
    await tx.run(
      `insert into order_line (order_id, position, offer_id, name, price_minor, quantity, gross_minor,
         discount_minor, total_minor, terms) values ${chunk.map(() => "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").join(", ")}`,
      values,
    );
  }
}

/** Takes the lines of an imported order away, before its present ones are written. */
export async function removeOrderLines(tx: Tx, orderId: string): Promise<void> {
  await tx.run("delete from order_line where order_id = ?", [orderId]);
}

/** Lines of orders, in their order, by order. */
export async function linesOfOrders(
  tx: Tx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredOrderLine[]>> {
  const found = new Map<string, StoredOrderLine[]>(orderIds.map((id) => [id, []]));
  if (orderIds.length === 0) return found;
  const rows = await tx.rows<OrderLineRow>(
    `select order_id, position, offer_id, name, price_minor, quantity, gross_minor, discount_minor, total_minor, terms
     from order_line where order_id in (${orderIds.map(() => "?").join(", ")}) order by order_id, position`,
    orderIds,
  );
  for (const row of rows) found.get(row.order_id)?.push(lineFromRow(row));
  return found;
}

function lineFromRow(row: OrderLineRow): StoredOrderLine {
  return {
    position: row.position,
    offerId: row.offer_id,
    name: row.name,
    price: row.price_minor,
    quantity: row.quantity,
    gross: row.gross_minor,
    discount: row.discount_minor,
    total: row.total_minor,
    terms: row.terms,
  };
}

/** Notes that an order has `step` as its status number `number`, from 1. */
export async function addOrderStep(tx: Tx, orderId: string, number: number, step: OrderStep): Promise<void> {
  await tx.run(
    "insert into order_status (order_id, number, status, side, reason, at) values (?, ?, ?, ?, ?, ?)",
    [orderId, number, step.status, step.side, step.reason, step.at],
  );
}

/** Every status an order had, oldest first. */
export function stepsOfOrder(tx: Tx, orderId: string): Promise<OrderStep[]> {
  return tx.rows<OrderStep>(
    "select status, side, reason, at from order_status where order_id = ? order by number",
    [orderId],
  );
}

/** Keeps who bought. */
export async function addOrderContact(tx: Tx, orderId: string, contact: OrderContact): Promise<void> {
  await tx.run(
    `insert into order_contact (order_id, name, phone, email, city, address, recipient_name, recipient_phone, comment)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (order_id) do update set
       name = excluded.name, phone = excluded.phone, email = excluded.email, city = excluded.city,
       address = excluded.address, recipient_name = excluded.recipient_name,
       recipient_phone = excluded.recipient_phone, comment = excluded.comment`,
    [
      orderId,
      contact.name,
      contact.phone,
      contact.email,
      contact.city,
      contact.address,
      contact.recipientName,
      contact.recipientPhone,
      contact.comment,
    ],
  );
}

/** Who bought, by order; an order without a row has no entry. */
export async function contactsOfOrders(
  tx: Tx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, OrderContact>> {
  if (orderIds.length === 0) return new Map();
  const rows = await tx.rows<OrderContactRow>(
    `select * from order_contact where order_id in (${orderIds.map(() => "?").join(", ")})`,
    orderIds,
  );
  return new Map(rows.map((row) => [row.order_id, contactFromRow(row)]));
}

function contactFromRow(row: OrderContactRow): OrderContact {
  return {
    name: row.name,
    phone: row.phone,
    email: row.email,
    city: row.city,
    address: row.address,
    recipientName: row.recipient_name,
    recipientPhone: row.recipient_phone,
    comment: row.comment,
  };
}

/** Keeps the answer of a placement (null: imported) and what was agreed, JSON of the flow that wrote it. */
export async function addOrderRecord(
  tx: Tx,
  orderId: string,
  record: { readonly answer: string | null; readonly terms: string },
): Promise<void> {
  await tx.run(
    `insert into order_record (order_id, answer, terms) values (?, ?, ?)
     on conflict (order_id) do update set answer = excluded.answer, terms = excluded.terms`,
    [orderId, record.answer, record.terms],
  );
}

/** What was agreed, by order; JSON. */
export async function termsOfOrders(
  tx: Tx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (orderIds.length === 0) return new Map();
  const rows = await tx.rows<{ order_id: string; terms: string }>(
    `select order_id, terms from order_record where order_id in (${orderIds.map(() => "?").join(", ")})`,
    orderIds,
  );
  return new Map(rows.map((row) => [row.order_id, row.terms]));
}
