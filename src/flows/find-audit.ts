// Reads the audit log in pages, whole or of one subject.
import { type AuditEntry, auditEntries } from "../storage/index.ts";
import type { House } from "./house.ts";

/** Which entries: those after the number `after`, oldest first. */
export interface AuditPage {
  readonly after: number;
  readonly limit: number;
  /** Id of an item, or another word that entries name; null: all. */
  readonly subject: string | null;
}

/** One page. */
export function findAuditEntries(house: House, { after, limit, subject }: AuditPage): Promise<AuditEntry[]> {
  return house.database.read((tx) => auditEntries(tx, after, limit, subject));
}
