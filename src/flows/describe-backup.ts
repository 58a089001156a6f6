// What a backup is: a folder with the data, a manifest that says what must be in it, and perhaps the secret key.
import { createHash, createHmac } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineName } from "../storage/index.ts";

/** Beside the data in a backup's folder. */
export const MANIFEST_FILE = "manifest.json";

/** The installation's secret, where the operator asked for it to be in the backup. */
export const SECRET_FILE = "secret.key";

/** What a backup says of itself; checked against the data by `verify`. */
export interface BackupManifest {
  readonly format: 1;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly engine: EngineName;
  readonly schema: number;
  /** Rows by table. */
  readonly counts: Readonly<Record<string, number>>;
  /** The data's file in the same folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly hasSecret: boolean;
  /** Tells whether a secret key is the one that this data was written under, without telling the key. */
  readonly secretMark: string;
}

/** See BackupManifest.secretMark. */
export function secretMark(secret: string): string {
  return createHmac("sha256", secret).update("prilavok backup").digest("hex").slice(0, 16);
}

/** Reads a manifest; null when there is none or it is not one. */
export function readManifest(folder: string): BackupManifest | null {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, MANIFEST_FILE), "utf8")) as BackupManifest;
    const isOurs =
      manifest.format === 1 && /^[\w.-]+$/.test(manifest.file) && typeof manifest.counts === "object";
    return isOurs ? manifest : null;
  } catch {
    return null;
  }
}

/** SHA-256 of a file, in hexadecimal. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Forces a file or a folder's list of names to the disk. */
export function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Tables whose numbers differ, as sentences. */
export function differences(
  expected: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  return names
    .filter((name) => expected[name] !== found[name])
    .map((name) => `${name}: ${expected[name] ?? "no table"} expected, ${found[name] ?? "no table"} found`);
}
