// Runs the jobs of this process at their intervals: never one beside itself, never on two instances at once.
import type { House } from "../flows/index.ts";
import { claimJob, finishJob, isJobDue, leaseTime, renewJob, type Tx } from "../storage/index.ts";

/** What a job tells of its run: short names, numbers, ids; nothing personal. */
export type JobReport = Readonly<Record<string, string | number>>;

/** A duty that comes again. */
export interface Job {
  readonly name: string;
  /** Least time between the beginnings of two runs, ms. */
  readonly everyMs: number;
  /** Does it; a long one looks at `signal` and ends early when the server stops. Failing is throwing. */
  run(signal: AbortSignal): Promise<JobReport>;
}

/** Where runs are told: the log and the metrics. */
export interface JobBell {
  done(job: string, ms: number, report: JobReport): void;
  failed(job: string, error: unknown): void;
}

/** Longest that a job of a process that died keeps the others waiting, ms. */
export const LEASE_MS = 120_000;

/** How often a job is looked at, ms, when its own interval is longer: another instance may have died on it. */
const LOOK_MS = 30_000;

/** The start of a server is left alone by its jobs for this long, ms. */
const FIRST_LOOK_MS = 5_000;

/** The jobs of one process. */
export class Scheduler {
  readonly #house: House;
  readonly #bell: JobBell;
  readonly #owner: string;
  readonly #time: (tx: Tx) => Promise<number>;
  readonly #running = new Map<string, Promise<void>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #stopping = new AbortController();

  /** `time` is what leases are told by, for tests; of the database or, on SQLite, of the house when absent. */
  constructor(house: House, bell: JobBell, time?: (tx: Tx) => Promise<number>) {
    this.#house = house;
    this.#bell = bell;
    this.#time = time ?? ((tx) => leaseTime(tx, house.now()));
    this.#owner = house.newId();
  }

  /** Begins to look after `jobs`; does not keep the process alive. */
  start(jobs: readonly Job[]): void {
    for (const job of jobs) this.#later(job, FIRST_LOOK_MS);
  }

  /** Runs the job if it is due and nobody else runs it; resolves after the run, true when there was one. Never rejects. */
  async look(job: Job): Promise<boolean> {
    if (this.#stopping.signal.aborted || this.#running.has(job.name)) return false;
    let hasRun = false;
    const run = this.#runIfDue(job)
      .then((ran) => {
        hasRun = ran;
      })
      .catch((error: unknown) => this.#fail(job, error));
    this.#running.set(job.name, run);
    await run;
    this.#running.delete(job.name);
    return hasRun;
  }

  /** Begins no more runs, tells the running ones, and waits for them. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#running.values());
  }

  #later(job: Job, ms: number): void {
    const timer = setTimeout(() => {
      void this.look(job).then(() => {
        if (!this.#stopping.signal.aborted) this.#later(job, Math.min(job.everyMs, LOOK_MS));
      });
    }, ms);
    timer.unref();
    this.#timers.set(job.name, timer);
  }

  async #runIfDue(job: Job): Promise<boolean> {
    const { database } = this.#house;
    const isDue = await database.read(async (tx) =>
      isJobDue(tx, job.name, await this.#time(tx), job.everyMs),
    );
    if (!isDue) return false;
    const isOurs = await database.transaction(async (tx) => {
      const now = await this.#time(tx);
      const claim = { name: job.name, owner: this.#owner, until: now + LEASE_MS };
      return claimJob(tx, claim, now, job.everyMs);
    });
    if (!isOurs) return false;
    const lost = new AbortController();
    const renewal = setInterval(() => void this.#renew(job, lost), LEASE_MS / 3);
    renewal.unref();
    const started = performance.now();
    try {
      const report = await job.run(AbortSignal.any([this.#stopping.signal, lost.signal]));
      this.#bell.done(job.name, performance.now() - started, report);
      await database.transaction((tx) => finishJob(tx, job.name, this.#owner, "ok"));
    } catch (error) {
      this.#fail(job, error);
      await database.transaction((tx) => finishJob(tx, job.name, this.#owner, "failed"));
    } finally {
      clearInterval(renewal);
    }
    return true;
  }

  async #renew(job: Job, lost: AbortController): Promise<void> {
    try {
      const isOurs = await this.#house.database.transaction(async (tx) =>
        renewJob(tx, job.name, this.#owner, (await this.#time(tx)) + LEASE_MS),
      );
      if (!isOurs) lost.abort();
    } catch (error) {
      // The database is away: the run itself will find out, and the lease ends by itself.
      this.#bell.failed(job.name, error);
    }
  }

  #fail(job: Job, error: unknown): void {
    this.#bell.failed(job.name, error);
    this.#house.alarm("job_failed", { job: job.name });
  }
}
