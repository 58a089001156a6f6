// Looks through a copy of an SQLite database on a thread of its own: the check reads every page and would stop a server.
import { parentPort, workerData } from "node:worker_threads";
import Sqlite from "better-sqlite3";

/** What a copy holds. */
export interface CopyContents {
  /** "ok", or what the engine found wrong. */
  readonly integrity: string;
  readonly schema: number;
  readonly counts: Readonly<Record<string, number>>;
}

function contentsOf(path: string): CopyContents {
  const raw = new Sqlite(path, { fileMustExist: true });
  try {
    // One file without side files: it can then be moved, and read from a folder that is not writable.
    raw.pragma("journal_mode = DELETE");
    const integrity = raw.pragma("integrity_check", { simple: true }) as string;
    if (integrity !== "ok") return { integrity, schema: 0, counts: {} };
    const orphans = (raw.pragma("foreign_key_check") as unknown[]).length;
    const names = raw
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
      )
      .pluck()
      .all() as string[];
    const counts = Object.fromEntries(
      names.map((name) => [name, raw.prepare(`select count(*) from "${name}"`).pluck().get() as number]),
    );
    const schema = names.includes("schema_version")
      ? (raw.prepare("select coalesce(max(number), 0) from schema_version").pluck().get() as number)
      : 0;
    return { integrity: orphans === 0 ? "ok" : `${orphans} rows point nowhere`, schema, counts };
  } finally {
    raw.close();
  }
}

try {
  parentPort?.postMessage({ contents: contentsOf((workerData as { path: string }).path) });
} catch (error) {
  parentPort?.postMessage({ problem: (error as Error).message });
}
