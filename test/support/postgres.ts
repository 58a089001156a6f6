// Finds or starts the PostgreSQL that the tests run on, once for a whole run, and says so in one line when there is none.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Name of the variable that hands the server's URL to the tests; set it to use a server of your own. */
export const URL_VARIABLE = "PRILAVOK_TEST_POSTGRES_URL";

/** Where Debian keeps the server's programs, newest version first; undefined when not installed. */
export function serverPrograms(): string | undefined {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root)
    .filter((version) => existsSync(join(root, version, "bin", "initdb")))
    .sort((left, right) => Number(right) - Number(left));
  return versions[0] === undefined ? undefined : join(root, versions[0], "bin");
}

/** A port of 127.0.0.1 that nobody uses just now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** The server refuses to run as root, so root runs it as the package's own user. */
function asOwner(program: string, args: string[]): void {
  const isRoot = process.getuid?.() === 0;
  const [command, all] = isRoot
    ? ["setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, ...args]]
    : [program, args];
  const result = spawnSync(command as string, all as string[], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`${program} failed: ${result.stderr}`);
}

/** A server of the tests' own. */
export interface Cluster {
  readonly url: string;
  /** Ends it at once, without a word to its clients; `up` starts it again with what was committed. */
  down(): void;
  up(): void;
  /** Ends it for good and removes its data. */
  stop(): void;
}

/** Starts a throw-away cluster on a free port of 127.0.0.1; gives its URL and the function that removes it. */
export async function startPostgres(): Promise<Cluster | undefined> {
  const programs = serverPrograms();
  if (programs === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "prilavok-postgres-"));
  if (process.getuid?.() === 0) {
    const [user, group] = ["-u", "-g"].map((flag) =>
      Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" })),
    );
    chownSync(folder, user as number, group as number);
    chmodSync(folder, 0o700);
  }
  const data = join(folder, "data");
  const port = await freePort();
  asOwner(join(programs, "initdb"), [
    "-D",
    data,
    "-U",
    "prilavok",
    "--auth=trust",
    "-E",
    "UTF8",
    "--no-locale",
  ]);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c max_connections=200`;
  let isUp = false;
  const up = (): void => {
    asOwner(join(programs, "pg_ctl"), ["-D", data, "-w", "-o", options, "-l", join(folder, "log"), "start"]);
    isUp = true;
  };
  const down = (): void => {
    if (isUp) asOwner(join(programs, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"]);
    isUp = false;
  };
  up();
  return {
    up,
    down,
    url: `postgres://prilavok@127.0.0.1:${port}/postgres`,
    stop: () => {
      down();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Vitest's global set-up: one server for the run, unless the environment names one. */
export default async function setup(): Promise<(() => void) | undefined> {
  if (process.env[URL_VARIABLE]) return undefined;
  const server = await startPostgres();
  if (server === undefined) {
    process.stdout.write(
      "PostgreSQL is not installed here: tests that need it are skipped (apt-get install postgresql).\n",
    );
    return undefined;
  }
  process.env[URL_VARIABLE] = server.url;
  return server.stop;
}
