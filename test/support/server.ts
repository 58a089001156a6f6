// Starts the real server as its operator does: a process of its own, a port of its own, keys from the environment.
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freshPlace } from "./engines.ts";

/** The checkout's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Credentials that every server under test knows. */
export const CREDENTIALS = {
  irpKey: "test-key-0001",
  clientId: "yandex-eats-demo",
  clientSecret: "s3cr3t-Demo-Value-0001",
  apiToken: "test-api-token-0001",
} as const;

/** A server process. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Its exit code, when it has ended by itself or otherwise. */
  readonly exited: Promise<number | null>;
  /** Everything it has printed so far. */
  printed(): string;
  /** Asks it to stop; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

/** A place for a server's data, kept over restarts. */
export interface ServerPlace {
  readonly environment: Record<string, string>;
  readonly databaseUrl: string;
  remove(): Promise<void>;
}

/** An empty data folder and an empty database of the engine. */
export async function serverPlace(
  engine: "sqlite" | "postgres",
  more: Record<string, string> = {},
): Promise<ServerPlace> {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-server-"));
  const place =
    engine === "postgres"
      ? await freshPlace("postgres")
      : { url: `sqlite:${join(folder, "prilavok.db")}`, remove: async () => undefined };
  return {
    databaseUrl: place.url,
    environment: {
      PRILAVOK_PORT: "0",
      PRILAVOK_DATA_DIR: folder,
      PRILAVOK_DATABASE_URL: place.url,
      PRILAVOK_IRP_KEYS: CREDENTIALS.irpKey,
      PRILAVOK_YANDEX_EATS_CLIENTS: `${CREDENTIALS.clientId}:${CREDENTIALS.clientSecret},yandex-eats-demo2:${encodeURIComponent("a+b&c=d%e/")}`,
      PRILAVOK_API_TOKEN: CREDENTIALS.apiToken,
      PRILAVOK_SECRET_KEY: "test-pepper",
      ...more,
    },
    remove: async () => {
      await place.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Environment of a child: the test's own settings must not leak into it. */
export function childEnvironment(more: Record<string, string>): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !name.startsWith("PRILAVOK_") && !name.startsWith("VITEST"),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...more };
}

/** Keeps what a process printed for the search for canaries at the end of the run. */
function keepPrinted(pid: number, text: string): void {
  const folder = process.env["PRILAVOK_TEST_CANARY_DIR"];
  if (folder) appendFileSync(join(folder, `process-${pid}.log`), text);
}

/** Starts `entry` (the product's own unless a mutant is named); resolves when it says where it listens. */
export async function startServer(
  place: ServerPlace,
  entry = join(ROOT, "bin", "prilavok.js"),
  argv: readonly string[] = ["start"],
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [entry, ...argv], {
    cwd: ROOT,
    // A busy test machine is no busy shop: who tests shedding says so in the environment of the place.
    env: childEnvironment({ PRILAVOK_LIMITS_EVENT_LOOP_DELAY: "60s", ...place.environment }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  return listening(child);
}

/** Most of what a server printed that is kept in memory, characters. */
const PRINTED_KEPT = 1_000_000;

/** Waits for the line that names the address. */
async function listening(child: ChildProcess): Promise<ServerProcess> {
  let text = "";
  let isListening = false;
  const exited = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      keepPrinted(child.pid as number, chunk.toString("utf8"));
      // A server under load prints a great deal: what is kept here stays small, and is searched only until it listens.
      if (text.length < PRINTED_KEPT) text += chunk.toString("utf8");
      if (isListening) return;
      const match = /listens on (https?:\/\/\S+)/.exec(text);
      if (match === null) return;
      isListening = true;
      resolve(match[1] as string);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${text}`)));
  });
  return {
    url,
    pid: child.pid as number,
    exited,
    printed: () => text,
    stop: async () => {
      child.kill("SIGTERM");
      return exited;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Runs one command of the product; gives what it printed and its exit code. */
export async function runCli(
  place: ServerPlace,
  argv: readonly string[],
  folder = ROOT,
): Promise<{ code: number; out: string; error: string }> {
  const child = spawn(process.execPath, [join(ROOT, "bin", "prilavok.js"), ...argv], {
    cwd: folder,
    env: childEnvironment(place.environment),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let error = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    error += chunk.toString("utf8");
  });
  const code = await new Promise<number>((resolve) => child.once("close", (value) => resolve(value ?? 1)));
  keepPrinted(child.pid as number, out + error);
  return { code, out, error };
}

/** A token of the first client. */
export async function eatsToken(url: string): Promise<string> {
  const answer = await fetch(`${url}/yandex-eats/security/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      client_id: CREDENTIALS.clientId,
      client_secret: CREDENTIALS.clientSecret,
      grant_type: "client_credentials",
      scope: "read write",
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
