// Writes the audit log and proves that nobody has changed it since: every hash covers the entry and the hash before.
import { createHash } from "node:crypto";
import {
  type AuditEntry,
  type AuditNote,
  addAuditEntry,
  auditEntries,
  lastAuditEntry,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";

/** What the first entry is chained to. */
const NOTHING = "";

/** Adds to the log, in the transaction of what was done. */
export async function keepAudit(
  tx: Tx,
  note: Omit<AuditNote, "details"> & { readonly details: object },
): Promise<void> {
  const last = await lastAuditEntry(tx);
  const number = (last?.number ?? 0) + 1;
  const entry = { ...note, details: JSON.stringify(note.details), number };
  await addAuditEntry(tx, { ...entry, hash: hashOf(entry, last?.hash ?? NOTHING) });
}

/** What was found: how many entries stand, and the first whose hash is not that of its words or that is missing. */
export interface AuditProof {
  readonly entries: number;
  readonly brokenAt: number | null;
  /** Hash of the last entry, to be kept elsewhere: with it even a log that was written anew from the start is found. */
  readonly head: string;
}

/** Entries read at once. */
const PAGE = 1000;

/** Reads the whole log and checks its chain. */
export async function proveAudit(house: House): Promise<AuditProof> {
  let last: Pick<AuditEntry, "number" | "hash"> = { number: 0, hash: NOTHING };
  for (;;) {
    const after = last.number;
    const page = await house.database.read((tx) => auditEntries(tx, after, PAGE));
    for (const entry of page) {
      const isNext = entry.number === last.number + 1 && entry.hash === hashOf(entry, last.hash);
      if (!isNext) return { entries: last.number, brokenAt: last.number + 1, head: last.hash };
      last = entry;
    }
    if (page.length < PAGE) return { entries: last.number, brokenAt: null, head: last.hash };
  }
}

function hashOf(entry: Omit<AuditEntry, "hash">, before: string): string {
  const { number, at, actor, action, subject, details } = entry;
  const words = JSON.stringify([before, number, at, actor, action, subject, details]);
  return createHash("sha256").update(words).digest("base64url");
}
