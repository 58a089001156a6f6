// How fast deliveries begin while this process answers calls: a backlog may take its minutes, a shopper waits for one answer.

/** What a pace is made of. */
export interface PaceParts {
  /** Deliveries that begin in a second while calls come, of all endpoints together. */
  readonly perSecond: number;
  /** Has a call come lately? When none has, deliveries begin as fast as their receivers take them. */
  isCalled(): boolean;
  /** A clock that only goes forward, ms. */
  monotonicMs(): number;
}

/** Between two turns of an endpoint while calls come, ms: what ended meanwhile is written in one commit. */
export const BEAT_MS = 10;

/** The pace of one process. */
export class CourierPace {
  readonly #parts: PaceParts;
  readonly #most: number;
  #left: number;
  #at: number;

  constructor(parts: PaceParts) {
    this.#parts = parts;
    this.#most = Math.max(1, (parts.perSecond * BEAT_MS) / 1000);
    this.#left = this.#most;
    this.#at = parts.monotonicMs();
  }

  /** Takes up to `wanted` beginnings; fewer, or none, when this beat's are used up. */
  take(wanted: number): number {
    if (!this.isSlow()) return wanted;
    const now = this.#parts.monotonicMs();
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) * this.#parts.perSecond) / 1000);
    this.#at = now;
    const taken = Math.min(wanted, Math.floor(this.#left));
    this.#left -= taken;
    return taken;
  }

  /** Gives back what was taken and not needed. */
  giveBack(count: number): void {
    this.#left = Math.min(this.#most, this.#left + count);
  }

  /** Are there calls to be kept clear of? */
  isSlow(): boolean {
    return this.#parts.isCalled();
  }
}

/** No calls to keep clear of. */
export function freePace(): CourierPace {
  return new CourierPace({ perSecond: 1, isCalled: () => false, monotonicMs: () => 0 });
}
