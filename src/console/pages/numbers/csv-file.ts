// What is on the screen as a table for a spreadsheet: UTF-8 with a mark, semicolons, and nothing that a spreadsheet would compute.
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
}

/** A cell as text: a text that a spreadsheet would compute stands behind an apostrophe. */
function written(cell: Cell, language: Language): string {
  if (cell === null) return "";
  if (typeof cell === "number") {
    const text = String(Math.round(cell * 1e6) / 1e6);
    return language === "ru" ? text.replace(".", ",") : text;
  }
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The file's text. */
export function csvText(table: ScreenTable, language: Language): string {
  const lines = [...table.about.map((line) => [line]), table.head, ...table.rows];
  const text = lines.map((line) => line.map((cell) => written(cell, language)).join(";")).join("\r\n");
  return `\uFEFF${text}\r\n`;
}

/** Hands the file to the browser. */
export function saveCsv(table: ScreenTable, language: Language): void {
  const address = URL.createObjectURL(new Blob([csvText(table, language)], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${table.name}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
