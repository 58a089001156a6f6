// What the shop keeps of a customer, as one JSON document: for a person who asks, and for the shop to hand over.
import {
  CUSTOMER_SOURCES,
  idsOfCustomer,
  isCustomerKnown,
  itemIdsOf,
  ordersOfCustomer,
  rowsOfSource,
  survivorOf,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** Rows of every table by the table's name in the document; instants in ms UTC, money in kopecks, texts as they are kept. */
export interface CustomerExport {
  readonly customerId: string;
  /** Every id that the person has or had. */
  readonly ids: readonly string[];
  readonly exportedAt: string;
  readonly records: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** Columns whose texts are JSON. */
const JSON_COLUMNS: ReadonlySet<string> = new Set([
  "segments",
  "lines",
  "input",
  "result",
  "terms",
  "content",
]);

/** Everything kept of the customer; null: nothing is known of that id. */
export function exportCustomer(house: House, customerId: string): Promise<CustomerExport | null> {
  const exportedAt = new Date(house.now()).toISOString();
  return house.database.read(async (tx) => {
    if (!(await isCustomerKnown(tx, customerId))) return null;
    const ids = await idsOfCustomer(tx, await survivorOf(tx, customerId));
    const orders = new Set<string>();
    for (const id of ids) for (const order of await ordersOfCustomer(tx, id)) orders.add(order);
    const orderIds = [...orders].sort();
    const keys = { customer: ids, order: orderIds, item: await itemIdsOf(tx, orderIds) };
    const records: Record<string, readonly Record<string, unknown>[]> = {};
    for (const source of CUSTOMER_SOURCES) {
      const { name, rows } = await rowsOfSource(tx, source, keys[source.of]);
      if (rows.length > 0) records[name] = rows.map(opened);
    }
    return { customerId, ids, exportedAt, records };
  });
}

function opened(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      JSON_COLUMNS.has(name) && typeof value === "string" ? jsonOr(value) : value,
    ]),
  );
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
