// Takes orders made elsewhere, so that ratings find them and spending conditions can count them.
import { parseDecimal } from "../core/money/index.ts";
import { type ShopOrder, saveOrder } from "../storage/index.ts";
import { decode } from "./csv-table.ts";
import { FaultBook, type FileReport, inHandfuls } from "./file-report.ts";
import type { House } from "./house.ts";
import { LONGEST_ID } from "./import-members.ts";

/**
 * Imports orders.json: an array of ids, or of objects `{id, customerId, placedAt, status, total}` of which only the id
 * is needed; `placedAt` is an ISO time or milliseconds, `total` roubles. Lines of faults are positions in the array, from 1.
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
    await house.database.transaction(async (tx) => {
      for (const order of handful) await saveOrder(tx, order);
    });
    taken += handful.length;
  });
  return book.report(taken);
}

function* readOrders(entries: readonly unknown[], book: FaultBook): Generator<ShopOrder> {
  for (const [index, entry] of entries.entries()) {
    const fields =
      typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>) : { id: entry };
    const id = textOf(fields["id"]);
    if (id === null || id.length > LONGEST_ID) {
      book.skip(index + 1, "id_unreadable");
      continue;
    }
    const placedAt = instantOf(fields["placedAt"]);
    const totalMinor = kopecksOf(fields["total"]);
    if (placedAt === null && isGiven(fields["placedAt"])) book.remark(index + 1, "placed_at_unreadable");
    if (totalMinor === null && isGiven(fields["total"])) book.remark(index + 1, "total_unreadable");
    const [customerId, status] = [textOf(fields["customerId"]), textOf(fields["status"])];
    yield { id, customerId, placedAt, status, totalMinor };
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function textOf(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value).trim();
  return text === "" ? null : text;
}

function instantOf(value: unknown): number | null {
  const at = typeof value === "number" ? value : typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isSafeInteger(at) && at >= 0 ? at : null;
}

function kopecksOf(value: unknown): number | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const amount = parseDecimal(value, 2);
  return amount !== null && amount >= 0 ? amount : null;
}
