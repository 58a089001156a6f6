// Makes a backup while the server works: copy, look through the copy, pack, force to disk, and only then give it its name.
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import {
  CopyUnusable,
  countDump,
  dumpPostgres,
  inspectCopy,
  type OpenedDatabase,
  schemaVersion,
} from "../storage/index.ts";
import {
  type BackupManifest,
  digestOf,
  MANIFEST_FILE,
  SECRET_FILE,
  secretMark,
  sync,
} from "./describe-backup.ts";

/** What is backed up, and where to. */
export interface BackupSource {
  readonly database: OpenedDatabase;
  /** Of the same database, for PostgreSQL's dump program. */
  readonly url: string;
  readonly secret: string;
  /** Whether the secret key goes into the backup; without it the keys and tokens in the data cannot be recognised. */
  readonly withSecret: boolean;
  /** Folder of backups. */
  readonly into: string;
}

/** A finished backup. */
export interface BackupMade {
  readonly folder: string;
  readonly manifest: BackupManifest;
}

/** Beginning of a backup's folder, before the time it was made. */
const PREFIX = "prilavok-";

/** Beginning of a backup that is not finished; such a folder is no backup. */
const PARTIAL = ".partial-";

/** Makes one; throws CopyUnusable with a sentence when it cannot be made. Nothing half-made is left behind. */
export async function makeBackup(source: BackupSource, now: number): Promise<BackupMade> {
  const madeAt = new Date(now).toISOString();
  const name = `${PREFIX}${madeAt.replaceAll(/[:.]/g, "-")}`;
  const partial = join(source.into, `${PARTIAL}${name}`);
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  try {
    const contents =
      source.database.engine === "sqlite"
        ? await copySqlite(source, partial)
        : await copyPostgres(source, partial);
    const path = join(partial, contents.file);
    const manifest: BackupManifest = {
      format: 1,
      madeAt,
      engine: source.database.engine,
      schema: contents.schema,
      counts: contents.counts,
      file: contents.file,
      bytes: statSync(path).size,
      sha256: await digestOf(path),
      hasSecret: source.withSecret,
      secretMark: secretMark(source.secret),
    };
    write(join(partial, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
    if (source.withSecret) write(join(partial, SECRET_FILE), `${source.secret}\n`);
    sync(path);
    sync(partial);
    const folder = join(source.into, name);
    renameSync(partial, folder);
    sync(source.into);
    return { folder, manifest };
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Removes all but the newest `keep` backups of a folder; gives how many were removed. */
export function pruneBackups(into: string, keep: number): number {
  const old = readdirSync(into)
    .filter((name) => name.startsWith(PREFIX))
    .sort()
    .reverse()
    .slice(Math.max(1, keep));
  for (const name of old) rmSync(join(into, name), { recursive: true, force: true });
  return old.length;
}

interface Copied {
  readonly file: string;
  readonly schema: number;
  readonly counts: Readonly<Record<string, number>>;
}

async function copySqlite(source: BackupSource, partial: string): Promise<Copied> {
  const plain = join(partial, "prilavok.db");
  if (source.database.backupTo === undefined) throw new CopyUnusable("this database cannot be copied");
  await source.database.backupTo(plain);
  const contents = await inspectCopy(plain);
  if (contents.integrity !== "ok") throw new CopyUnusable(`the copy is damaged: ${contents.integrity}`);
  const file = "prilavok.db.gz";
  // The lightest packing: a backup must not take the processor from the callers.
  await pipeline(
    createReadStream(plain),
    createGzip({ level: constants.Z_BEST_SPEED }),
    createWriteStream(join(partial, file), { mode: 0o600 }),
  );
  rmSync(plain);
  return { file, schema: contents.schema, counts: contents.counts };
}

async function copyPostgres(source: BackupSource, partial: string): Promise<Copied> {
  const file = "prilavok.dump";
  await dumpPostgres(source.url, join(partial, file));
  chmodSync(join(partial, file), 0o600);
  return { file, schema: await schemaVersion(source.database), counts: await countDump(join(partial, file)) };
}

function write(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  sync(path);
}
