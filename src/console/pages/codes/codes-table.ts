// Codes of a batch as a table: what `codes import` reads again, and no spreadsheet takes for a formula.
import type { ShownTable } from "../../parts/shown-table.ts";

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

/** The table, called by the batch. */
export function codesTable(name: string, rows: readonly CodeRow[]): ShownTable {
  return {
    name,
    head: COLUMNS,
    rows: rows.map((row) => [
      row.code,
      row.promotionId,
      row.state,
      row.validUntil === null ? null : { at: row.validUntil },
      row.usesPerCode,
      row.customerId,
    ]),
    separator: ",",
  };
}
