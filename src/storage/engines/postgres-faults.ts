// What an error of PostgreSQL means for the caller: run it again, "not now", "nobody knows", or a mistake of ours.
import { CommitUnknown, DatabaseUnavailable } from "../database.ts";

/** Codes with which PostgreSQL asks to run a transaction again: serialization failure, deadlock. */
const REPEATABLE = new Set(["40001", "40P01"]);

/**
 * Codes that say "not now". Classes: 08 connection, 53 resources (too many connections, disk full), 57P the server stops, starts or has
 * ended this connection. Single ones: 55P03 a lock was waited for too long, 57014 a statement took too long, 25006 a server
 * that only reads (a standby after a failover), 25P03 a transaction idled too long.
 */
const PASSING = /^(08...|53...|57P..|55P03|57014|25006|25P03)$/;

/** The same of the operating system. */
const NETWORK =
  /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN)$|^ENOTFOUND$|^EAI_AGAIN$/;

/** What the driver says, without a code, of a connection that broke or could not be had in time. */
const BROKEN =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

/** True when the whole transaction may be run again at once. */
export function isRepeatable(error: unknown): boolean {
  return REPEATABLE.has(codeOf(error));
}

/** True when the connection, the server or its resources were at fault, not the statement. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (PASSING.test(code) || NETWORK.test(code)) return true;
  return code === "" && error instanceof Error && BROKEN.test(error.message);
}

/** An error from before the commit was sent: nothing has happened. */
export function beforeCommit(error: unknown): unknown {
  return isPassing(error) || isRepeatable(error)
    ? new DatabaseUnavailable("the database did not take the work", { cause: error })
    : error;
}

/**
 * An error of the commit itself, or of what was sent with it: only a sentence of the server that it refused leaves no doubt
 * (classes 23 and 40; a lock that was waited for too long, since a commit waits for none).
 */
export function ofCommit(error: unknown): unknown {
  const code = codeOf(error);
  const isRefused = (/^(23|40)/.test(code) && code !== "40003") || code === "55P03";
  return isRefused ? error : new CommitUnknown("the commit failed: its outcome is unknown", { cause: error });
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}
