// Cuts the power of a real server's disk in the middle of a load, by command: `npm run power-cut -- --rounds 10`.
// Needs root, xfsprogs and loop devices. The disk is a file mounted as XFS or ext4 and shut down without a flush of its log.
//
// An answer that was heard before the cut began must stand; none may come to a call that was sent after it. What was answered
// in between is counted apart, for a real cut stops the processor too, while here fsyncs that are under way come back: XFS says
// of some that they are done though their record is not on the disk. `--plain` shows it without a product, by files and fsync.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Sqlite from "better-sqlite3";
import { CREDENTIALS, ROOT, type ServerPlace, type ServerProcess, startServer } from "../support/server.ts";
import { Disk } from "./disk.ts";
import { type PlainTally, plainRound } from "./plain-file.ts";

/** Callers at once; each waits for its answer before it sends the next. */
const WRITERS = 64;

/** The power is cut after so many answers, at least and at most; or after LONGEST_MS. */
const ANSWERS = [50, 600] as const;
const LONGEST_MS = 20_000;

/** When a call was sent and when its good answer was heard, by `process.hrtime`. */
interface Acknowledged {
  readonly sent: bigint;
  readonly heard: bigint;
}

interface Round {
  /** Calls whose answers were heard before the power was cut. */
  readonly acknowledged: number;
  /** Those of them that are gone: must be 0. */
  readonly lost: number;
  /** Answers heard later to calls that were sent before the cut was over, and how many of them are gone: proves nothing. */
  readonly late: number;
  readonly lateLost: number;
  /** Good answers to calls that were sent when the disk was gone: must be 0. */
  readonly lies: number;
  readonly stored: number;
  readonly integrity: string;
  readonly readyMs: number;
}

/** A cart: its explanation is written without waiting for the disk, between commits that wait. */
async function basket(server: ServerProcess): Promise<void> {
  const answer = await fetch(`${server.url}/irp/basket`, {
    method: "POST",
    headers: { key: CREDENTIALS.irpKey, "content-type": "application/json" },
    body: JSON.stringify({ items: [{ configurationId: "880101", quantity: 1 }] }),
  });
  await answer.arrayBuffer();
}

/** Rates orders until `isOver`, with carts between them; notes ratings that were acknowledged. */
async function write(
  server: ServerProcess,
  writer: string,
  acknowledged: Map<string, Acknowledged>,
  isOver: () => boolean,
): Promise<void> {
  for (let count = 0; !isOver() && count < 100_000; count += 1) {
    const id = `${writer}n${count}`;
    const sent = process.hrtime.bigint();
    try {
      if (count % 8 === 7) await basket(server);
      const answer = await fetch(`${server.url}/irp/rating`, {
        method: "POST",
        headers: { key: CREDENTIALS.irpKey, "content-type": "application/json" },
        body: JSON.stringify({ id, rating: 4, comment: `оценка ${id}` }),
      });
      await answer.arrayBuffer();
      if (answer.status === 200) acknowledged.set(id, { sent, heard: process.hrtime.bigint() });
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
  const acknowledged = new Map<string, Acknowledged>();
  let isOver = false;
  const load = Array.from({ length: WRITERS }, (_, number) =>
    write(server, `w${number}`, acknowledged, () => isOver),
  );
  await disk.reach();
  const enough = ANSWERS[0] + Math.random() * (ANSWERS[1] - ANSWERS[0]);
  const began = performance.now();
  while (acknowledged.size < enough && performance.now() - began < LONGEST_MS)
    await new Promise((next) => setTimeout(next, 1));
  const cut = await disk.cut();
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
  const all = [...acknowledged].map(([id, times]) => ({ ...times, isGone: !stored.has(id) }));
  const early = all.filter(({ heard }) => heard < cut.began);
  const lies = all.filter(({ sent }) => sent > cut.ended);
  const late = all.length - early.length - lies.length;
  const gone = all.filter(({ sent, isGone }) => isGone && sent <= cut.ended).length;
  const lost = early.filter(({ isGone }) => isGone).length;
  return {
    acknowledged: early.length,
    lost,
    late,
    lateLost: gone - lost,
    lies: lies.length,
    stored: stored.size,
    integrity,
    readyMs,
  };
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** The product and its mutant, round by round; false where the product lost, or the mutant did not. */
async function cutServers(kind: string, rounds: number): Promise<boolean> {
  let isGood = true;
  const sums = { acknowledged: 0, lost: 0, late: 0, lateLost: 0, mutantLost: 0 };
  for (let number = 1; number <= rounds; number += 1) {
    const own = await round(kind, join(ROOT, "bin", "prilavok.js"));
    print(`${kind} round ${number}: ${JSON.stringify(own)}`);
    if (own.lost > 0 || own.lies > 0 || own.integrity !== "ok") isGood = false;
    sums.acknowledged += own.acknowledged;
    sums.lost += own.lost;
    sums.late += own.late;
    sums.lateLost += own.lateLost;
    const lazy = await round(kind, join(ROOT, "test", "power-cut", "lazy-sync.ts"));
    print(`${kind} round ${number}, mutant synchronous=NORMAL: ${JSON.stringify(lazy)}`);
    sums.mutantLost += lazy.lost;
  }
  print(`${kind}: ${JSON.stringify(sums)}`);
  return isGood && sums.mutantLost > 0;
}

/** Plain files; false where the file system lost what it had called done before the cut began. */
async function cutFiles(kind: string, rounds: number): Promise<boolean> {
  const tally: PlainTally = { before: 0, beforeGone: 0, during: 0, duringGone: 0, after: 0 };
  for (let number = 1; number <= rounds; number += 1) await plainRound(kind, tally);
  print(`${kind}, plain files: ${JSON.stringify(tally)}`);
  return tally.beforeGone === 0 && tally.after === 0;
}

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "10" },
    disks: { type: "string", default: "xfs,ext4" },
    plain: { type: "boolean", default: false },
  },
});
let isGood = true;
for (const kind of values.disks.split(",")) {
  const isHeld = await (values.plain ? cutFiles : cutServers)(kind, Number(values.rounds));
  isGood &&= isHeld;
}
print(isGood ? "held: nothing acknowledged before a cut was lost" : "NOT HELD");
process.exitCode = isGood ? 0 : 1;
