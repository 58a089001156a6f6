// Reads the audit log in pages: whole, or by who did what to which thing and when.
import { type AuditEntry, type AuditFilter, findAudit } from "../storage/index.ts";
import type { House } from "./house.ts";

/** Which entries. */
export interface AuditPage extends AuditFilter {
  /** The number that the page before ended with; null: the first page. */
  readonly after: number | null;
  readonly limit: number;
  /** Oldest first when absent. */
  readonly isNewestFirst?: boolean;
}

/** One page. */
export function findAuditEntries(
  house: House,
  { after, limit, isNewestFirst = false, ...filter }: AuditPage,
): Promise<AuditEntry[]> {
  return house.database.read((tx) => findAudit(tx, filter, { after, limit, isNewestFirst }));
}
