// Sessions of people. A row is a session that lives: one that ended is deleted, so there is nothing to be revived.
import type { Tx } from "./database.ts";
import type { PersonTables } from "./tables/person.ts";

/** A session as it is listed; its secret is kept as a hash only. */
export interface PersonSession {
  readonly id: string;
  readonly personId: string;
  readonly createdAt: number;
  /** Last call, to the minute. */
  readonly seenAt: number;
  /** Until then calls are let in that need the password again. */
  readonly freshUntil: number;
  readonly address: string;
  /** What the browser says it is. */
  readonly agent: string;
}

function sessionFromRow(row: PersonTables["person_session"]): PersonSession {
  return {
    id: row.id,
    personId: row.person_id,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    freshUntil: row.fresh_until,
    address: row.address,
    agent: row.agent,
  };
}

/** Adds a session. */
export async function addSession(tx: Tx, session: PersonSession & { readonly hash: string }): Promise<void> {
  const { id, hash, personId, createdAt, seenAt, freshUntil, address, agent } = session;
  await tx.run(
    `insert into person_session (id, hash, person_id, created_at, seen_at, fresh_until, address, agent)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, hash, personId, createdAt, seenAt, freshUntil, address, agent],
  );
}

/** The session of a hash. */
export async function sessionByHash(tx: Tx, hash: string): Promise<PersonSession | null> {
  const [row] = await tx.rows<PersonTables["person_session"]>("select * from person_session where hash = ?", [
    hash,
  ]);
  return row === undefined ? null : sessionFromRow(row);
}

/** Sessions of a person, newest first. */
export async function listSessions(tx: Tx, personId: string): Promise<PersonSession[]> {
  const rows = await tx.rows<PersonTables["person_session"]>(
    "select * from person_session where person_id = ? order by created_at desc, id desc",
    [personId],
  );
  return rows.map(sessionFromRow);
}

/** Notes that a session is used. */
export async function touchSession(tx: Tx, id: string, at: number): Promise<void> {
  await tx.run("update person_session set seen_at = ? where id = ? and seen_at < ?", [at, id, at]);
}

/** The password was given again. */
export async function refreshSession(tx: Tx, id: string, until: number): Promise<void> {
  tx.announce("sessions");
  await tx.run("update person_session set fresh_until = ? where id = ?", [until, id]);
}

/** Ends one session of a person; false when there is none. */
export async function endSession(tx: Tx, personId: string, id: string): Promise<boolean> {
  tx.announce("sessions");
  return (await tx.run("delete from person_session where person_id = ? and id = ?", [personId, id])) === 1;
}

/** Ends all sessions of a person but `kept`; gives how many. */
export async function endSessions(tx: Tx, personId: string, kept: string | null): Promise<number> {
  tx.announce("sessions");
  return tx.run("delete from person_session where person_id = ? and id <> ?", [personId, kept ?? ""]);
}

/** Forgets sessions that nobody can use any more, a few at a time. */
export async function purgeSessions(tx: Tx, seenBefore: number, createdBefore: number): Promise<void> {
  await tx.run(
    `delete from person_session where id in
       (select id from person_session where created_at < ? or seen_at < ? order by created_at limit 100)`,
    [createdBefore, seenBefore],
  );
}
