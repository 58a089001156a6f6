// Group commit: many waiting transactions share one fsync, and each is acknowledged only after the shared commit.
import { CommitUnknown, WriteQueueFull } from "../database.ts";

/** What the queue needs of an engine; every call runs at once on the writer's connection. */
export interface Writer {
  /** Begins a batch; of one that is losable the commit need not be durable at once. */
  begin(isLosable: boolean): void;
  savepoint(): void;
  releaseSavepoint(): void;
  /** False when the engine has dropped the whole transaction by itself (disk full, I/O error). */
  rollbackToSavepoint(): boolean;
  commit(): void;
  /** True when a commit that failed with `error` surely left nothing behind, and the next one may succeed. */
  rollBackRefused(error: unknown): boolean;
}

interface Job {
  readonly isLosable: boolean;
  run(): Promise<void>;
  resolve(): void;
  reject(reason: unknown): void;
}

/** Most transactions in one commit. 64 in flight: 24,800 events/s, 256: 27,000 (2 cores, November 2026). */
export const BATCH_LIMIT = 64;

/** Longest a batch is kept open for latecomers, ms. */
export const BATCH_MS = 5;

/** Most transactions that may wait; beyond it the caller is told to come back. */
export const QUEUE_LIMIT = 10_000;

/** The queue of writers of one SQLite file. */
export class GroupCommit {
  readonly #writer: Writer;
  readonly #onBroken: (error: unknown) => void;
  readonly #waiting: Job[] = [];
  #isRunning = false;
  #idle: Promise<void> = Promise.resolve();

  /** `onBroken` is told when a commit fails: the process must stop taking writes. */
  constructor(writer: Writer, onBroken: (error: unknown) => void) {
    this.#writer = writer;
    this.#onBroken = onBroken;
  }

  /** Transactions waiting for their turn. */
  get depth(): number {
    return this.#waiting.length;
  }

  /** Resolves when nothing runs or waits. */
  async drained(): Promise<void> {
    while (this.#isRunning || this.#waiting.length > 0) await this.#idle;
  }

  /**
   * Runs `work` in the next batch; resolves with its result once the batch is on disk. Losable work that comes alone is
   * committed without waiting for the disk, and rides along with what is not losable otherwise.
   */
  submit<Result>(isLosable: boolean, work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting.length >= QUEUE_LIMIT)
      return Promise.reject(new WriteQueueFull("too many writers wait"));
    return new Promise<Result>((resolve, reject) => {
      let result: Result;
      this.#waiting.push({
        isLosable,
        run: async () => {
          result = await work();
        },
        resolve: () => resolve(result),
        reject,
      });
      if (!this.#isRunning) {
        this.#isRunning = true;
        // The turn of the event loop that brought this writer may bring more: they ride along.
        this.#idle = new Promise((done) => setImmediate(() => this.#drain().finally(done)));
      }
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#batch();
      // Between batches the event loop must breathe, or answers to the last batch wait for the next.
      await new Promise((next) => setImmediate(next));
    }
    this.#isRunning = false;
  }

  async #batch(): Promise<void> {
    const done: Job[] = [];
    const started = performance.now();
    const isLosable = this.#waiting.every((job) => job.isLosable);
    try {
      this.#writer.begin(isLosable);
    } catch (error) {
      for (const job of this.#waiting.splice(0)) job.reject(error);
      return;
    }
    while (done.length < BATCH_LIMIT && performance.now() - started < BATCH_MS) {
      const next = this.#waiting[0];
      // What came meanwhile and must be durable has a batch of its own.
      if (next === undefined || (isLosable && !next.isLosable)) break;
      const job = this.#waiting.shift() as Job;
      this.#writer.savepoint();
      try {
        await job.run();
        this.#writer.releaseSavepoint();
        done.push(job);
      } catch (error) {
        job.reject(asCallerSees(error));
        if (!this.#writer.rollbackToSavepoint()) {
          // The engine gave up the whole batch: the others did not happen either, and may be repeated.
          for (const other of done) other.reject(asCallerSees(error));
          return;
        }
      }
    }
    this.#commit(done);
  }

  #commit(done: readonly Job[]): void {
    try {
      this.#writer.commit();
    } catch (error) {
      const unknown = new CommitUnknown("the commit failed: its outcome is unknown", { cause: error });
      for (const job of done) job.reject(unknown);
      if (!this.#writer.rollBackRefused(error)) this.#onBroken(error);
      return;
    }
    for (const job of done) job.resolve();
  }
}

/** Codes by which SQLite says that the disk refused. */
const DISK_FAULT = /^SQLITE_(FULL|IOERR|READONLY)/;

/** A disk that refuses is no fault of the call: its caller is told to repeat it, as after a commit that failed. */
function asCallerSees(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== "string" || !DISK_FAULT.test(code)) return error;
  return new CommitUnknown("the disk refused the write", { cause: error });
}
