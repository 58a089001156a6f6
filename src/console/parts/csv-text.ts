// A table as CSV that spreadsheets open by a double click: UTF-8 with its mark, semicolons, nothing that would be computed.

/** The mark of UTF-8 that spreadsheets look for. */
const MARK = "\ufeff";

/** A cell: a text that a spreadsheet would take for a formula stands behind an apostrophe. */
function written(cell: string): string {
  const safe = /^[=+\-@\t\r|]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The file's text; the first row is the heads. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return MARK + rows.map((row) => `${row.map(written).join(";")}\r\n`).join("");
}
