// Opens the database that a URL names.
import type { Database } from "./database.ts";
import { openPostgres } from "./engines/postgres.ts";
import { openSqlite } from "./engines/sqlite.ts";

/** What `openDatabase` needs to know. */
export interface OpenOptions {
  /** `sqlite:PATH` or `postgres://…`. */
  readonly url: string;
  readonly onBroken?: (error: unknown) => void;
}

/** A database that can tell how many writers wait, for shedding. */
export type OpenedDatabase = Database & {
  writersWaiting(): number;
  /** SQLite only: a consistent copy into a new file, while the database is in use. */
  backupTo?(path: string): Promise<void>;
  /** SQLite only: empties the write-ahead log into the file, so that it does not keep the size of its worst hour. */
  truncateLog?(): void;
};

/** Opens it; throws EngineRefused with a sentence for the operator when it cannot be used. */
export async function openDatabase(options: OpenOptions): Promise<OpenedDatabase> {
  if (options.url.startsWith("sqlite:")) {
    const path = options.url.slice("sqlite:".length);
    return openSqlite(options.onBroken === undefined ? { path } : { path, onBroken: options.onBroken });
  }
  return openPostgres({ url: options.url });
}
