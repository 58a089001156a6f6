// Publishes events soon after their commit: woken by whoever notes one, and looking by itself for those of other instances.
import { type House, publishEvents } from "../flows/index.ts";
import type { JobBell } from "./scheduler.ts";

/** Looks after a wake, ms: the note comes before the commit, and a commit takes as long as the disk does. */
const LOOKS_MS: readonly number[] = [2, 8, 30, 120, 500];

/** How often it looks when nobody wakes it, ms: another instance may have died between its commit and its look. */
const POLL_MS = 1000;

/** The publisher of one process. Several at once are right, too: the database lets one number at a time. */
export class EventPublisher {
  readonly #house: House;
  readonly #bell: Pick<JobBell, "failed">;
  readonly #onPublished: () => void;
  #timer: NodeJS.Timeout | undefined;
  #look = LOOKS_MS.length;
  #running: Promise<void> | null = null;
  #isOn = false;

  /** `onPublished` is told when something may be due at an endpoint. */
  constructor(house: House, bell: Pick<JobBell, "failed">, onPublished: () => void) {
    this.#house = house;
    this.#bell = bell;
    this.#onPublished = onPublished;
  }

  /** Begins to look; does not keep the process alive. */
  start(): void {
    this.#isOn = true;
    this.#arm(0);
  }

  /** Somebody has noted an event: looks within milliseconds. */
  wake(): void {
    if (!this.#isOn) return;
    const wasIdle = this.#look === LOOKS_MS.length;
    this.#look = 0;
    if (wasIdle && this.#running === null) this.#arm(LOOKS_MS[0] ?? 0);
  }

  /** Looks no more; waits for the look that runs. */
  async stop(): Promise<void> {
    this.#isOn = false;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #arm(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.#publish().finally(() => {
        this.#running = null;
        if (this.#isOn) this.#arm(LOOKS_MS[this.#look] ?? POLL_MS);
      });
    }, ms);
    this.#timer.unref();
  }

  async #publish(): Promise<void> {
    this.#look = Math.min(this.#look + 1, LOOKS_MS.length);
    try {
      let isAny = false;
      for (;;) {
        const started = performance.now();
        if (!this.#isOn || (await publishEvents(this.#house)) === null) break;
        isAny = true;
        // Many that wait, as after a stop, may take their time: calls get as much of it as the numbering.
        await new Promise((next) => setTimeout(next, performance.now() - started));
      }
      if (isAny) this.#onPublished();
    } catch (error) {
      // The database is away: the next look finds what waits.
      this.#look = LOOKS_MS.length;
      this.#bell.failed("publish-events", error);
    }
  }
}
