// The audit log: who did what, each entry chained to the one before by a hash, so that a changed row is found and named.
import { sql } from "kysely";
import type { Tx } from "./database.ts";
import type { AuditRow } from "./tables/desk.ts";

/** An entry as it is written: what was done to which subject, and what there is to know besides. */
export interface AuditNote {
  /** ms UTC. */
  readonly at: number;
  /** Name of a person or of a token. */
  readonly actor: string;
  /** A word such as desk.work. */
  readonly action: string;
  readonly subject: string;
  /** JSON text. */
  readonly details: string;
}

/** An entry with its number, from 1, and its hash. */
export interface AuditEntry extends AuditNote {
  readonly number: number;
  readonly hash: string;
}

/** Any fixed number: those who add to the log queue on it. */
const ADVISORY_LOCK = 7_240_817;

/** The last entry, held so that nobody else adds before the transaction ends; null: the log is empty. */
export async function lastAuditEntry(tx: Tx): Promise<AuditEntry | null> {
  if (tx.engine === "postgres") await tx.rows("select pg_advisory_xact_lock(?)", [ADVISORY_LOCK]);
  const [row] = await tx.rows<AuditRow>("select * from audit_entry order by number desc limit 1");
  return row ?? null;
}

/** Adds an entry. */
export async function addAuditEntry(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.run(
    "insert into audit_entry (number, at, actor, action, subject, details, hash) values (?, ?, ?, ?, ?, ?, ?)",
    [entry.number, entry.at, entry.actor, entry.action, entry.subject, entry.details, entry.hash],
  );
}

/** What entries are looked for; instants in ms, `until` exclusive. */
export interface AuditFilter {
  readonly actor?: string;
  readonly subject?: string;
  /** A whole word, or its beginning up to and with a dot. */
  readonly action?: string;
  readonly from?: number;
  readonly until?: number;
}

/** A page of entries: those beyond the number `after` in the order that is asked for. */
export async function findAudit(
  tx: Tx,
  filter: AuditFilter,
  page: { readonly after: number | null; readonly limit: number; readonly isNewestFirst: boolean },
): Promise<AuditEntry[]> {
  const { after, limit, isNewestFirst } = page;
  const { actor, subject, action, from, until } = filter;
  let query = tx.kysely.selectFrom("audit_entry").selectAll();
  if (actor !== undefined) query = query.where("actor", "=", actor);
  if (subject !== undefined) query = query.where("subject", "=", subject);
  if (action?.endsWith(".")) query = query.where(sql`substr(action, 1, ${action.length})`, "=", action);
  else if (action !== undefined) query = query.where("action", "=", action);
  if (from !== undefined) query = query.where("at", ">=", from);
  if (until !== undefined) query = query.where("at", "<", until);
  if (after !== null) query = query.where("number", isNewestFirst ? "<" : ">", after);
  return query
    .orderBy("number", isNewestFirst ? "desc" : "asc")
    .limit(limit)
    .execute();
}

/** Entries after `after`, oldest first; only of a subject when one is given. */
export async function auditEntries(
  tx: Tx,
  after: number,
  limit: number,
  subject: string | null = null,
): Promise<AuditEntry[]> {
  return tx.rows<AuditRow>(
    `select * from audit_entry where number > ?${subject === null ? "" : " and subject = ?"} order by number limit ?`,
    subject === null ? [after, limit] : [after, subject, limit],
  );
}
