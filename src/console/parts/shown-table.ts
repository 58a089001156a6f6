// What is on the screen as a table on its way into a file: its cells, and how they are written as CSV.
import type { Language } from "../words.ts";
import { csvLines, MARK } from "./csv-text.ts";

/** A cell: numbers stay numbers, `kopecks` are money with two digits, `at` an instant (RFC 3339); null is empty. */
export type Cell = string | number | null | { readonly kopecks: number } | { readonly at: string };

/** A table on its way into a file. */
export interface ShownTable {
  /** Without the ending. */
  readonly name: string;
  /** What was looked at: first lines of the file. */
  readonly about?: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** A second table beneath, its head first; left out or empty: none. */
  readonly beneath?: readonly (readonly Cell[])[];
  /** What our own commands read again stands between commas; a semicolon where nothing is said. */
  readonly separator?: ",";
}

/** A cell as text: numbers as the reader's spreadsheet reads them, instants as programs do. */
function written(cell: Cell, language: Language): string {
  if (cell === null) return "";
  if (typeof cell === "string") return cell;
  if (typeof cell === "object" && "at" in cell) return cell.at;
  const text =
    typeof cell === "number" ? String(Math.round(cell * 1e6) / 1e6) : (cell.kopecks / 100).toFixed(2);
  return language === "ru" ? text.replace(".", ",") : text;
}

/** The rows of the file, the heading among them; an empty one before what stands beneath. */
export function linesOf({ about = [], head, rows, beneath = [] }: ShownTable): readonly (readonly Cell[])[] {
  const gap = beneath.length === 0 ? [] : [[]];
  return [...about.map((line) => [line]), head, ...rows, ...gap, ...beneath];
}

/** The table as the text of a CSV file. */
export function csvOf(table: ShownTable, language: Language): string {
  const lines = linesOf(table).map((line) => line.map((cell) => written(cell, language)));
  return MARK + csvLines(lines, table.separator ?? ";");
}
