// Copies of databases as files: what is in one, and PostgreSQL's own dump and restore programs.
import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import type { CopyContents } from "./copy-worker.ts";

/** Reads a whole SQLite copy on another thread and leaves it as one file; rejects when it is no database at all. */
export function inspectCopy(path: string): Promise<CopyContents> {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./copy-worker.${extension}`, import.meta.url), {
    workerData: { path },
  });
  return new Promise((resolve, reject) => {
    worker.once("message", (message: { contents?: CopyContents; problem?: string }) => {
      if (message.contents === undefined) reject(new CopyUnusable(message.problem ?? "it cannot be read"));
      else resolve(message.contents);
    });
    worker.once("error", reject);
  });
}

/** A copy that cannot be read or made, with a sentence for the operator. */
export class CopyUnusable extends Error {
  override readonly name = "CopyUnusable";
}

/** Dumps a PostgreSQL database into `file` with the server's own program. */
export async function dumpPostgres(url: string, file: string): Promise<void> {
  await withoutPassword(url, file, (address) =>
    run("pg_dump", [
      "--format=custom",
      "--no-owner",
      "--exclude-schema=before_restore_*",
      "--file",
      file,
      address,
    ]),
  );
}

/** Restores a dump into the empty database of `url`, all or nothing. */
export async function restorePostgres(url: string, file: string): Promise<void> {
  await withoutPassword(url, file, (address) =>
    run("pg_restore", [
      "--no-owner",
      "--no-privileges",
      "--exit-on-error",
      "--single-transaction",
      "--dbname",
      address,
      file,
    ]),
  );
}

/** Rows of every table in a dump, counted in the dump itself. */
export async function countDump(file: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let table: string | null = null;
  await run("pg_restore", ["--file", "-", file], (line) => {
    if (table !== null) {
      if (line === "\\.") table = null;
      else counts[table] = (counts[table] ?? 0) + 1;
      return;
    }
    const start = /^COPY (?:"?\w+"?\.)?"?(\w+)"? \(.*\) FROM stdin;$/.exec(line)?.[1];
    if (start === undefined) return;
    table = start;
    counts[start] = 0;
  });
  return Object.fromEntries(Object.entries(counts).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Every process of a machine can read another's arguments: the password goes through a file that only we can read. */
async function withoutPassword(
  url: string,
  besides: string,
  work: (address: string) => Promise<void>,
): Promise<void> {
  const address = new URL(url);
  if (address.password === "") return work(url);
  const passwords = `${besides}.pass`;
  const escaped = decodeURIComponent(address.password).replaceAll(/[\\:]/g, "\\$&");
  writeFileSync(passwords, `*:*:*:*:${escaped}\n`, { mode: 0o600 });
  address.password = "";
  address.searchParams.set("passfile", passwords);
  try {
    await work(address.href);
  } finally {
    rmSync(passwords, { force: true });
  }
}

/** Longest complaint of a program that is repeated. */
const COMPLAINT = 500;

async function run(program: string, args: string[], onLine?: (line: string) => void): Promise<void> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString("utf8")}`.slice(0, COMPLAINT);
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "ENOENT"
          ? new CopyUnusable(
              `${program} is not installed here: install PostgreSQL's client programs (Debian: postgresql-client)`,
            )
          : error,
      ),
    );
    child.once("close", (code) => resolve(code ?? 1));
  });
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => onLine?.(line));
  const code = await ended;
  if (code !== 0) throw new CopyUnusable(`${program} failed: ${complaint.trim()}`);
}
