// Turns at what many transactions of one process want at once: first come, first served, and few at a time.

/**
 * Most transactions of a process that may want one thing of the server at the same time. Two: while the answer to one is on
 * its way, the other is at work. With 16 of two processes after one row on 2 busy cores the longest hundredth waited 200 ms
 * for it, with 4 of each 70, with 2 of each 35 (November 2026).
 */
export const TURNS_AT_ONCE = 2;

/** Turns by name. */
export class Turns {
  readonly #width: number;
  readonly #taken = new Map<string, { running: number; readonly waiting: (() => void)[] }>();

  constructor(width: number = TURNS_AT_ONCE) {
    this.#width = width;
  }

  /** Waits for a turn at each of `names`, which all callers give in one order; gives the function that ends them. */
  async take(names: readonly string[]): Promise<() => void> {
    for (const name of names) await this.#enter(name);
    return () => {
      for (const name of names) this.#leave(name);
    };
  }

  async #enter(name: string): Promise<void> {
    const turn = this.#taken.get(name);
    if (turn === undefined) {
      this.#taken.set(name, { running: 1, waiting: [] });
    } else if (turn.running < this.#width) {
      turn.running += 1;
    } else {
      await new Promise<void>((resolve) => turn.waiting.push(resolve));
    }
  }

  #leave(name: string): void {
    const turn = this.#taken.get(name);
    if (turn === undefined) return;
    const next = turn.waiting.shift();
    // Whoever comes next takes the place over, so that nobody slips in between.
    if (next !== undefined) next();
    else if (turn.running > 1) turn.running -= 1;
    else this.#taken.delete(name);
  }
}
