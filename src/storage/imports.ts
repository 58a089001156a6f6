// The record of imports: one of a kind at a time, what it did, what was wrong in the file, what it may be compared with.
import { forgetChanges } from "./catalogue-changes.ts";
import type { Tx } from "./database.ts";
import type { CatalogueTables } from "./tables/catalogue.ts";

/** What an import fills. */
export type ImportKind = "feed" | "stock" | "outlets";

/** `staging`: running. `held`: waits for a person. The others are over. */
export type ImportState = "staging" | "applied" | "unchanged" | "held" | "refused" | "superseded";

/** Equal problems of one import. */
export interface ProblemCount {
  readonly reason: string;
  /** True: the entries were left out. */
  readonly isSkipped: boolean;
  readonly count: number;
  /** The first of them. */
  readonly samples: readonly {
    readonly line: number;
    readonly offerId: string | null;
    readonly detail: string;
  }[];
}

/** Counts by name, such as `added` and `vanished`. */
export type ImportCounts = Readonly<Record<string, number>>;

/** What a server told of a file, to ask next time whether it has changed. */
export interface FileValidators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** One import. */
export interface ImportRecord extends FileValidators {
  readonly id: string;
  readonly kind: ImportKind;
  readonly source: string;
  readonly state: ImportState;
  readonly reason: string | null;
  /** The catalogue's version that it started from. */
  readonly baseVersion: number;
  readonly startedAt: number;
  readonly heartbeatAt: number;
  readonly finishedAt: number | null;
  readonly counts: ImportCounts;
  readonly problems: readonly ProblemCount[];
}

/** A running import that has not been heard of for this long, ms, is given up: its process is gone. */
export const SILENT_LIMIT_MS = 60_000;

/** Imports of a kind that are kept. */
const KEPT_IMPORTS = 50;

/** PostgreSQL: of two that begin, accept or drop an import together the second waits here, and then sees the first. */
export async function lockCatalogue(tx: Tx): Promise<void> {
  if (tx.engine === "postgres") await tx.rows("select version from catalogue for update");
}

/**
 * Enters a new import, unless one of its kind runs (false). A silent one is closed as refused, a held one as superseded: the
 * newer file counts.
 */
export async function beginImport(
  tx: Tx,
  started: { id: string; kind: ImportKind; source: string; baseVersion: number; now: number },
): Promise<boolean> {
  const { id, kind, source, baseVersion, now } = started;
  await lockCatalogue(tx);
  const [running] = await tx.rows<{ heartbeat_at: number }>(
    "select heartbeat_at from catalogue_import where kind = ? and state = 'staging'",
    [kind],
  );
  if (running !== undefined && now - running.heartbeat_at < SILENT_LIMIT_MS) return false;
  await tx.run(
    `update catalogue_import set state = case state when 'held' then 'superseded' else 'refused' end,
      reason = case state when 'held' then reason else 'abandoned' end, finished_at = ?
      where kind = ? and state in ('staging', 'held')`,
    [now, kind],
  );
  await tx.run(
    `insert into catalogue_import (id, kind, source, state, base_version, started_at, heartbeat_at, counts, problems)
      values (?, ?, ?, 'staging', ?, ?, ?, '{}', '[]')`,
    [id, kind, source, baseVersion, now, now],
  );
  await tx.run(
    `delete from catalogue_import where kind = ? and state <> 'staging' and id not in
      (select id from catalogue_import where kind = ? order by started_at desc, id desc limit ${KEPT_IMPORTS})`,
    [kind, kind],
  );
  await forgetChanges(tx);
  return true;
}

/** Tells that the import lives; false when it has been given up meanwhile and must not write any more. */
export async function touchImport(tx: Tx, id: string, now: number): Promise<boolean> {
  const touched = await tx.run(
    "update catalogue_import set heartbeat_at = ? where id = ? and state = 'staging'",
    [now, id],
  );
  return touched === 1;
}

/** Closes a running import, or a held one; false when it is neither any more. */
export async function finishImport(
  tx: Tx,
  id: string,
  end: Pick<ImportRecord, "state" | "reason" | "counts" | "problems"> & FileValidators & { now: number },
): Promise<boolean> {
  const finished = await tx.run(
    `update catalogue_import set state = ?, reason = ?, counts = ?, problems = ?, etag = ?, last_modified = ?,
      heartbeat_at = ?, finished_at = ? where id = ? and state in ('staging', 'held')`,
    [
      end.state,
      end.reason,
      JSON.stringify(end.counts),
      JSON.stringify(end.problems),
      end.etag,
      end.lastModified,
      end.now,
      end.now,
      id,
    ],
  );
  return finished === 1;
}

/** The import of that id, or null. */
export async function importById(tx: Tx, id: string): Promise<ImportRecord | null> {
  const [row] = await tx.rows<ImportRow>("select * from catalogue_import where id = ?", [id]);
  return row === undefined ? null : fromRow(row);
}

/** The latest imports of a kind, newest first, 0 ≤ `limit` ≤ 50. */
export async function latestImports(tx: Tx, kind: ImportKind, limit: number): Promise<ImportRecord[]> {
  const rows = await tx.rows<ImportRow>(
    "select * from catalogue_import where kind = ? order by started_at desc, id desc limit ?",
    [kind, limit],
  );
  return rows.map(fromRow);
}

/**
 * What the server told with the file that was taken, held or dropped last, when that was one of `source`; nulls otherwise: after a file
 * from elsewhere the server's file is new again, even if it has not changed.
 */
export async function lastValidators(tx: Tx, kind: ImportKind, source: string): Promise<FileValidators> {
  const [row] = await tx.rows<{ source: string; etag: string | null; last_modified: string | null }>(
    `select source, etag, last_modified from catalogue_import where kind = ?
      and (state in ('applied', 'unchanged', 'held') or reason = 'dropped') order by started_at desc, id desc limit 1`,
    [kind],
  );
  if (row === undefined || row.source !== source) return { etag: null, lastModified: null };
  return { etag: row.etag, lastModified: row.last_modified };
}

type ImportRow = CatalogueTables["catalogue_import"];

function fromRow(row: ImportRow): ImportRecord {
  return {
    id: row.id,
    kind: row.kind as ImportKind,
    source: row.source,
    state: row.state as ImportState,
    reason: row.reason,
    baseVersion: row.base_version,
    startedAt: row.started_at,
    heartbeatAt: row.heartbeat_at,
    finishedAt: row.finished_at,
    counts: JSON.parse(row.counts),
    problems: JSON.parse(row.problems),
    etag: row.etag,
    lastModified: row.last_modified,
  };
}
