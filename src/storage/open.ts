// Opens the database that a URL names, for everything or for reading only.
import type { Database } from "./database.ts";
import { openPostgres } from "./engines/postgres.ts";
import { openSqlite } from "./engines/sqlite.ts";
import { openSqliteReader } from "./engines/sqlite-reader.ts";

/** What `openDatabase` needs to know. */
export interface OpenOptions {
  /** `sqlite:PATH` or `postgres://…`. */
  readonly url: string;
  readonly onBroken?: (error: unknown) => void;
  /** PostgreSQL only: most connections of this process, half for reading and half for writing. */
  readonly connections?: number;
  /** PostgreSQL only: longest that a caller waits for a connection, ms; then DatabaseUnavailable. */
  readonly mostWaitMs?: number;
  /** PostgreSQL only: told how long confirmed orders waited for a limit that others held, ms. */
  readonly onWaited?: (ms: number) => void;
}

/** A database that can tell how many writers wait, for shedding. */
export type OpenedDatabase = Database & {
  writersWaiting(): number;
  /** SQLite only: a consistent copy into a new file, while the database is in use. */
  backupTo?(path: string): Promise<void>;
  /** PostgreSQL only: begins to hear what other instances announce, on a connection of its own; a server does, a command need not. */
  listen?(): void;
  /** SQLite only: empties the write-ahead log into the file, so that it does not keep the size of its worst hour. */
  truncateLog?(): void;
};

/** Opens it; throws EngineRefused with a sentence for the operator when it cannot be used. */
export async function openDatabase(options: OpenOptions): Promise<OpenedDatabase> {
  if (options.url.startsWith("sqlite:")) {
    const path = options.url.slice("sqlite:".length);
    return openSqlite(options.onBroken === undefined ? { path } : { path, onBroken: options.onBroken });
  }
  return openPostgres(options);
}

/** Connections of a reader beside a server, of which half could write: it must not take what carts need. */
const READER_CONNECTIONS = 4;

/** Opens a database for reading only, also beside a running server; writing throws. EngineRefused where it cannot be read. */
export async function openForReading(url: string): Promise<Database> {
  if (url.startsWith("sqlite:")) return openSqliteReader(url.slice("sqlite:".length));
  const {
    writersWaiting: _,
    listen: __,
    ...database
  } = await openPostgres({ url, connections: READER_CONNECTIONS });
  return { ...database, transaction: refuseWriting };
}

async function refuseWriting(): Promise<never> {
  throw new Error("this database was opened for reading");
}
