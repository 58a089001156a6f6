// Tables that people open in a spreadsheet: rows as CSV, and what would be computed there is only shown.

/** The text, behind an apostrophe where a spreadsheet would take it for a formula; for texts from outside, not for numbers. */
export function safeCell(text: string): string {
  return /^[=+\-@\t\r|]/.test(text) ? `'${text}` : text;
}

/** What spreadsheets of Russian Windows open by a double click begin with: the mark of UTF-8. */
export const SHEET_MARK = "\ufeff";

/** One row with its end, cells parted by semicolons; quoted where needed. */
export function sheetRow(cells: readonly string[]): string {
  const quoted = cells.map((cell) => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${quoted.join(";")}\r\n`;
}
