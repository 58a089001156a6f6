// Takes opening balances of points, with a control sum to compare with the system they come from.
import { type Points, parseDecimal, points } from "../core/money/index.ts";
import { lockCustomer, readCustomerByIdentity } from "../storage/index.ts";
import { readTable, type TableRow } from "./csv-table.ts";
import { FaultBook, type FileReport, inHandfuls } from "./file-report.ts";
import { cardHash, phoneHash } from "./find-customer.ts";
import type { House } from "./house.ts";
import { LONGEST_ID } from "./import-members.ts";
import type { Secrets } from "./secrets.ts";
import { setPoints } from "./set-points.ts";

/** Headings of balances.csv: the points, and one of the others to say whose. */
export const BALANCE_COLUMNS = {
  id: ["id", "externalUserId", "externalId", "customerId"],
  card: ["card", "loyaltyCard"],
  phone: ["phone"],
  points: ["points", "balance", "bonuses"],
} as const;

interface Opening {
  readonly line: number;
  readonly id: string;
  readonly cardHash: string;
  readonly phoneHash: string;
  readonly amount: Points;
}

/**
 * Imports balances.csv; the report's `total` is the sum of the points taken. A row sets the balance, so the same file
 * twice is the same as once. `isDry`: everything is read and looked up, nothing is written.
 */
export async function importBalances(
  house: House,
  secrets: Secrets,
  bytes: Uint8Array,
  isDry: boolean,
): Promise<FileReport> {
  const book = new FaultBook();
  const table = readTable(bytes, BALANCE_COLUMNS, ["id", "card", "phone"]);
  if (table.kind === "broken") return book.report(0, { reason: table.reason });
  if (!table.has.has("points")) return book.report(0, { reason: "column_missing" });
  const [at, run] = [house.now(), house.newId()];
  const named = new Set<string>();
  let taken = 0;
  let total = 0;
  const stopped = await inHandfuls(readOpenings(table.rows, secrets, book), async (handful) => {
    const owners = await house.database.read(async (tx) => {
      const found: (string | null)[] = [];
      for (const row of handful) {
        const known = row.id === "" ? await readCustomerByIdentity(tx, row.cardHash, row.phoneHash, at) : row;
        found.push(known?.id ?? null);
      }
      return found;
    });
    const usable = handful.flatMap((row, index) => {
      const id = owners[index] ?? null;
      if (id !== null && !named.has(id)) {
        named.add(id);
        return [{ id, amount: row.amount }];
      }
      book.skip(row.line, id === null ? "customer_unknown" : "customer_repeated");
      return [];
    });
    if (!isDry) {
      await house.database.transaction(async (tx) => {
        for (const { id, amount } of usable) {
          const customerId = await lockCustomer(tx, id, at);
          await setPoints(tx, house, { customerId, amount, at, key: `${run}:${id}` });
        }
      });
    }
    taken += usable.length;
    total += usable.reduce((sum, { amount }) => sum + amount, 0);
  });
  return book.report(taken, { total, isDry, reason: stopped });
}

function* readOpenings(
  rows: Iterable<TableRow<keyof typeof BALANCE_COLUMNS>>,
  secrets: Secrets,
  book: FaultBook,
): Generator<Opening> {
  for (const { line, cells } of rows) {
    const amount = parseDecimal(cells.points.replace(/[\s\u00a0\u202f]/g, ""), 0);
    const card = cardHash(secrets, cells.card) ?? "";
    const phone = phoneHash(secrets, cells.phone) ?? "";
    if (cells.id === "" && card === "" && phone === "") book.skip(line, "customer_missing");
    else if (cells.id.length > LONGEST_ID) book.skip(line, "id_too_long");
    else if (amount === null || amount < 0) book.skip(line, "points_unreadable");
    else yield { line, id: cells.id, cardHash: card, phoneHash: phone, amount: points(amount) };
  }
}
