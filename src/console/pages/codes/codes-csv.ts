// Codes of a batch as a CSV table: what `codes import` reads again, and no spreadsheet takes for a formula.

/** The columns, as `codes export` writes them. */
const COLUMNS = ["code", "promotion", "state", "until", "uses", "customer"] as const;

/** A code as the API gives it. */
export interface CodeRow {
  readonly code: string;
  readonly promotionId: string;
  readonly state: string;
  readonly validUntil: string | null;
  readonly usesPerCode: number | null;
  readonly customerId: string | null;
}

/** The table, with its head; lines end as RFC 4180 wants it. */
export function codesCsv(rows: readonly CodeRow[]): string {
  const lines = rows.map((row) =>
    [row.code, row.promotionId, row.state, row.validUntil ?? "", row.usesPerCode ?? "", row.customerId ?? ""]
      .map((value) => cell(String(value)))
      .join(","),
  );
  return [COLUMNS.join(","), ...lines, ""].join("\r\n");
}

/** A cell. What a spreadsheet would calculate gets an apostrophe in front, as they write texts themselves. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
