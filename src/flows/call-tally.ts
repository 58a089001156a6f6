// Counts answered calls by hour: faces, times, faults. Kept in memory for seconds and then added to the database, so that the
// numbers survive a restart and add up over instances, and no call waits for them.
import { callBucket } from "../core/numbers/index.ts";
import { addHourCounts, forgetHourCounts, HOUR_MS, type HourCount } from "../storage/index.ts";
import type { House } from "./house.ts";

/** How often counts are written, ms: what a process that dies has counted since is lost. */
export const TALLY_EVERY_MS = 10_000;

/** Counts of hours are kept for so long, ms. */
export const TALLY_KEPT_MS = 400 * 86_400_000;

/** Collects counts and writes them. One per process. */
export class CallTally {
  readonly #house: House;
  #counts = new Map<string, HourCount>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(house: House) {
    this.#house = house;
  }

  /** Counts an answered call; never waits, never throws. */
  readonly note = (face: string, status: number, ms: number): void => {
    this.#add("calls", `${face} ${callBucket(ms)}`);
    if (status >= 500) this.#add("faults", face);
    else if (status >= 400) this.#add("refusals", face);
    this.#timer ??= setTimeout(() => void this.flush(), TALLY_EVERY_MS).unref();
  };

  /** Resolves when what was counted so far is written. What a write could not add waits for the next one. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  #add(kind: string, part: string): void {
    const hour = Math.floor(this.#house.now() / HOUR_MS);
    const key = `${kind} ${hour} ${part}`;
    this.#counts.set(key, { kind, hour, part, amount: (this.#counts.get(key)?.amount ?? 0) + 1 });
  }

  async #write(): Promise<void> {
    const counts = this.#counts;
    if (counts.size === 0) return;
    this.#counts = new Map();
    const oldest = Math.floor((this.#house.now() - TALLY_KEPT_MS) / HOUR_MS);
    try {
      await this.#house.database.transaction(async (tx) => {
        await addHourCounts(tx, [...counts.values()]);
        for (const kind of ["calls", "faults", "refusals"]) await forgetHourCounts(tx, kind, oldest);
      });
    } catch {
      // The database is away: the counts come with the next write.
      for (const [key, tally] of counts) {
        const amount = tally.amount + (this.#counts.get(key)?.amount ?? 0);
        this.#counts.set(key, { ...tally, amount });
      }
    }
  }
}
