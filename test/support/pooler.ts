// PgBouncer in transaction mode before a PostgreSQL server: what many hosts put between a program and its database.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./postgres.ts";

const PROGRAM = "/usr/sbin/pgbouncer";

/** A running pooler. */
export interface Pooler {
  /** The URL of the same database through the pooler. */
  readonly url: string;
  stop(): Promise<void>;
}

/** True where the pooler is installed (Debian: pgbouncer). */
export function hasPooler(): boolean {
  return existsSync(PROGRAM);
}

/** Starts one before the server of `url`, with `more` lines of its configuration. */
export async function startPooler(url: string, more: readonly string[] = []): Promise<Pooler> {
  const server = new URL(url);
  const folder = mkdtempSync(join(tmpdir(), "prilavok-pooler-"));
  const port = await freePort();
  const users = join(folder, "users.txt");
  writeFileSync(users, `"${server.username}" "${server.password}"\n`);
  const settings = join(folder, "pgbouncer.ini");
  writeFileSync(
    settings,
    [
      "[databases]",
      `* = host=${server.hostname} port=${server.port || 5432}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      "auth_type = trust",
      `auth_file = ${users}`,
      "pool_mode = transaction",
      "max_client_conn = 500",
      "default_pool_size = 20",
      ...more,
      "",
    ].join("\n"),
  );
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const [user, group] = ["-u", "-g"].map((flag) =>
      Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" })),
    );
    for (const path of [folder, users, settings]) chownSync(path, user as number, group as number);
    chmodSync(folder, 0o700);
  }
  const child = isRoot
    ? spawn("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", PROGRAM, "-q", settings])
    : spawn(PROGRAM, ["-q", settings]);
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  await reachable(port);
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String(port);
  return {
    url: through.href,
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when something listens on `port`; rejects after ten seconds. */
async function reachable(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isThere) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error("the pooler does not listen");
}
