// Looks whether a backup is whole, and puts one back into an empty place.
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { unreachable } from "../core/basics/index.ts";
import {
  CopyUnusable,
  countDump,
  countRows,
  inspectCopy,
  isHeld,
  moveTablesAside,
  openDatabase,
  restorePostgres,
  tableNames,
} from "../storage/index.ts";
import {
  type BackupManifest,
  differences,
  digestOf,
  readManifest,
  SECRET_FILE,
  secretMark,
  sync,
} from "./describe-backup.ts";

/** What `verify` found; `problems` are sentences, none for a good backup. */
export interface BackupVerified {
  readonly manifest: BackupManifest | null;
  readonly problems: readonly string[];
}

/** Reads the whole backup: checksum, integrity, rows of every table. Changes nothing in it. */
export async function verifyBackup(folder: string): Promise<BackupVerified> {
  const manifest = readManifest(folder);
  if (manifest === null)
    return { manifest, problems: [`${folder} is not a backup: it has no readable manifest`] };
  const path = join(folder, manifest.file);
  if (!existsSync(path)) return { manifest, problems: [`${manifest.file} is missing`] };
  if ((await digestOf(path)) !== manifest.sha256)
    return { manifest, problems: [`${manifest.file} was changed or damaged after the backup was made`] };
  try {
    return { manifest, problems: await contentProblems(manifest, path) };
  } catch (error) {
    if (error instanceof CopyUnusable) return { manifest, problems: [error.message] };
    throw error;
  }
}

async function contentProblems(manifest: BackupManifest, path: string): Promise<string[]> {
  switch (manifest.engine) {
    case "postgres":
      return differences(manifest.counts, await countDump(path));
    case "sqlite":
      return inScratch(async (scratch) => {
        const plain = join(scratch, "prilavok.db");
        await unpack(path, plain);
        return copyProblems(manifest, plain);
      });
    default:
      return unreachable(manifest.engine);
  }
}

async function copyProblems(manifest: BackupManifest, plain: string): Promise<string[]> {
  const contents = await inspectCopy(plain);
  if (contents.integrity !== "ok") return [`the data is damaged: ${contents.integrity}`];
  const schema =
    contents.schema === manifest.schema
      ? []
      : [`schema ${manifest.schema} expected, ${contents.schema} found`];
  return [...schema, ...differences(manifest.counts, contents.counts)];
}

/** Where a backup is put back. */
export interface RestoreTarget {
  readonly url: string;
  /** Where the installation keeps its secret key; null when the key is a setting. */
  readonly secretPath: string | null;
  /** The secret in use; null when there is none yet. */
  readonly secret: string | null;
  /** Moves what is in the way aside instead of refusing. */
  readonly force: boolean;
}

/** What became of a restore. */
export type BackupRestored =
  | {
      readonly kind: "restored";
      readonly manifest: BackupManifest;
      readonly aside: string | null;
      readonly isSecretKnown: boolean;
    }
  | { readonly kind: "refused"; readonly problems: readonly string[] };

/** Verifies, then restores; refuses when the place is not empty, the engine is another, or a server is running. */
export async function restoreBackup(
  folder: string,
  target: RestoreTarget,
  now: number,
): Promise<BackupRestored> {
  const { manifest, problems } = await verifyBackup(folder);
  if (manifest === null || problems.length > 0) return { kind: "refused", problems };
  const engine = target.url.startsWith("sqlite:") ? "sqlite" : "postgres";
  if (manifest.engine !== engine)
    return {
      kind: "refused",
      problems: [`this is a backup of ${manifest.engine} and the database is ${engine}`],
    };
  const stamp = new Date(now).toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const put = engine === "sqlite" ? putSqlite : putPostgres;
  const result = await put(join(folder, manifest.file), manifest, target, stamp);
  if ("problems" in result) return { kind: "refused", problems: result.problems };
  const secret = restoreSecret(folder, manifest, target);
  const isSecretKnown = secret !== null && secretMark(secret) === manifest.secretMark;
  return { kind: "restored", manifest, aside: result.aside, isSecretKnown };
}

type Put = { readonly aside: string | null } | { readonly problems: readonly string[] };

async function putSqlite(
  file: string,
  manifest: BackupManifest,
  target: RestoreTarget,
  stamp: string,
): Promise<Put> {
  const path = target.url.slice("sqlite:".length);
  if (isHeld(`${path}.lock`))
    return { problems: ["the database is open in a running server: stop it first"] };
  if (existsSync(path) && !target.force)
    return { problems: [`${path} exists already: move it away, or use --force to have it moved aside`] };
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.restoring`;
  await unpack(file, partial);
  const problems = await copyProblems(manifest, partial);
  if (problems.length > 0) {
    rmSync(partial, { force: true });
    return { problems };
  }
  sync(partial);
  const aside = existsSync(path) ? `${path}.before-restore-${stamp}` : null;
  if (aside !== null) {
    // The log belongs to its file: apart from it, neither is whole.
    for (const side of ["", "-wal", "-shm"])
      if (existsSync(path + side)) renameSync(path + side, aside + side);
  }
  renameSync(partial, path);
  sync(dirname(path));
  return { aside };
}

async function putPostgres(
  file: string,
  manifest: BackupManifest,
  target: RestoreTarget,
  stamp: string,
): Promise<Put> {
  const database = await openDatabase({ url: target.url });
  try {
    const isEmpty = (await database.read(tableNames)).length === 0;
    if (!isEmpty && !target.force)
      return {
        problems: ["the database has tables already: use an empty one, or --force to have them moved aside"],
      };
    const aside = isEmpty ? null : `before_restore_${stamp}`;
    if (aside !== null) await database.transaction((tx) => moveTablesAside(tx, aside));
    await restorePostgres(target.url, file);
    const problems = differences(manifest.counts, await database.read(countRows));
    return problems.length > 0 ? { problems } : { aside };
  } finally {
    await database.close();
  }
}

/** Puts the key of the backup where none is; gives the one in force afterwards. */
function restoreSecret(folder: string, manifest: BackupManifest, target: RestoreTarget): string | null {
  if (target.secret !== null || !manifest.hasSecret || target.secretPath === null) return target.secret;
  const secret = readFileSync(join(folder, SECRET_FILE), "utf8").trim();
  mkdirSync(dirname(target.secretPath), { recursive: true });
  writeFileSync(target.secretPath, `${secret}\n`, { mode: 0o600, flag: "wx" });
  return secret;
}

async function unpack(from: string, to: string): Promise<void> {
  try {
    await pipeline(createReadStream(from), createGunzip(), createWriteStream(to, { mode: 0o600 }));
  } catch (error) {
    rmSync(to, { force: true });
    throw new CopyUnusable(`${from} cannot be unpacked: ${(error as Error).message}`);
  }
}

async function inScratch<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const scratch = mkdtempSync(join(tmpdir(), "prilavok-verify-"));
  try {
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
