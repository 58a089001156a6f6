// When a delivery that failed is tried again.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses before the attempts, ms: those of Standard Webhooks 1.0.0, 75 h 35 min 5 s in all. */
const PAUSES = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** Attempts that a delivery gets before it is given up. */
export const ATTEMPTS = PAUSES.length;

/** A pause is up to this share longer or shorter, so that what failed together does not come back together. */
const JITTER = 0.2;

/** Longest wish of a receiver that is granted, ms. */
export const RETRY_AFTER_MOST_MS = 24 * HOUR;

/**
 * How long after attempt number `attempts` the next one is made, ms; null: there is none. `chance` is from 0 to 1.
 * `retryAfterMs` is what the receiver asked for: never earlier than that, at most a fifth later.
 */
export function nextAttemptIn(attempts: number, chance: number, retryAfterMs: number | null): number | null {
  const pause = PAUSES[attempts];
  if (pause === undefined) return null;
  const usual = Math.round(pause * (1 - JITTER + 2 * JITTER * chance));
  if (retryAfterMs === null) return usual;
  const wished = Math.min(retryAfterMs, RETRY_AFTER_MOST_MS);
  return Math.max(usual, Math.round(wished * (1 + JITTER * chance)));
}
