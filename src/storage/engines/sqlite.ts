// SQLite: one file, one process, one writer with group commit, a few readers. Everything that differs from PostgreSQL.
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { type Database, EngineRefused, type Tx, type Value, WriteQueueFull } from "../database.ts";
import type { Tables } from "../tables.ts";
import { lockFile } from "./file-lock.ts";
import { GroupCommit } from "./group-commit.ts";

/** Oldest SQLite without the WAL-reset bug (3.7.0 to 3.51.2 may lose commits with two connections on one file). */
const OLDEST = [3, 51, 3] as const;

/** Readers on one file; each runs one read at a time. */
const READERS = 4;

/** Options of an SQLite database. */
export interface SqliteOptions {
  readonly path: string;
  /** Told when a commit failed: nothing may be written any more. */
  readonly onBroken?: (error: unknown) => void;
}

/** One connection with its prepared statements and its Kysely. */
class Connection {
  readonly raw: Sqlite.Database;
  readonly #kysely: Kysely<Tables>;
  readonly #statements = new Map<string, Sqlite.Statement>();

  constructor(path: string, isReader: boolean) {
    this.raw = new Sqlite(path, isReader ? { readonly: true } : {});
    applyPragmas(this.raw, isReader);
    this.#kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: this.raw as never }) });
  }

  /** Begins a read: all its statements see one state. */
  begin(): void {
    this.#prepare("begin").run();
  }

  /** Ends a read. */
  finish(): void {
    if (this.raw.inTransaction) this.#prepare("commit").run();
  }

  /** A handle that works until `end` is called. */
  open(): { tx: Tx; end(): void } {
    let isOpen = true;
    const use = (): void => {
      if (!isOpen) throw new Error("a transaction was used after its end");
    };
    const kysely = this.#kysely;
    const tx: Tx = {
      engine: "sqlite",
      get kysely() {
        use();
        return kysely;
      },
      rows: async <Row>(sql: string, parameters: readonly Value[] = []) => {
        use();
        return this.#prepare(sql).all(...parameters) as Row[];
      },
      run: async (sql: string, parameters: readonly Value[] = []) => {
        use();
        return this.#prepare(sql).run(...parameters).changes;
      },
    };
    return {
      tx,
      end: () => {
        isOpen = false;
      },
    };
  }

  #prepare(sql: string): Sqlite.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.raw.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** What must be set on every open: better-sqlite3 opens existing WAL files with synchronous=NORMAL, which loses commits. */
function applyPragmas(raw: Sqlite.Database, isReader: boolean): void {
  raw.pragma("busy_timeout = 5000");
  raw.pragma("foreign_keys = ON");
  raw.pragma("trusted_schema = OFF");
  if (isReader) return;
  raw.pragma("journal_mode = WAL");
  raw.pragma("synchronous = FULL");
  raw.pragma("wal_autocheckpoint = 1000");
  const traits = readTraits(raw);
  const wrong = Object.entries({ journalMode: "wal", synchronous: 2, foreignKeys: 1 }).filter(
    ([name, value]) => traits[name] !== value,
  );
  if (wrong.length > 0) {
    throw new EngineRefused(
      `SQLite did not take its settings: ${wrong.map(([name]) => `${name} is ${traits[name]}`).join(", ")}`,
    );
  }
}

/** Settings as the engine reads them back. */
function readTraits(raw: Sqlite.Database): Record<string, string | number> {
  return {
    version: raw.prepare("select sqlite_version()").pluck().get() as string,
    journalMode: raw.pragma("journal_mode", { simple: true }) as string,
    synchronous: raw.pragma("synchronous", { simple: true }) as number,
    foreignKeys: raw.pragma("foreign_keys", { simple: true }) as number,
    busyTimeoutMs: raw.pragma("busy_timeout", { simple: true }) as number,
  };
}

/** Refuses a library older than OLDEST. */
function refuseOldVersion(version: string): void {
  const parts = version.split(".").map(Number);
  for (const [index, least] of OLDEST.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return;
    if (part < least)
      throw new EngineRefused(`SQLite ${version} may lose commits; ${OLDEST.join(".")} or later is needed`);
  }
}

/** What SQLite offers beside the common doors. */
export type SqliteDatabase = Database & {
  backupTo(path: string): Promise<void>;
  truncateLog(): void;
  writersWaiting(): number;
};

/** Opens the file (and its folder), takes its lock; throws EngineRefused when another process has it or a setting fails. */
export function openSqlite(options: SqliteOptions): SqliteDatabase {
  const isNew = !existsSync(options.path);
  if (isNew) mkdirSync(dirname(options.path), { recursive: true });
  const unlock = lockFile(`${options.path}.lock`);
  try {
    const writer = new Connection(options.path, false);
    refuseOldVersion(String(readTraits(writer.raw)["version"]));
    return sqliteDatabase(writer, options, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function sqliteDatabase(writer: Connection, options: SqliteOptions, unlock: () => void): SqliteDatabase {
  const { raw } = writer;
  const readers = new ReaderPool(options.path);
  const queue = groupCommit(raw, options.onBroken);
  return {
    engine: "sqlite" as const,
    traits: readTraits(raw),
    read: (work) => readers.read(work),
    transaction: (work) =>
      queue.submit(async () => {
        const { tx, end } = writer.open();
        try {
          return await work(tx);
        } finally {
          end();
        }
      }),
    writersWaiting: () => queue.depth,
    backupTo: async (path: string) => {
      await raw.backup(path);
    },
    truncateLog: () => {
      if (raw.inTransaction) return;
      // Without waiting: a reader of this very process could not finish while the writer waits for it.
      raw.pragma("busy_timeout = 0");
      raw.pragma("wal_checkpoint(TRUNCATE)");
      raw.pragma("busy_timeout = 5000");
    },
    close: async () => {
      await queue.drained();
      readers.close();
      raw.pragma("wal_checkpoint(TRUNCATE)");
      raw.close();
      unlock();
    },
  };
}

/** The writer's queue. After a failed commit it takes nothing more: what is on disk is unknown until a restart. */
function groupCommit(raw: Sqlite.Database, onBroken?: (error: unknown) => void): GroupCommit {
  const [begin, savepoint, release, back, commit, rollback] = [
    "begin immediate",
    "savepoint one",
    "release one",
    "rollback to one",
    "commit",
    "rollback",
  ].map((text) => raw.prepare(text)) as [
    Sqlite.Statement,
    Sqlite.Statement,
    Sqlite.Statement,
    Sqlite.Statement,
    Sqlite.Statement,
    Sqlite.Statement,
  ];
  let broken: unknown = null;
  return new GroupCommit(
    {
      begin: () => {
        if (broken !== null)
          throw new WriteQueueFull("the database takes no more writes: a commit failed", { cause: broken });
        begin.run();
      },
      savepoint: () => savepoint.run(),
      releaseSavepoint: () => release.run(),
      rollbackToSavepoint: () => {
        if (!raw.inTransaction) return false;
        back.run();
        release.run();
        return true;
      },
      commit: () => commit.run(),
      rollBackRefused: (error) => {
        // A full disk takes no last frame into the log, and without that frame nothing of the batch counts.
        if ((error as { code?: string }).code !== "SQLITE_FULL") return false;
        if (raw.inTransaction) rollback.run();
        return true;
      },
    },
    (error) => {
      broken = error;
      if (raw.inTransaction) rollback.run();
      onBroken?.(error);
    },
  );
}

/** Reads run beside the writer on connections of their own, each read in one snapshot. */
class ReaderPool {
  readonly #path: string;
  readonly #free: Connection[] = [];
  readonly #waiting: Array<(connection: Connection) => void> = [];
  #made = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const connection = await this.#take();
    const { tx, end } = connection.open();
    try {
      connection.begin();
      return await work(tx);
    } finally {
      end();
      connection.finish();
      this.#give(connection);
    }
  }

  close(): void {
    for (const connection of this.#free) connection.raw.close();
    this.#free.length = 0;
  }

  #take(): Connection | Promise<Connection> {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#made < READERS) {
      this.#made += 1;
      return new Connection(this.#path, true);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(connection);
    else next(connection);
  }
}
