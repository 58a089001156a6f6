// One connection to an SQLite file: its settings, its prepared statements and the handles that transactions get.
import Sqlite from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { EngineRefused, type Topic, type Tx, type Value } from "../database.ts";
import type { Tables } from "../tables.ts";

/** What was committed so far; this process is the only one that writes the file. */
export interface Commits {
  count: number;
  /** Those that changed goods or stock. */
  ofCatalogue: number;
  /** Announced by transactions that are not committed yet. */
  readonly announced: Set<Topic>;
}

/** Nothing committed, nothing announced. */
export function noCommits(): Commits {
  return { count: 0, ofCatalogue: 0, announced: new Set() };
}

/** One connection with its prepared statements and its Kysely. */
export class Connection {
  readonly raw: Sqlite.Database;
  readonly #kysely: Kysely<Tables>;
  readonly #statements = new Map<string, Sqlite.Statement>();

  readonly #commits: Commits;
  readonly #isReader: boolean;

  constructor(path: string, isReader: boolean, commits: Commits) {
    this.#commits = commits;
    this.#isReader = isReader;
    this.raw = new Sqlite(path, isReader ? { readonly: true } : {});
    try {
      applyPragmas(this.raw, isReader);
    } catch (error) {
      this.raw.close();
      throw error;
    }
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

  /** A handle that works until `end` is called; `announced` is what it announces. */
  open(): { tx: Tx; announced: ReadonlySet<Topic>; end(): void } {
    let isOpen = true;
    const announced = new Set<Topic>();
    const use = (): void => {
      if (!isOpen) throw new Error("a transaction was used after its end");
    };
    const kysely = this.#kysely;
    const tx: Tx = {
      engine: "sqlite",
      // A writer may see changes of its own that are not counted yet.
      catalogueChanges: this.#isReader ? this.#commits.ofCatalogue : null,
      announce: (topic) => {
        use();
        announced.add(topic);
      },
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
      last: null,
    };
    return {
      tx,
      announced,
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

/** Oldest SQLite without the WAL-reset bug (3.7.0 to 3.51.2 may lose commits with two connections on one file). */
const OLDEST = [3, 51, 3] as const;

/** How long a connection waits for a lock of the file, ms. */
const BUSY_TIMEOUT_MS = 5000;

/** What must be set on every open: better-sqlite3 opens existing WAL files with synchronous=NORMAL, which loses commits. */
function applyPragmas(raw: Sqlite.Database, isReader: boolean): void {
  raw.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  raw.pragma("foreign_keys = ON");
  raw.pragma("trusted_schema = OFF");
  if (isReader) return;
  const { version } = readTraits(raw);
  if (isOld(String(version)))
    throw new EngineRefused(`SQLite ${version} may lose commits; ${OLDEST.join(".")} or later is needed`);
  raw.pragma("journal_mode = WAL");
  raw.pragma("synchronous = FULL");
  // Copying the log into the file is the work of a thread (LogKeeper); this is for when that does not come to it.
  raw.pragma("wal_autocheckpoint = 2000");
  // What is deleted or written over is gone from the file too: personal data must be erasable.
  raw.pragma("secure_delete = ON");
  const traits = readTraits(raw);
  const wrong = Object.entries({
    journalMode: "wal",
    synchronous: 2,
    foreignKeys: 1,
    busyTimeoutMs: BUSY_TIMEOUT_MS,
  }).filter(([name, value]) => traits[name] !== value);
  if (wrong.length > 0) {
    throw new EngineRefused(
      `SQLite did not take its settings: ${wrong.map(([name]) => `${name} is ${traits[name]}`).join(", ")}`,
    );
  }
}

function isOld(version: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, least] of OLDEST.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}

/** Settings as the engine reads them back. */
export function readTraits(raw: Sqlite.Database): Record<string, string | number> {
  return {
    version: raw.prepare("select sqlite_version()").pluck().get() as string,
    journalMode: raw.pragma("journal_mode", { simple: true }) as string,
    synchronous: raw.pragma("synchronous", { simple: true }) as number,
    foreignKeys: raw.pragma("foreign_keys", { simple: true }) as number,
    busyTimeoutMs: raw.pragma("busy_timeout", { simple: true }) as number,
  };
}
