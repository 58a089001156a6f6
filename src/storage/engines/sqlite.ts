// SQLite: one file, one process, one writer with group commit, a few readers. Everything that differs from PostgreSQL.
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type Sqlite from "better-sqlite3";
import { type Database, type Tx, WriteQueueFull } from "../database.ts";
import { Announcements } from "./announcements.ts";
import { lockFile } from "./file-lock.ts";
import { GroupCommit } from "./group-commit.ts";
import { LogKeeper } from "./log-keeper.ts";
import { SharedReader } from "./shared-reader.ts";
import { type Commits, Connection, noCommits, readTraits } from "./sqlite-connection.ts";

/** Readers on one file; each runs one read at a time. */
const READERS = 4;

/** Options of an SQLite database. */
export interface SqliteOptions {
  readonly path: string;
  /** Told when a commit failed: nothing may be written any more. */
  readonly onBroken?: (error: unknown) => void;
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
    const commits = noCommits();
    return sqliteDatabase(new Connection(options.path, false, commits), commits, options, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function sqliteDatabase(
  writer: Connection,
  commits: Commits,
  options: SqliteOptions,
  unlock: () => void,
): SqliteDatabase {
  const { raw } = writer;
  const readers = new ReaderPool(options.path, commits);
  const announcements = new Announcements();
  const log = new LogKeeper(options.path, () => commits.count);
  const queue = groupCommit(raw, commits, announcements, options.onBroken);
  return {
    engine: "sqlite" as const,
    traits: readTraits(raw),
    read: (work) => readers.read(work),
    look: (work) => readers.look(work),
    transaction: (work, { isLosable = false } = {}) =>
      queue.submit(isLosable, async () => {
        const { tx, announced, end } = writer.open();
        try {
          const result = await work(tx);
          for (const topic of announced) commits.announced.add(topic);
          return result;
        } finally {
          end();
        }
      }),
    onAnnounced: (listener) => announcements.hear(listener),
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
      await log.close();
      readers.close();
      raw.pragma("wal_checkpoint(TRUNCATE)");
      raw.close();
      unlock();
    },
  };
}

/** The statements that open and close what the writer does. */
function turnsOf(raw: Sqlite.Database) {
  return {
    begin: raw.prepare("begin immediate"),
    savepoint: raw.prepare("savepoint one"),
    release: raw.prepare("release one"),
    back: raw.prepare("rollback to one"),
    commit: raw.prepare("commit"),
    rollback: raw.prepare("rollback"),
  };
}

/** The writer's queue. After a failed commit it takes nothing more: what is on disk is unknown until a restart. */
function groupCommit(
  raw: Sqlite.Database,
  commits: Commits,
  announcements: Announcements,
  onBroken?: (error: unknown) => void,
): GroupCommit {
  const { begin, savepoint, release, back, commit, rollback } = turnsOf(raw);
  let broken: unknown = null;
  let wasLosable = false;
  return new GroupCommit(
    {
      begin: (isLosable) => {
        if (broken !== null)
          throw new WriteQueueFull("the database takes no more writes: a commit failed", { cause: broken });
        // In a log, what is not synced now is synced with the next commit that is: the order stays.
        if (isLosable !== wasLosable) raw.pragma(`synchronous = ${isLosable ? "NORMAL" : "FULL"}`);
        wasLosable = isLosable;
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
      commit: () => {
        commit.run();
        // At once: a read that begins from now on sees what was committed.
        commits.count += 1;
        if (commits.announced.size === 0) return;
        if (commits.announced.has("catalogue")) commits.ofCatalogue += 1;
        announcements.tell(commits.announced);
        commits.announced.clear();
      },
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
export class ReaderPool {
  readonly #path: string;
  readonly #commits: Commits;
  readonly #free: Connection[] = [];
  readonly #waiting: Array<(connection: Connection) => void> = [];
  #made = 0;
  #shared: SharedReader | null = null;

  constructor(path: string, commits: Commits) {
    this.#path = path;
    this.#commits = commits;
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

  /** Several looks share a snapshot as long as it is the newest state. */
  async look<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    this.#shared ??= new SharedReader(new Connection(this.#path, true, this.#commits), this.#commits);
    return this.#shared.look(work) ?? this.read(work);
  }

  close(): void {
    for (const connection of this.#free) connection.raw.close();
    this.#free.length = 0;
    this.#shared?.close();
  }

  #take(): Connection | Promise<Connection> {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#made < READERS) {
      this.#made += 1;
      return new Connection(this.#path, true, this.#commits);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(connection);
    else next(connection);
  }
}
