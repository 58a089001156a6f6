// Who runs a job just now, and when it ran last: kept as settings, so that of several instances one runs it, once an interval.
import type { Tx } from "./database.ts";

/** The state of one job. */
export interface JobLease {
  readonly name: string;
  /** The instance that runs or ran it. */
  readonly owner: string;
  /** Instant, ms, until which nobody else may run it; 0 when it is finished. */
  readonly until: number;
  readonly startedAt: number;
  /** "ok" or "failed" of the last finished run; null before the first. */
  readonly outcome: string | null;
}

const PREFIX = "job.";

/** All jobs that ever ran. */
export async function listLeases(tx: Tx): Promise<JobLease[]> {
  const rows = await tx.rows<{ name: string; value: string }>(
    "select name, value from setting where name like 'job.%' order by name",
  );
  return rows.map((row) => fromText(row.name.slice(PREFIX.length), row.value));
}

/**
 * The time that leases are told by: on PostgreSQL the database's own, since the clocks of its instances may differ; an
 * SQLite file has one process, whose clock `own` is.
 */
export async function leaseTime(tx: Tx, own: number): Promise<number> {
  if (tx.engine === "sqlite") return own;
  const [row] = await tx.rows<{ now: number }>(
    "select floor(extract(epoch from clock_timestamp()) * 1000) as now",
  );
  return row?.now ?? own;
}

/** Is it time, and is nobody at it? Reads only. */
export async function isJobDue(tx: Tx, name: string, now: number, everyMs: number): Promise<boolean> {
  const text = await read(tx, name);
  return text === null || isFree(fromText(name, text), now, everyMs);
}

/**
 * Takes the job for `owner` until `until`; false when it is not due or another has it. Two instances that ask at once
 * are told apart by the row itself: the second finds another text than it has read.
 */
export async function claimJob(
  tx: Tx,
  claim: { readonly name: string; readonly owner: string; readonly until: number },
  now: number,
  everyMs: number,
): Promise<boolean> {
  const { name, owner, until } = claim;
  const before = await read(tx, name);
  const after = toText({ name, owner, until, startedAt: now, outcome: null });
  if (before === null) {
    const sql = "insert into setting (name, value) values (?, ?) on conflict (name) do nothing";
    return (await tx.run(sql, [PREFIX + name, after])) === 1;
  }
  const lease = fromText(name, before);
  if (!isFree(lease, now, everyMs)) return false;
  return replace(tx, name, before, toText({ ...lease, owner, until, startedAt: now }));
}

/** Holds the job longer; false when it was lost to another meanwhile. */
export async function renewJob(tx: Tx, name: string, owner: string, until: number): Promise<boolean> {
  return change(tx, name, owner, (lease) => ({ ...lease, until }));
}

/** Gives the job back. */
export async function finishJob(
  tx: Tx,
  name: string,
  owner: string,
  outcome: "ok" | "failed",
): Promise<boolean> {
  return change(tx, name, owner, (lease) => ({ ...lease, until: 0, outcome }));
}

async function change(
  tx: Tx,
  name: string,
  owner: string,
  next: (lease: JobLease) => JobLease,
): Promise<boolean> {
  for (let attempt = 0; attempt < CHANGE_TRIES; attempt += 1) {
    const before = await read(tx, name);
    if (before === null) return false;
    const lease = fromText(name, before);
    if (lease.owner !== owner) return false;
    if (await replace(tx, name, before, toText(next(lease)))) return true;
    // Only the owner's own renewal comes in between, on PostgreSQL: an end that gave way to it would hold the job for a lease.
  }
  return false;
}

/** Times an owner tries to change its own lease. */
const CHANGE_TRIES = 3;

async function replace(tx: Tx, name: string, before: string, after: string): Promise<boolean> {
  const sql = "update setting set value = ? where name = ? and value = ?";
  return (await tx.run(sql, [after, PREFIX + name, before])) === 1;
}

async function read(tx: Tx, name: string): Promise<string | null> {
  const rows = await tx.rows<{ value: string }>("select value from setting where name = ?", [PREFIX + name]);
  return rows[0]?.value ?? null;
}

function isFree(lease: JobLease, now: number, everyMs: number): boolean {
  // A clock that was set back must not stop a job until it has caught up.
  const isRested = now - lease.startedAt >= everyMs || lease.startedAt > now + everyMs;
  return lease.until <= now && isRested;
}

function toText(lease: JobLease): string {
  return JSON.stringify([lease.owner, lease.until, lease.startedAt, lease.outcome]);
}

function fromText(name: string, text: string): JobLease {
  const [owner, until, startedAt, outcome] = JSON.parse(text) as [string, number, number, string | null];
  return { name, owner, until, startedAt, outcome };
}
