// How an endpoint is doing: when its failures are worth an alarm, when it is switched off, and which failures are our own.
import type { AttemptOutcome } from "./outcome.ts";

/** What is remembered of an endpoint's attempts. */
export interface EndpointHealth {
  /** Charged failures since the last success. */
  readonly failures: number;
  /** Time spent only failing, ms: pauses between charged failures, each counted up to `LONGEST_GAP_MS`. */
  readonly failingMs: number;
  readonly lastFailureAt: number | null;
}

/** What an attempt changed. */
export interface HealthChange {
  readonly health: EndpointHealth;
  /** Share of `FAILURE_LIMIT` that was just reached, percent; null: nothing to tell. */
  readonly alarm: number | null;
  /** Why the endpoint is switched off; null: it is not. */
  readonly disable: "gone" | "failing" | null;
}

/** Failures in a row that count as a hundred percent. */
const FAILURE_LIMIT = 100;

/** Shares of `FAILURE_LIMIT` at which a person is told, percent. */
const ALARMS: readonly number[] = [50, 70, 90, 100];

const HOUR = 3_600_000;

/** An endpoint that did nothing but fail for this long is switched off, ms. */
const FAILING_MOST_MS = 5 * 24 * HOUR;

/**
 * Longest pause between two failures that counts as failing, ms: the longest of the schedule with its jitter. A longer one
 * is ours (the server was off, or nothing was sent), and must not switch off anybody.
 */
const LONGEST_GAP_MS = 29 * HOUR;

/** What the other endpoints say about our own network. */
export interface Neighbours {
  /** There is another endpoint that is on. */
  readonly hasOthers: boolean;
  /** Another endpoint was reached lately. */
  readonly isOtherReached: boolean;
}

/** Failures that look the same whether the endpoint or our own network is down. */
const MAYBE_OURS: ReadonlySet<AttemptOutcome> = new Set(["dns_error", "unreachable", "connect_timeout"]);

/**
 * Whether a failure is the endpoint's. When names cannot be resolved or nothing can be reached, and no other endpoint was
 * reached lately, it may be our own line. An endpoint that is alone and does not take the connection is down all the same.
 */
export function isCharged(outcome: AttemptOutcome, neighbours: Neighbours): boolean {
  if (outcome === "not_sent") return false;
  if (!MAYBE_OURS.has(outcome) || neighbours.isOtherReached) return true;
  return outcome === "connect_timeout" && !neighbours.hasOthers;
}

/** What an attempt at `at` (ms) says about its endpoint. */
export function observeAttempt(
  before: EndpointHealth,
  attempt: { readonly outcome: AttemptOutcome; readonly at: number; readonly isCharged: boolean },
): HealthChange {
  const { outcome, at } = attempt;
  // A refusal that was understood says that the endpoint works.
  if (outcome === "delivered" || outcome === "answer_refused") {
    return {
      health: { failures: 0, failingMs: 0, lastFailureAt: null },
      alarm: null,
      disable: null,
    };
  }
  if (!attempt.isCharged) {
    const lastFailureAt = before.lastFailureAt === null ? null : at;
    return { health: { ...before, lastFailureAt }, alarm: null, disable: null };
  }
  const gap = before.lastFailureAt === null ? 0 : Math.max(0, at - before.lastFailureAt);
  const health = {
    failures: before.failures + 1,
    failingMs: before.failingMs + Math.min(gap, LONGEST_GAP_MS),
    lastFailureAt: Math.max(at, before.lastFailureAt ?? at),
  };
  const percent = (health.failures * 100) / FAILURE_LIMIT;
  const isFailing = health.failingMs >= FAILING_MOST_MS;
  return {
    health,
    alarm: ALARMS.includes(percent) ? percent : null,
    disable: outcome === "gone" ? "gone" : isFailing ? "failing" : null,
  };
}
