// Takes orders made elsewhere: ratings find them, conditions count them, the app's history shows them.
import {
  addOrderContact,
  addOrderLines,
  removeOrderLines,
  saveOrder,
  skipOrderNumbers,
  type Tx,
} from "../storage/index.ts";
import { decode } from "./csv-table.ts";
import { FaultBook, type FileReport, inHandfuls } from "./file-report.ts";
import type { House } from "./house.ts";
import { packLine } from "./order-terms.ts";
import { type OrderEntry, readOrderEntry } from "./read-order-entry.ts";

/** Numbers beyond this are other systems' long ids: ours need not begin behind them. */
const LARGEST_NUMBER = 1_000_000_000;

/**
 * Imports orders.json: an array of ids, or of objects `{id, customerId, placedAt, status, total, lines, contact}` of which
 * only the id is needed; `placedAt` is an ISO time or milliseconds, `total` roubles. A line is `{offerId, quantity, price,
 * total, name}`: one of `price` (list price of a unit) and `total` will do. Lines of faults are positions in the array, from 1.
 * An order that was placed here is left as it is.
 */
export async function importOrders(house: House, bytes: Uint8Array): Promise<FileReport> {
  const book = new FaultBook();
  let entries: unknown;
  try {
    entries = JSON.parse(decode(bytes));
  } catch {
    return book.report(0, { reason: "not_json" });
  }
  if (!Array.isArray(entries)) return book.report(0, { reason: "not_an_array" });
  let taken = 0;
  await inHandfuls(readOrders(entries, book), async (handful) => {
    const ours = await house.database.transaction((tx) => saveAll(tx, handful));
    for (const position of ours) book.skip(position, "order_placed_here");
    taken += handful.length - ours.length;
  });
  return book.report(taken);
}

interface Placed extends OrderEntry {
  /** In the array, from 1. */
  readonly position: number;
}

function* readOrders(entries: readonly unknown[], book: FaultBook): Generator<Placed> {
  for (const [index, entry] of entries.entries()) {
    const read = readOrderEntry(entry);
    if (read === null) {
      book.skip(index + 1, "id_unreadable");
      continue;
    }
    for (const remark of read.remarks) book.remark(index + 1, remark);
    yield { ...read, position: index + 1 };
  }
}

/** Gives the positions of those that were placed here. */
async function saveAll(tx: Tx, handful: readonly Placed[]): Promise<number[]> {
  const ours: number[] = [];
  let largest = 0;
  for (const { order, lines, contact, position } of handful) {
    if (!(await saveOrder(tx, order))) {
      ours.push(position);
      continue;
    }
    if (/^\d{1,10}$/.test(order.id) && Number(order.id) <= LARGEST_NUMBER)
      largest = Math.max(largest, Number(order.id));
    if (lines !== null) {
      await removeOrderLines(tx, order.id);
      await addOrderLines(tx, order.id, lines.map(packLine));
    }
    if (contact !== null) await addOrderContact(tx, order.id, contact);
  }
  // Our own numbers go on behind theirs.
  if (largest > 0) await skipOrderNumbers(tx, largest);
  return ours;
}
