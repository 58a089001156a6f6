// The running server as its operator sees it: what it is, what it stands on, what it does by itself. Nothing in it is a secret or a person.
import { existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  type AppliedMigration,
  appliedMigrations,
  countRows,
  databaseBytes,
  type JobLease,
  latestImports,
  listLeases,
} from "../storage/index.ts";
import type { Attention, AttentionTerms } from "./find-attention.ts";
import { findAttention } from "./find-attention.ts";
import { findAuditEntries } from "./find-audit.ts";
import type { House } from "./house.ts";
import { endpointsOf } from "./manage-endpoints.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** A setting in force; secrets and what addresses carry of them are hidden. */
export interface ShownSetting {
  readonly name: string;
  readonly env: string;
  readonly value: string;
}

/** What the process knows of itself. */
export interface SystemParts {
  readonly version: string;
  readonly startedAt: number;
  readonly dataFolder: string;
  readonly backupFolder: string;
  readonly settings: readonly ShownSetting[];
}

/** The running server. */
export interface SystemView extends Omit<SystemParts, "dataFolder" | "backupFolder"> {
  readonly node: string;
  readonly platform: string;
  readonly engine: string;
  readonly traits: Readonly<Record<string, string | number>>;
  readonly uptimeSeconds: number;
  readonly memoryBytes: number;
  readonly migrations: readonly AppliedMigration[];
  readonly storage: {
    readonly databaseBytes: number;
    readonly dataFolderBytes: number;
    readonly backupBytes: number;
    readonly freeBytes: number | null;
    readonly diskBytes: number | null;
  };
  readonly jobs: readonly JobLease[];
  /** Instances whose jobs ran within the last day: every server takes its turn. */
  readonly instances: readonly { readonly owner: string; readonly lastJobAt: number }[];
}

const DAY = 86_400_000;

/** Reads it. */
export async function readSystem(house: House, parts: SystemParts): Promise<SystemView> {
  const { version, startedAt, dataFolder, backupFolder, settings } = parts;
  const now = house.now();
  const read = await house.database.read(async (tx) => ({
    migrations: await appliedMigrations(tx),
    bytes: await databaseBytes(tx),
    jobs: await listLeases(tx),
  }));
  const last = new Map<string, number>();
  for (const { owner, startedAt: at } of read.jobs)
    if (now - at < DAY) last.set(owner, Math.max(at, last.get(owner) ?? 0));
  return {
    version,
    startedAt,
    settings: settings.map((setting) => ({ ...setting, value: withoutCredentials(setting.value) })),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    engine: house.database.engine,
    traits: house.database.traits,
    uptimeSeconds: Math.max(0, Math.floor((now - startedAt) / 1000)),
    memoryBytes: process.memoryUsage.rss(),
    migrations: read.migrations,
    storage: {
      databaseBytes: read.bytes,
      dataFolderBytes: bytesIn(dataFolder),
      backupBytes: bytesIn(backupFolder),
      ...diskOf(dataFolder),
    },
    jobs: read.jobs,
    instances: [...last].map(([owner, lastJobAt]) => ({ owner, lastJobAt })),
  };
}

/** A text without user, password and query of the addresses in it. */
function withoutCredentials(text: string): string {
  return text
    .replaceAll(/([a-z][\w+.-]*:\/\/)[^/\s@]*@/gi, "$1…@")
    .replaceAll(/([a-z][\w+.-]*:\/\/[^\s?]*)\?[^\s,]*/gi, "$1?…");
}

/** Bytes of the files of a folder and of the folders in it. */
function bytesIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  let sum = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    // A file may go while the list is read.
    if (entry.isFile())
      sum += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
}

function diskOf(folder: string): { readonly freeBytes: number | null; readonly diskBytes: number | null } {
  if (!existsSync(folder)) return { freeBytes: null, diskBytes: null };
  const { blocks, bavail, bsize } = statfsSync(folder);
  return { freeBytes: bavail * bsize, diskBytes: blocks * bsize };
}

/** Entries of the log and imports that go into a bundle. */
const BUNDLED = 50;

/** What somebody who helps needs to see: the server, counts of tables, what needs attention, the last changes by name. */
export interface SupportBundle {
  readonly madeAt: number;
  readonly system: SystemView;
  readonly rows: Readonly<Record<string, number>>;
  readonly attention: readonly Omit<Attention, "name" | "link">[];
  readonly imports: readonly object[];
  readonly endpoints: readonly object[];
  readonly changes: readonly { readonly at: number; readonly action: string }[];
  readonly rules: { readonly version: number; readonly hash: string; readonly promotions: number };
}

/** Puts a bundle together: words, names, ids of people, addresses and credentials are in none of its parts. */
export async function makeSupportBundle(
  house: House,
  rules: RuleShelf,
  parts: SystemParts,
  terms: AttentionTerms,
): Promise<SupportBundle> {
  const shelved = await rules.current();
  const attention = await findAttention(house, shelved, terms, { mayRead: () => true, stores: null });
  const entries = await findAuditEntries(house, { after: null, limit: BUNDLED, isNewestFirst: true });
  const read = await house.database.read(async (tx) => ({
    rows: await countRows(tx),
    imports: [...(await latestImports(tx, "feed", 10)), ...(await latestImports(tx, "stock", 10))],
  }));
  return {
    madeAt: house.now(),
    system: await readSystem(house, parts),
    rows: read.rows,
    attention: attention.map(({ name: _name, link: _link, ...rest }) => rest),
    imports: read.imports.map(({ kind, state, startedAt, finishedAt, counts }) => ({
      kind,
      state,
      startedAt,
      finishedAt,
      counts,
    })),
    endpoints: (await endpointsOf(house)).map(({ id, state, failures, lastOutcome, deliveries }) => ({
      id,
      state,
      failures,
      lastOutcome,
      deliveries,
    })),
    changes: entries.map(({ at, action }) => ({ at, action })),
    rules: {
      version: shelved.version,
      hash: shelved.hash,
      promotions: shelved.documents.set.promotions.length,
    },
  };
}
