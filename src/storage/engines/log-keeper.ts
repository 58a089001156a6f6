// Keeps the log of an SQLite file short without stopping the server: looks now and then, and has a thread do the copying.
import { statSync } from "node:fs";
import { Worker } from "node:worker_threads";

/** How often it looks, ms. */
const LOOK_MS = 250;

/** A log smaller than this never had a thousand pages: short commands need no thread. Bytes. */
const SMALL_BYTES = 4 * 1024 ** 2;

/** Looks after the log of one file until it is closed. */
export class LogKeeper {
  readonly #path: string;
  readonly #commits: () => number;
  readonly #timer: NodeJS.Timeout;
  #worker: Worker | null = null;
  #seen = 0;

  /** `commits` counts what this process has committed so far. */
  constructor(path: string, commits: () => number) {
    this.#path = path;
    this.#commits = commits;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  /** Ends the thread; resolves when its connection is closed. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    worker.ref();
    worker.postMessage("end");
    await ended;
  }

  #look(): void {
    const count = this.#commits();
    if (count === this.#seen) return;
    this.#seen = count;
    if (this.#worker === null && this.#isSmall()) return;
    this.#worker ??= this.#start();
    this.#worker.postMessage("look");
  }

  #isSmall(): boolean {
    return (statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0) < SMALL_BYTES;
  }

  #start(): Worker {
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const worker = new Worker(new URL(`./log-worker.${extension}`, import.meta.url), {
      workerData: { path: this.#path },
    });
    worker.unref();
    // Without the thread the writer copies by itself, later and more at once.
    worker.once("error", () => undefined);
    return worker;
  }
}
