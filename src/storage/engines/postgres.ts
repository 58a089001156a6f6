// PostgreSQL: a pool, guarded transactions that are retried as a whole, numbers that stay numbers.
import { CompiledQuery, type ControlledTransaction, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import {
  type Closing,
  CommitUnknown,
  type Database,
  EngineRefused,
  type Topic,
  type Tx,
  type Value,
} from "../database.ts";
import type { Tables } from "../tables.ts";
import { Announcements } from "./announcements.ts";
import { beforeCommit, isRepeatable, ofCommit } from "./postgres-faults.ts";
import { CHANNEL, Listener } from "./postgres-listener.ts";
import { parsers } from "./postgres-numbers.ts";
import { Turns } from "./turns.ts";

/** Options of a PostgreSQL database. */
export interface PostgresOptions {
  readonly url: string;
  /** Most connections of this instance. */
  readonly connections?: number;
  /** Told how long the last words of a transaction waited for rows that others held, ms, by the server's clock. */
  readonly onWaited?: (ms: number) => void;
}

/** Times a transaction is tried when PostgreSQL asks for a repeat. */
const TRIES = 8;

/** How long things may take, ms, as the server enforces it. */
const TIMEOUTS = {
  statement_timeout: 5000,
  lock_timeout: 2000,
  idle_in_transaction_session_timeout: 10_000,
} as const;

/** The same for one transaction: behind a pooler a session belongs to nobody, and nothing of it may be set. */
const LOCAL_SETTINGS = [
  ...Object.entries(TIMEOUTS).map(([name, ms]) => `set local ${name} = ${ms}`),
  "set local jit = off",
].join("; ");

/** Code of the notice by which the last words of a transaction tell how many ms they waited. */
const WAITED_CODE = "PL001";

const rewritten = new Map<string, string>();

/** `?` placeholders to `$1`, `$2`…; the SQL of this house has no question mark in literals. */
export function numbered(text: string): string {
  let result = rewritten.get(text);
  if (result === undefined) {
    let index = 0;
    result = text.replace(/\?/g, () => {
      index += 1;
      return `$${index}`;
    });
    rewritten.set(text, result);
  }
  return result;
}

interface Handle {
  readonly tx: Tx;
  readonly announced: ReadonlySet<Topic>;
  /** What was to happen last: one, or none. */
  readonly closing: readonly Closing[];
  end(): void;
}

/** A handle over a Kysely connection that works until `end`. */
function handle(kysely: Kysely<Tables>): Handle {
  let isOpen = true;
  const announced = new Set<Topic>();
  const closing: Closing[] = [];
  const use = (): void => {
    if (!isOpen) throw new Error("a transaction was used after its end");
  };
  const execute = (text: string, parameters: readonly Value[]) => {
    use();
    return kysely.executeQuery<Record<string, unknown>>(CompiledQuery.raw(numbered(text), [...parameters]));
  };
  return {
    tx: {
      engine: "postgres",
      catalogueChanges: null,
      announce: (topic) => {
        use();
        announced.add(topic);
      },
      get kysely() {
        use();
        return kysely;
      },
      rows: async <Row>(text: string, parameters: readonly Value[] = []) =>
        (await execute(text, parameters)).rows as Row[],
      run: async (text: string, parameters: readonly Value[] = []) =>
        Number((await execute(text, parameters)).numAffectedRows ?? 0),
      last: (words) => {
        use();
        if (closing.push(words) > 1) throw new Error("a transaction ends once");
      },
    },
    announced,
    closing,
    end: () => {
      isOpen = false;
    },
  };
}

/** A pool with what must be known of its server. */
interface Opened {
  readonly pool: pg.Pool;
  readonly kysely: Kysely<Tables>;
  readonly traits: Readonly<Record<string, string | number>>;
  /** Between us and the server is a pooler that hands sessions from one transaction to another. */
  readonly isPooled: boolean;
  readonly turns: Turns;
}

/** Opens the pool and checks that the server answers; throws EngineRefused for a server older than 13. */
export async function openPostgres(
  options: PostgresOptions,
): Promise<Database & { writersWaiting(): number; listen(): void }> {
  const opened = (await openPool(options, false)) ?? (await openPool(options, true));
  if (opened === null) throw new EngineRefused("PostgreSQL does not take the settings of a session");
  const { pool, kysely, traits, isPooled } = opened;
  if (Number(traits["versionNumber"]) < 130_000) {
    await kysely.destroy();
    throw new EngineRefused(`PostgreSQL 13 or later is needed, this is ${traits["version"]}`);
  }
  const announcements = new Announcements();
  let listener: Listener | null = null;
  const read: Database["read"] = (work) => readOnce(opened, work);
  return {
    engine: "postgres",
    traits,
    writersWaiting: () => pool.waitingCount,
    read,
    look: read,
    transaction: (work) => repeat(opened, announcements, work),
    onAnnounced: (heard) => announcements.hear(heard),
    listen: () => {
      // A pooler would listen on a session that is somebody else's a moment later: there only the looks count.
      if (!isPooled) listener ??= new Listener(options.url, announcements);
    },
    close: async () => {
      await listener?.stop();
      await kysely.destroy();
    },
  };
}

/** Null when the settings of a session did not reach the server: then something pools sessions in between. */
async function openPool(options: PostgresOptions, isPooled: boolean): Promise<Opened | null> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 16,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: parsers,
    // Our statements are short: compiling one costs 140 ms where it runs in one (November 2026).
    ...(isPooled ? {} : { ...TIMEOUTS, options: "-c jit=off" }),
  });
  // A connection that dies is the pool's business, idle or in use; without these listeners it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
    client.on("notice", ({ code, message }) => {
      if (code === WAITED_CODE) options.onWaited?.(Number(message));
    });
  });
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    const { timeout, ...traits } = await readTraits(kysely, isPooled);
    if (isPooled || timeout === TIMEOUTS.statement_timeout)
      return { pool, kysely, traits, isPooled, turns: new Turns() };
    await kysely.destroy();
    return null;
  } catch (error) {
    await kysely.destroy();
    if (!isPooled && /startup parameter/.test((error as Error).message)) return null;
    throw beforeCommit(error);
  }
}

async function readOnce<Result>(opened: Opened, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  // Its time-outs can be told to a pooler's session only inside a transaction.
  if (opened.isPooled) return repeat(opened, new Announcements(), work);
  try {
    return await opened.kysely.connection().execute(async (connection) => {
      const { tx, end } = handle(connection);
      try {
        return await work(tx);
      } finally {
        end();
      }
    });
  } catch (error) {
    throw beforeCommit(error);
  }
}

async function repeat<Result>(
  opened: Opened,
  announcements: Announcements,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(opened, announcements, work);
    } catch (error) {
      if (error instanceof CommitUnknown) throw error;
      if (!isRepeatable(error) || attempt >= TRIES) throw beforeCommit(error);
      // Jitter keeps two that collided from colliding again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
  }
}

/** One try. What fails before the commit is sent has surely not happened; a commit that fails may have. */
async function transact<Result>(
  { kysely, isPooled, turns }: Opened,
  announcements: Announcements,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const transaction = await kysely.startTransaction().execute();
  const { tx, announced, closing, end } = handle(transaction);
  let result: Result;
  try {
    if (isPooled) await tx.run(LOCAL_SETTINGS);
    result = await work(tx);
    if (announced.size > 0) await tx.rows("select pg_notify(?, ?)", [CHANNEL, [...announced].join(",")]);
    for (const { input } of closing) await tx.rows("select set_config('prilavok.last', ?, true)", [input]);
  } catch (error) {
    await rollBack(transaction);
    throw error;
  } finally {
    end();
  }
  try {
    for (const words of closing) await close(transaction, words, turns);
    // After last words it finds nothing to commit any more, and only gives the connection back.
    await transaction.commit().execute();
  } catch (error) {
    await rollBack(transaction);
    // The server says so when an earlier statement had failed and `work` went on as if it had not: our mistake.
    throw transaction.isRolledBack && (error as Error).name === "AbortedTransactionError"
      ? error
      : ofCommit(error);
  }
  announcements.tell(announced);
  return result;
}

/** Says the last words and commits with them: the server takes one message's statements in turn and stops where one fails. */
async function close(
  transaction: ControlledTransaction<Tables>,
  { sql: words, turns: names }: Closing,
  turns: Turns,
): Promise<void> {
  const end = await turns.take(names);
  try {
    await transaction.executeQuery(CompiledQuery.raw(`${words}; commit`));
  } finally {
    end();
  }
}

/** Gives the connection back, or away when it does not even take this. */
async function rollBack(transaction: ControlledTransaction<Tables>): Promise<void> {
  await transaction
    .rollback()
    .execute()
    .catch(() => undefined);
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
