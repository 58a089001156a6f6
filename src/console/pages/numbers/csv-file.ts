// What is on the screen as a table for a spreadsheet: UTF-8 with a mark, semicolons, and nothing that a spreadsheet would compute.
import { csvText } from "../../parts/csv-text.ts";
import { saveFile } from "../../parts/save-file.ts";
import type { Language } from "../../words.ts";

/** A cell: numbers stay numbers; null is empty. */
export type Cell = string | number | null;

/** A table on its way into a file. */
export interface ScreenTable {
  /** Without the ending. */
  readonly name: string;
  /** What was looked at: first lines of the file. */
  readonly about: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** A second table beneath, its head first; left out or empty: none. */
  readonly beneath?: readonly (readonly Cell[])[];
}

/** A cell as text, numbers as the reader's spreadsheet reads them. */
function written(cell: Cell, language: Language): string {
  if (typeof cell !== "number") return cell ?? "";
  const text = String(Math.round(cell * 1e6) / 1e6);
  return language === "ru" ? text.replace(".", ",") : text;
}

/** The file's text. */
export function tableText(table: ScreenTable, language: Language): string {
  const { about, head, rows, beneath = [] } = table;
  const lines = [
    ...about.map((line) => [line]),
    head,
    ...rows,
    ...(beneath.length === 0 ? [] : [[]]),
    ...beneath,
  ];
  return csvText(lines.map((line) => line.map((cell) => written(cell, language))));
}

/** Hands the file to the browser. */
export function saveCsv(table: ScreenTable, language: Language): void {
  saveFile(`${table.name}.csv`, tableText(table, language), "text/csv");
}
