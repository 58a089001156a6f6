// What is on the screen as a spreadsheet (.xlsx). Loaded when somebody asks for one: packing is no part of the first paint.
import { strToU8, zipSync } from "fflate";
import { partsOfBook, rowXml, SHEET_END, SHEET_START, type SheetCell } from "../../core/sheets/index.ts";
import { wallMsIn } from "./shop-moment.ts";
import { type Cell, linesOf, type ShownTable } from "./shown-table.ts";

/** What such files are called by. */
export const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The file; instants are shown on the clocks of `zone`. */
export function sheetOf(table: ShownTable, zone: string): Uint8Array<ArrayBuffer> {
  const rows = linesOf(table).map((line) => rowXml(line.map((cell) => sheetCell(cell, zone))));
  const parts = new Map([
    ...partsOfBook(1),
    ["xl/worksheets/sheet1.xml", `${SHEET_START}${rows.join("")}${SHEET_END}`] as const,
  ]);
  return zipSync(Object.fromEntries([...parts].map(([path, text]) => [path, strToU8(text)])));
}

function sheetCell(cell: Cell, zone: string): SheetCell {
  return typeof cell === "object" && cell !== null && "at" in cell
    ? { wallMs: wallMsIn(cell.at, zone) }
    : cell;
}
