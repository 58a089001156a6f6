// A line before something that only so many may use at once: first come, first served, and nobody stands in it for ever.
import { DatabaseUnavailable } from "../database.ts";

/** A line of callers. */
export class WaitingLine {
  readonly #places: number;
  readonly #mostMs: number;
  readonly #waiting = new Set<() => void>();
  #inside = 0;

  /** `places` may be inside at once; whoever waits longer than `mostMs` is sent away. */
  constructor(places: number, mostMs: number) {
    this.#places = places;
    this.#mostMs = mostMs;
  }

  /** How many wait. */
  get length(): number {
    return this.#waiting.size;
  }

  /** Runs `work` in its turn; throws DatabaseUnavailable, without having run it, when the turn does not come in time. */
  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#inside < this.#places) this.#inside += 1;
    else await this.#turn();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        clearTimeout(patience);
        resolve();
      };
      const patience = setTimeout(() => {
        this.#waiting.delete(enter);
        reject(
          new DatabaseUnavailable(`the database is too busy: no connection was free for ${this.#mostMs} ms`),
        );
      }, this.#mostMs);
      this.#waiting.add(enter);
    });
  }

  #leave(): void {
    const [next] = this.#waiting;
    // Whoever comes next takes the place over, so that nobody slips in between.
    if (next === undefined) this.#inside -= 1;
    else {
      this.#waiting.delete(next);
      next();
    }
  }
}
