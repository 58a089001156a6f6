// One writer of the plain experiment, in a thread of its own: appends a record, forces it to the disk, notes when that returned.
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { workerData } from "node:worker_threads";

/** Bytes of a record. */
export const RECORD = 512;

/** What a writer is given. */
export interface WriterOrder {
  readonly path: string;
  /** First number: 0 wait, 1 write, 2 stop; second: how many records were forced to the disk, so said the system; third: 1 once it waits. */
  readonly state: Int32Array<SharedArrayBuffer>;
  /** When each fsync was asked for and when it returned, by turns. */
  readonly times: BigInt64Array<SharedArrayBuffer>;
}

/** XFS and ext4 say EIO once they are shut down; ext4 may have become read-only by then. */
export function isDiskGone(error: unknown): boolean {
  return ["EIO", "EROFS"].includes((error as { code?: string }).code ?? "");
}

/** What stands in a record. */
export function recordOf(number: number): Buffer {
  return Buffer.alloc(RECORD, 1 + (number % 250));
}

function write({ path, state, times }: WriterOrder): void {
  const file = openSync(path, "w");
  try {
    fsyncSync(file);
    Atomics.store(state, 2, 1);
    Atomics.wait(state, 0, 0);
    for (let number = 0; 2 * number < times.length && Atomics.load(state, 0) === 1; number += 1) {
      writeSync(file, recordOf(number), 0, RECORD, number * RECORD);
      times[2 * number] = process.hrtime.bigint();
      fsyncSync(file);
      times[2 * number + 1] = process.hrtime.bigint();
      Atomics.store(state, 1, number + 1);
    }
  } catch (error) {
    if (!isDiskGone(error)) throw error;
  } finally {
    closeSync(file);
  }
}

if (workerData !== null) write(workerData as WriterOrder);
