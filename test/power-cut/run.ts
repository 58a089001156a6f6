// Cuts the power of a real server's disk in the middle of a load, by command: `npm run power-cut -- --rounds 10`.
// Needs root, xfsprogs and loop devices. The disk is a file mounted as XFS or ext4 and shut down without a flush of its log.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Sqlite from "better-sqlite3";
import { CREDENTIALS, ROOT, type ServerPlace, type ServerProcess, startServer } from "../support/server.ts";

/** Callers at once; each waits for its answer before it sends the next. */
const WRITERS = 64;

/** The disk's size; XFS wants 300 MB at least. */
const DISK = "512M";

/** The power is cut after so many answers, at least and at most; or after LONGEST_MS. */
const ANSWERS = [50, 600] as const;
const LONGEST_MS = 20_000;

interface Round {
  /** Calls that were answered before the power was cut. */
  readonly acknowledged: number;
  /** Those that were answered in the moment of the cut, and how many of them are gone: see `round`. */
  readonly late: number;
  readonly lateLost: number;
  readonly stored: number;
  readonly lost: number;
  readonly integrity: string;
  readonly readyMs: number;
}

function must(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim();
  throw new Error(`${program} ${args.join(" ")} failed: ${reason}`);
}

/** A file system in a file, mounted at `mount`. */
class Disk {
  readonly mount: string;
  readonly #image: string;

  constructor(folder: string, kind: string) {
    this.mount = join(folder, "mount");
    this.#image = join(folder, "disk.img");
    mkdirSync(this.mount);
    must("truncate", ["-s", DISK, this.#image]);
    must(`mkfs.${kind}`, ["-q", this.#image]);
    this.connect();
  }

  connect(): void {
    must("mount", ["-o", "loop", this.#image, this.mount]);
  }

  /** Nothing that is not on the disk yet will ever be. */
  cut(): void {
    must("xfs_io", ["-x", "-c", "shutdown", this.mount]);
  }

  disconnect(): void {
    must("umount", [this.mount]);
  }
}

/** Rates orders until `isOver`; notes those that were acknowledged. */
async function write(
  server: ServerProcess,
  writer: string,
  acknowledged: Set<string>,
  isOver: () => boolean,
): Promise<void> {
  for (let count = 0; !isOver() && count < 100_000; count += 1) {
    const id = `${writer}n${count}`;
    try {
      const answer = await fetch(`${server.url}/irp/rating`, {
        method: "POST",
        headers: { key: CREDENTIALS.irpKey, "content-type": "application/json" },
        body: JSON.stringify({ id, rating: 4, comment: `оценка ${id}` }),
      });
      await answer.arrayBuffer();
      if (answer.status === 200) acknowledged.add(id);
    } catch {
      return;
    }
  }
}

async function round(kind: string, entry: string): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-power-"));
  const disk = new Disk(folder, kind);
  const path = join(disk.mount, "prilavok.db");
  const place: ServerPlace = {
    databaseUrl: `sqlite:${path}`,
    environment: {
      PRILAVOK_PORT: "0",
      PRILAVOK_DATA_DIR: disk.mount,
      PRILAVOK_IRP_KEYS: CREDENTIALS.irpKey,
      PRILAVOK_SECRET_KEY: "test-pepper",
      PRILAVOK_LIMITS_BASKET_RATE: "100000",
      PRILAVOK_LOG_LEVEL: "silent",
    },
    remove: async () => undefined,
  };
  const server = await startServer(place, entry);
  const acknowledged = new Set<string>();
  let isOver = false;
  const load = Array.from({ length: WRITERS }, (_, number) =>
    write(server, `w${number}`, acknowledged, () => isOver),
  );
  const enough = ANSWERS[0] + Math.random() * (ANSWERS[1] - ANSWERS[0]);
  const began = performance.now();
  while (acknowledged.size < enough && performance.now() - began < LONGEST_MS)
    await new Promise((next) => setTimeout(next, 1));
  // A real cut stops the server's processor too. Here it runs on for a moment, and XFS, while it shuts down, may call
  // an fsync done that was under way: an answer from that moment proves nothing, and is counted apart.
  const before = new Set(acknowledged);
  disk.cut();
  isOver = true;
  await server.kill();
  await Promise.all(load);
  disk.disconnect();
  disk.connect();
  const started = performance.now();
  const again = await startServer(place);
  const isReady = (await fetch(`${again.url}/health/ready`)).status === 200;
  const readyMs = isReady ? Math.round(performance.now() - started) : Number.POSITIVE_INFINITY;
  await again.stop();
  const raw = new Sqlite(path, { readonly: true });
  const stored = new Set(raw.prepare("select order_id from rating").pluck().all() as string[]);
  const integrity = raw.pragma("integrity_check", { simple: true }) as string;
  raw.close();
  disk.disconnect();
  rmSync(folder, { recursive: true });
  const gone = [...acknowledged].filter((id) => !stored.has(id));
  const lost = gone.filter((id) => before.has(id)).length;
  return {
    acknowledged: before.size,
    late: acknowledged.size - before.size,
    lateLost: gone.length - lost,
    stored: stored.size,
    lost,
    integrity,
    readyMs,
  };
}

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "10" },
    disks: { type: "string", default: "xfs,ext4" },
  },
});
const print = (text: string): void => void process.stdout.write(`${text}\n`);
let isGood = true;
for (const kind of values.disks.split(",")) {
  let mutantLost = 0;
  for (let number = 1; number <= Number(values.rounds); number += 1) {
    const own = await round(kind, join(ROOT, "bin", "prilavok.js"));
    print(`${kind} round ${number}: ${JSON.stringify(own)}`);
    if (own.lost > 0 || own.integrity !== "ok") isGood = false;
    const lazy = await round(kind, join(ROOT, "test", "power-cut", "lazy-sync.ts"));
    print(`${kind} round ${number}, mutant synchronous=NORMAL: ${JSON.stringify(lazy)}`);
    mutantLost += lazy.lost;
  }
  if (mutantLost === 0) isGood = false;
  print(`${kind}: the mutant lost ${mutantLost}`);
}
print(isGood ? "held: nothing acknowledged was lost, and the mutant was caught" : "NOT HELD");
process.exitCode = isGood ? 0 : 1;
