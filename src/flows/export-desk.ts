// Feedback as tables for spreadsheets: any filter, any length, nothing in them that a spreadsheet would compute.
import type { Filter } from "../core/desk/index.ts";
import { type DeskRow, deskItem, deskRows, type Tx } from "../storage/index.ts";
import { SHEET_MARK, safeCell, sheetRow } from "./csv-cell.ts";
import { type Cell, DESK_COLUMNS } from "./desk-columns.ts";
import { clockOf } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { xlsxFile } from "./xlsx-file.ts";

/** How a table is wanted. */
export interface DeskTableWish {
  readonly filter: Filter;
  /** Of what the filter finds only these; left out or null: all. */
  readonly itemIds?: readonly string[] | null;
  readonly language: "ru" | "en";
  /** IANA zone of its times; null: the shop's. */
  readonly zone: string | null;
}

/** Formats there are. */
export const TABLE_FORMATS = ["csv", "xlsx"] as const;

/** One of TABLE_FORMATS. */
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Items of one read. */
const PAGE = 1000;

const DAY_MS = 86_400_000;
const MINUTE = 60_000;

/** The table in pieces, in the order of arrival; `onRows` is told how many rows each piece brings. */
export async function* deskTable(
  house: House,
  wish: DeskTableWish,
  format: TableFormat,
  onRows: (count: number) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const pages = pagesOf(house, wish, onRows);
  const heading = DESK_COLUMNS.map((column) => column[wish.language]);
  if (format === "xlsx") return yield* xlsxFile(heading, pages);
  yield Buffer.from(`${SHEET_MARK}${sheetRow(heading)}`);
  const comma = wish.language === "ru";
  for await (const rows of pages) {
    yield Buffer.from(rows.map((cells) => sheetRow(cells.map((cell) => csvCell(cell, comma)))).join(""));
  }
}

async function* pagesOf(
  house: House,
  { filter, itemIds = null, zone }: DeskTableWish,
  onRows: (count: number) => void,
): AsyncGenerator<Cell[][]> {
  const time = timeOn(house, zone);
  const now = house.now();
  const cellsOf = (row: DeskRow): Cell[] => DESK_COLUMNS.map(({ cell }) => cell(row, time, now));
  if (itemIds !== null) {
    const rows = await house.database.read((tx) => namedRows(tx, filter, itemIds));
    onRows(rows.length);
    return yield rows.map(cellsOf);
  }
  for (let after = 0; ; ) {
    const rows = await house.database.read((tx) => deskRows(tx, filter, after, PAGE));
    const last = rows.at(-1);
    if (last === undefined) return;
    onRows(rows.length);
    yield rows.map(cellsOf);
    if (rows.length < PAGE) return;
    after = last.item.seq;
  }
}

/** Those of the named items that the filter finds, in the order of arrival. */
async function namedRows(tx: Tx, filter: Filter, itemIds: readonly string[]): Promise<DeskRow[]> {
  const rows: DeskRow[] = [];
  for (const id of new Set(itemIds)) {
    const item = await deskItem(tx, id);
    const [row] = item === null ? [] : await deskRows(tx, filter, item.seq - 1, 1);
    if (row?.item.id === id) rows.push(row);
  }
  return rows.sort((left, right) => left.item.seq - right.item.seq);
}

/** Russian spreadsheets take a comma for the sign before fractions. */
function csvCell(cell: Cell, isComma: boolean): string {
  if (cell === null) return "";
  if (typeof cell === "string") return safeCell(cell);
  return isComma ? String(cell).replace(".", ",") : String(cell);
}

/** Writes an instant as the wall clock of a zone shows it: 2026-11-04 18:17:45. */
function timeOn(house: House, zone: string | null): (at: number | null) => string | null {
  const clock = clockOf(house, zone);
  return (at) => {
    if (at === null) return null;
    const { day, minute } = clock.wallClock(at);
    const seconds = ((at % MINUTE) + MINUTE) % MINUTE;
    const local = new Date(day * DAY_MS + minute * MINUTE + seconds);
    return local.toISOString().slice(0, 19).replace("T", " ");
  };
}
