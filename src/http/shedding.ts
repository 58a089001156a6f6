// Is the server so busy that a new call had better be told to come back? Asked before a body is read.
import type { ServerLimits } from "./limits.ts";

/** Why a call is turned away. */
export type ShedReason = "event_loop" | "memory" | "writers";

/** Seconds that a shed caller is asked to wait. */
export const SHED_RETRY_AFTER_SECONDS = 2;

/** How often the event loop is felt, ms. */
const TICK_MS = 20;

/** Over which time it is judged, ms. */
const WINDOW_MS = 1000;

/** What the pressure is read from; tests bring their own. */
export interface PressureGauges {
  /** A clock that only goes forward, ms. */
  monotonicMs(): number;
  residentBytes(): number;
  writersWaiting(): number;
}

/**
 * The pressure on this process. The event loop is too slow when delays beyond the limit fill half of the last second:
 * a single pause of a busy disk is over before anybody could be told of it, and turning callers away for a second
 * because of it would make it worse.
 */
export class Pressure {
  readonly #limits: ServerLimits;
  readonly #gauges: PressureGauges;
  #lastTick: number;
  #windowStart: number;
  #blockedMs = 0;
  #isLoopSlow = false;
  #isMemoryFull = false;
  #worstDelayMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: ServerLimits, gauges: PressureGauges) {
    this.#limits = limits;
    this.#gauges = gauges;
    this.#lastTick = gauges.monotonicMs();
    this.#windowStart = this.#lastTick;
  }

  /** Starts feeling the loop; does not keep the process alive. */
  start(): void {
    this.#timer = setInterval(() => this.tick(), TICK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One beat of the timer. */
  tick(): void {
    const now = this.#gauges.monotonicMs();
    const delayMs = now - this.#lastTick - TICK_MS;
    this.#lastTick = now;
    this.#worstDelayMs = Math.max(this.#worstDelayMs, delayMs);
    if (delayMs > this.#limits.eventLoopDelayMs) this.#blockedMs += delayMs;
    if (now - this.#windowStart < WINDOW_MS) return;
    this.#isLoopSlow = this.#blockedMs >= WINDOW_MS / 2;
    this.#isMemoryFull = this.#gauges.residentBytes() > this.#limits.memoryBytes;
    this.#blockedMs = 0;
    this.#windowStart = now;
  }

  /** Longest delay since this was last asked, ms, for the metrics. */
  takeWorstDelayMs(): number {
    const worst = this.#worstDelayMs;
    this.#worstDelayMs = 0;
    return worst;
  }

  /** Why a call that comes now must be turned away; null when it need not. */
  reason(): ShedReason | null {
    if (this.#gauges.writersWaiting() > this.#limits.writersWaiting) return "writers";
    if (this.#isLoopSlow) return "event_loop";
    return this.#isMemoryFull ? "memory" : null;
  }
}
