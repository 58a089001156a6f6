// PostgreSQL: a pool, guarded transactions that are retried as a whole, numbers that stay numbers.
import { CompiledQuery, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { type Database, EngineRefused, type Tx, type Value } from "../database.ts";
import type { Tables } from "../tables.ts";

/** Options of a PostgreSQL database. */
export interface PostgresOptions {
  readonly url: string;
  /** Most connections of this instance. */
  readonly connections?: number;
}

/** Times a transaction is tried when PostgreSQL asks for a repeat. */
const TRIES = 8;

/** Codes with which PostgreSQL asks to run a transaction again: serialization failure, deadlock. */
const REPEATABLE = new Set(["40001", "40P01"]);

const INT8 = 20;
const NUMERIC = 1700;

/** int8 and numeric arrive as text and must be numbers; only this pool is told so, not the whole process. */
const parsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (oid === INT8 || oid === NUMERIC) return safeNumber;
    return pg.types.getTypeParser(oid, format as never);
  }) as pg.CustomTypesConfig["getTypeParser"],
};

function safeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw new RangeError("a stored number is beyond 2^53");
  }
  return value;
}

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

/** A handle over a Kysely connection that works until `end`. */
function handle(kysely: Kysely<Tables>): { tx: Tx; end(): void } {
  let isOpen = true;
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
      announceCatalogue: use,
      get kysely() {
        use();
        return kysely;
      },
      rows: async <Row>(text: string, parameters: readonly Value[] = []) =>
        (await execute(text, parameters)).rows as Row[],
      run: async (text: string, parameters: readonly Value[] = []) =>
        Number((await execute(text, parameters)).numAffectedRows ?? 0),
    },
    end: () => {
      isOpen = false;
    },
  };
}

/** Opens the pool and checks that the server answers; throws EngineRefused for a server older than 13. */
export async function openPostgres(
  options: PostgresOptions,
): Promise<Database & { writersWaiting(): number }> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 16,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 5000,
    lock_timeout: 2000,
    idle_in_transaction_session_timeout: 10_000,
    types: parsers,
    // Our statements are short: compiling one costs 140 ms where it runs in one (November 2026).
    options: "-c jit=off",
  });
  // A connection that dies while idle is the pool's business; without a listener it would end the process.
  pool.on("error", () => undefined);
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const traits = await readTraits(kysely).catch(async (error: unknown) => {
    await kysely.destroy();
    throw error;
  });
  if (Number(traits["versionNumber"]) < 130_000) {
    await kysely.destroy();
    throw new EngineRefused(`PostgreSQL 13 or later is needed, this is ${traits["version"]}`);
  }
  const read: Database["read"] = (work) =>
    kysely.connection().execute(async (connection) => {
      const { tx, end } = handle(connection);
      try {
        return await work(tx);
      } finally {
        end();
      }
    });
  return {
    engine: "postgres",
    traits,
    writersWaiting: () => pool.waitingCount,
    read,
    look: read,
    transaction: (work) => repeat(kysely, work),
    close: () => kysely.destroy(),
  };
}

async function repeat<Result>(kysely: Kysely<Tables>, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await kysely.transaction().execute(async (transaction) => {
        const { tx, end } = handle(transaction);
        try {
          return await work(tx);
        } finally {
          end();
        }
      });
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      if (!REPEATABLE.has(code) || attempt >= TRIES) throw error;
      // Jitter keeps two that collided from colliding again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
  }
}

async function readTraits(kysely: Kysely<Tables>): Promise<Record<string, string | number>> {
  const { rows } = await sql<{ version: string; number: string; durable: string }>`
    select current_setting('server_version') as version,
      current_setting('server_version_num') as number,
      current_setting('synchronous_commit') as durable`.execute(kysely);
  const row = rows[0];
  return {
    version: row?.version ?? "",
    versionNumber: Number(row?.number ?? 0),
    synchronousCommit: row?.durable ?? "",
  };
}
