// A table as CSV that spreadsheets open by a double click: UTF-8 with its mark, semicolons, nothing that would be computed.

/** The mark of UTF-8 that spreadsheets look for. */
export const MARK = "\ufeff";

/** What a spreadsheet computes. A number below zero is none. */
const FORMULA = /^(?!-\d+([.,]\d+)?$)[=+\-@\t\r|]/;

/** A cell: a text that a spreadsheet would take for a formula stands behind an apostrophe. */
function written(cell: string, separator: string): string {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /["\r\n]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines for programs: no mark, the first row is the heads; they end as RFC 4180 wants it. */
export function csvLines(rows: readonly (readonly string[])[], separator: "," | ";"): string {
  return rows.map((row) => `${row.map((cell) => written(cell, separator)).join(separator)}\r\n`).join("");
}
