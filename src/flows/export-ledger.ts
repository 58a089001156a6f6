// The points ledger as it is written, entry by entry: in pages for the API, as a table for people and auditors.
import { type EntryPlace, type LedgerEntry, ledgerEntries } from "../storage/index.ts";
import { SHEET_MARK, safeCell, sheetRow } from "./csv-cell.ts";
import type { House } from "./house.ts";

/** Entries from `from` on and before `until`, instants in ms. */
export interface LedgerSpan {
  readonly from: number;
  readonly until: number;
}

/** Entries of one read of an export. */
const PIECE = 1000;

/** One page, oldest first. */
export function findLedgerEntries(
  house: House,
  span: LedgerSpan,
  page: { readonly after: EntryPlace | null; readonly limit: number },
): Promise<readonly LedgerEntry[]> {
  return house.database.read((tx) => ledgerEntries(tx, span, page.after, page.limit));
}

const HEADING = [
  "at",
  "movement",
  "entry",
  "kind",
  "account",
  "customer",
  "lot",
  "points",
  "order",
  "actor",
  "reason",
  "control",
];

/** A CSV for spreadsheets, in pieces; amounts of each movement add up to 0. */
export async function* ledgerTable(house: House, span: LedgerSpan): AsyncGenerator<string> {
  yield `${SHEET_MARK}${sheetRow(HEADING)}`;
  for (let after: EntryPlace | null = null; ; ) {
    const entries = await findLedgerEntries(house, span, { after, limit: PIECE });
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries.map((entry) => sheetRow(cellsOf(entry))).join("");
    after = last;
  }
}

function cellsOf(entry: LedgerEntry): string[] {
  return [
    new Date(entry.at).toISOString(),
    entry.movementId,
    String(entry.position),
    entry.kind,
    entry.account,
    safeCell(entry.customerId ?? ""),
    entry.lotId,
    String(entry.amount),
    safeCell(entry.orderId ?? ""),
    safeCell(entry.actor ?? ""),
    safeCell(entry.reason ?? ""),
    entry.control === null ? "" : String(entry.control),
  ];
}
