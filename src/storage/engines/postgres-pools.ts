// Connections to PostgreSQL: some for reading and some for writing, so that carts do not stand in the line of orders.
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Tables } from "../tables.ts";
import { beforeCommit } from "./postgres-faults.ts";
import { parsers } from "./postgres-numbers.ts";
import { keepPrepared } from "./postgres-statements.ts";
import { WaitingLine } from "./waiting-line.ts";

/** Options of a PostgreSQL database. */
export interface PostgresOptions {
  readonly url: string;
  /** Most connections of this instance: half of them read, half write, at least one each. 16 when absent. */
  readonly connections?: number;
  /** Longest that a caller waits for a connection, ms; then DatabaseUnavailable. 5000 when absent. */
  readonly mostWaitMs?: number;
  /** Told how long the last words of a transaction waited for rows that others held, ms, by the server's clock. */
  readonly onWaited?: (ms: number) => void;
}

/** How long things may take, ms, as the server enforces it. */
const TIMEOUTS = {
  statement_timeout: 5000,
  lock_timeout: 2000,
  idle_in_transaction_session_timeout: 10_000,
} as const;

/** The same for one transaction: behind a pooler a session belongs to nobody, and nothing of it may be set. */
export const LOCAL_SETTINGS = [
  ...Object.entries(TIMEOUTS).map(([name, ms]) => `set local ${name} = ${ms}`),
  "set local jit = off",
].join("; ");

/** Code of the notice by which the last words of a transaction tell how many ms they waited. */
const WAITED_CODE = "PL001";

/** Longest that making a connection may take, ms. */
const CONNECT_MS = 5000;

/** Connections of one kind, and the line before them. */
export interface Pool {
  readonly kysely: Kysely<Tables>;
  readonly line: WaitingLine;
}

/** All connections, with what must be known of their server. */
export interface Pools {
  readonly reads: Pool;
  readonly writes: Pool;
  readonly traits: Readonly<Record<string, string | number>>;
  /** Between us and the server is a pooler that hands sessions from one transaction to another. */
  readonly isPooled: boolean;
  close(): Promise<void>;
}

/** Opens the pools; null when the settings of a session did not reach the server: then something pools sessions in between. */
export async function openPools(options: PostgresOptions, isPooled: boolean): Promise<Pools | null> {
  const connections = options.connections ?? 16;
  const forWriting = Math.max(1, Math.floor(connections / 2));
  const reads = poolOf(options, isPooled, Math.max(1, connections - forWriting));
  const writes = poolOf(options, isPooled, forWriting, !isPooled);
  const close = async (): Promise<void> => {
    await Promise.all([reads.kysely.destroy(), writes.kysely.destroy()]);
  };
  try {
    const { timeout, ...traits } = await readTraits(reads.kysely, isPooled);
    if (isPooled || timeout === TIMEOUTS.statement_timeout) return { reads, writes, traits, isPooled, close };
    await close();
    return null;
  } catch (error) {
    await close();
    if (!isPooled && /startup parameter/.test((error as Error).message)) return null;
    throw beforeCommit(error);
  }
}

/** `isPrepared`: its statements are kept prepared; lists read by filters are not, which need a plan for their very values. */
function poolOf(
  { url, mostWaitMs, onWaited }: PostgresOptions,
  isPooled: boolean,
  max: number,
  isPrepared = false,
): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // Of a server whose machine or cable is gone nothing is heard: asked so, it is known after 20 s instead of two hours.
    keepAliveInitialDelayMillis: 10_000,
    types: parsers,
    // Our statements are short: compiling one costs 140 ms where it runs in one (November 2026).
    ...(isPooled ? {} : { ...TIMEOUTS, options: "-c jit=off" }),
  });
  // A connection that dies is the pool's business, idle or in use; without these listeners it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
    if (isPrepared) keepPrepared(client);
    client.on("notice", ({ code, message }) => {
      if (code === WAITED_CODE) onWaited?.(Number(message));
    });
  });
  return {
    kysely: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    line: new WaitingLine(max, mostWaitMs ?? 5000),
  };
}

async function readTraits(
  kysely: Kysely<Tables>,
  isPooled: boolean,
): Promise<Record<string, string | number>> {
  const { rows } = await sql<{ version: string; number: string; durable: string; timeout: string }>`
    select current_setting('server_version') as version,
      current_setting('server_version_num') as number,
      current_setting('synchronous_commit') as durable,
      (select setting from pg_settings where name = 'statement_timeout') as timeout`.execute(kysely);
  const row = rows[0];
  return {
    version: row?.version ?? "",
    versionNumber: Number(row?.number ?? 0),
    synchronousCommit: row?.durable ?? "",
    connection: isPooled ? "pooled" : "direct",
    timeout: Number(row?.timeout ?? 0),
  };
}
