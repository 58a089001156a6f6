// The same cut without the product: threads that append records to files and call fsync. What the file system loses of those that
// it called done is lost by the file system, and no program on it can do better.
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Cut, Disk } from "./disk.ts";
import { RECORD, recordOf, type WriterOrder } from "./plain-writer.ts";

const WRITERS = 16;
const MOST_RECORDS = 50_000;

/** The power is cut after so long, ms, at least and at most. */
const TIME = [60, 500] as const;

/** Of each moment: fsyncs that said "done", and how many of their records are gone. */
export interface PlainTally {
  /** Returned before the cut began. */
  before: number;
  beforeGone: number;
  /** Asked for before the cut was over, returned after it began. */
  during: number;
  duringGone: number;
  /** Asked for after the cut: there must be none. */
  after: number;
}

/** One cut under plain writers, added to `tally`. */
export async function plainRound(kind: string, tally: PlainTally): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-plain-"));
  const disk = new Disk(folder, kind);
  const orders = Array.from(
    { length: WRITERS },
    (_, number): WriterOrder => ({
      path: join(disk.mount, `file-${number}`),
      state: new Int32Array(new SharedArrayBuffer(12)),
      times: new BigInt64Array(new SharedArrayBuffer(16 * MOST_RECORDS)),
    }),
  );
  const ends = orders.map((order) => {
    const worker = new Worker(new URL("./plain-writer.ts", import.meta.url), { workerData: order });
    return new Promise<void>((resolve, reject) => worker.once("error", reject).once("exit", () => resolve()));
  });
  while (orders.some(({ state }) => Atomics.load(state, 2) === 0)) await pass(1);
  // The names of the files must be there afterwards.
  const names = openSync(disk.mount, "r");
  fsyncSync(names);
  closeSync(names);
  await disk.reach();
  for (const { state } of orders) turn(state, 1);
  await pass(TIME[0] + Math.random() * (TIME[1] - TIME[0]));
  const cut = await disk.cut();
  await pass(20);
  for (const { state } of orders) turn(state, 2);
  await Promise.all(ends);
  disk.disconnect();
  disk.connect();
  for (const order of orders) count(order, cut, tally);
  disk.disconnect();
  rmSync(folder, { recursive: true });
}

function turn(state: WriterOrder["state"], to: number): void {
  Atomics.store(state, 0, to);
  Atomics.notify(state, 0);
}

function pass(ms: number): Promise<void> {
  return new Promise((next) => setTimeout(next, ms));
}

function count({ path, state, times }: WriterOrder, cut: Cut, tally: PlainTally): void {
  const stored = readFileSync(path);
  const done = Atomics.load(state, 1);
  for (let number = 0; number < done; number += 1) {
    const [asked, returned] = [times[2 * number] ?? 0n, times[2 * number + 1] ?? 0n];
    const isGone = !stored.subarray(number * RECORD, (number + 1) * RECORD).equals(recordOf(number));
    const moment = returned < cut.began ? "before" : asked > cut.ended ? "after" : "during";
    tally[moment] += 1;
    if (isGone && moment === "before") tally.beforeGone += 1;
    if (isGone && moment === "during") tally.duringGone += 1;
  }
}
