// Codes of a batch as a CSV table: what `codes import` reads again, and no spreadsheet takes for a formula.
import { csvLines } from "../../parts/csv-text.ts";

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

/** The table, with its head. */
export function codesCsv(rows: readonly CodeRow[]): string {
  const lines = rows.map((row) => [
    row.code,
    row.promotionId,
    row.state,
    row.validUntil ?? "",
    row.usesPerCode?.toString() ?? "",
    row.customerId ?? "",
  ]);
  return csvLines([COLUMNS, ...lines], ",");
}
