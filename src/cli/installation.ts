// An installation: its folder, its secret key, its opened database. What `start` and every other command stand on.

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { v7 as uuidv7 } from "uuid";
import type { Config } from "../config/index.ts";
import { instant } from "../core/basics/index.ts";
import {
  CalculationBook,
  CallTally,
  createSecrets,
  ExportShelf,
  type House,
  RuleShelf,
  type Secrets,
} from "../flows/index.ts";
import {
  type Database,
  migrate,
  type OpenedDatabase,
  openDatabase,
  openForReading,
  planMigration,
} from "../storage/index.ts";

/** What is opened for reading; closed by `close`. */
export interface Reading {
  readonly config: Config;
  readonly house: House;
  /** The rules in force, compiled. */
  readonly rules: RuleShelf;
  close(): Promise<void>;
}

/** Everything opened. */
export interface Installation extends Reading {
  readonly secrets: Secrets;
  /** Where calculations are noted down; written out by `close`. */
  readonly book: CalculationBook;
  /** Where answered calls are counted; written out by `close`. */
  readonly calls: CallTally;
  readonly database: OpenedDatabase;
  /** Where exported files are listed. */
  readonly shelf: ExportShelf;
  /** What relative paths of settings start from. */
  readonly folder: string;
}

/** What happens on an alarm, and when a commit failed. */
export interface Bells {
  alarm(kind: string, details: Readonly<Record<string, string | number>>): void;
  onBroken?(error: unknown): void;
  /** The disk refused a write; `code` is the system's or SQLite's. */
  onWriteFault?(code: string): void;
  /** How long a confirmed order waited for limits that others held, ms; PostgreSQL only. */
  onWaited?(ms: number): void;
  /** An event was put into the outbox. */
  onEvent?(): void;
}

/** The data folder as an absolute path. */
export function dataFolder(config: Config, folder: string): string {
  return resolve(folder, config.text("dataDir"));
}

/** The URL of the database: the setting, or SQLite in the data folder. Relative SQLite paths start from `folder`. */
export function databaseUrl(config: Config, folder: string): string {
  const url = config.optional("databaseUrl") ?? `sqlite:${join(dataFolder(config, folder), "prilavok.db")}`;
  return url.startsWith("sqlite:") ? `sqlite:${resolve(folder, url.slice("sqlite:".length))}` : url;
}

/** The installation's secret: the setting, or a file in the data folder, made on first use and readable by its owner only. */
export function secretKey(config: Config, folder: string): string {
  const given = config.optional("secretKey");
  if (given !== null) return given;
  const path = join(dataFolder(config, folder), "secret.key");
  if (!existsSync(path)) {
    mkdirSync(dataFolder(config, folder), { recursive: true });
    writeFileSync(path, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  }
  return readFileSync(path, "utf8").trim();
}

/** Opens and migrates the database; throws EngineRefused where that cannot be done. */
export async function openInstallation(config: Config, folder: string, bells: Bells): Promise<Installation> {
  const secrets = createSecrets(secretKey(config, folder));
  const { onBroken, onWaited } = bells;
  const opened = await openDatabase({
    url: databaseUrl(config, folder),
    connections: config.number("databaseConnections"),
    mostWaitMs: config.number("limits.databaseWait"),
    ...(onBroken === undefined ? {} : { onBroken }),
    ...(onWaited === undefined ? {} : { onWaited }),
  });
  const database = withFaultsTold(opened, bells);
  try {
    await migrate(database, Date.now());
  } catch (error) {
    await database.close();
    throw error;
  }
  const house: House = {
    ...houseOf(database, bells, config.text("shop.timezone")),
    dataErased: () => truncateSoon(database),
  };
  const rules = new RuleShelf(house, config.text("shop.timezone"));
  database.onAnnounced((topic) => {
    if (topic === "rules") rules.forget();
  });
  const book = new CalculationBook(house);
  const calls = new CallTally(house);
  const close = async (): Promise<void> => {
    await book.close();
    await calls.flush();
    await database.close();
  };
  const shelf = exportShelf(config, folder);
  return { config, secrets, database, house, rules, book, calls, shelf, folder, close };
}

/** Opens the database for reading only; null where there is none of this program's schema: then it must be opened whole. */
export async function openReading(config: Config, folder: string, bells: Bells): Promise<Reading | null> {
  const url = databaseUrl(config, folder);
  if (url.startsWith("sqlite:") && !existsSync(url.slice("sqlite:".length))) return null;
  const database = await openForReading(url);
  const { applied: pending } = await planMigration(database).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  if (pending.length > 0) {
    await database.close();
    return null;
  }
  const house = houseOf(database, bells, config.text("shop.timezone"));
  const rules = new RuleShelf(house, config.text("shop.timezone"));
  return { config, house, rules, close: () => database.close() };
}

/** How long after an erasure its commit has surely ended, ms. */
const ERASED_MS = 1000;

/** What the log of the file still holds of erased data goes with it; where a reader stands in the way, within the hour. */
function truncateSoon(database: OpenedDatabase): void {
  setTimeout(() => {
    try {
      database.truncateLog?.();
    } catch {
      // Closed meanwhile: closing has emptied the log.
    }
  }, ERASED_MS).unref();
}

/** The list of files that exports wrote. */
export function exportShelf(config: Config, folder: string): ExportShelf {
  return new ExportShelf(join(dataFolder(config, folder), "exports.jsonl"));
}

/** Codes by which the disk, SQLite for it, or PostgreSQL (full, only reading, stopped, not there) refuses writes. */
const WRITE_FAULT =
  /^(SQLITE_FULL|SQLITE_IOERR|SQLITE_READONLY|ENOSPC|EROFS|EIO|53100|25006|57P0[123]|ECONNREFUSED)/;

/** The same database; faults of the disk in its writes are also told to the bells, whoever answers the caller. */
function withFaultsTold(database: OpenedDatabase, bells: Bells): OpenedDatabase {
  return {
    ...database,
    transaction: async (work, choices) => {
      try {
        return await database.transaction(work, choices);
      } catch (error) {
        const cause = (error as Error).cause ?? error;
        const code = (cause as { code?: unknown }).code;
        if (typeof code === "string" && WRITE_FAULT.test(code)) bells.onWriteFault?.(code);
        throw error;
      }
    },
  };
}

/** A house with the system's clock. */
export function houseOf(database: Database, bells: Bells, timezone: string): House {
  return {
    database,
    timezone,
    now: () => instant(Date.now()),
    newId: () => uuidv7(),
    alarm: bells.alarm,
    eventNoted: () => bells.onEvent?.(),
  };
}
