// How failed sign-ins slow further ones: by account and address together, so that nobody locks out the owner from afar.

/** Tries of one account from one address before waits begin. */
export const FREE_TRIES = 5;

/** Failures of one account, from all addresses, from which on it counts as attacked. */
export const ATTACK_FAILURES = 50;

/** A pause after which failures are forgotten, ms. */
export const FORGET_AFTER = 3_600_000;

/** Longest wait, ms. */
export const LONGEST_WAIT = 900_000;

/** Where the second factor is guessed the password is known already: waits hold for the account from everywhere. */
export const FREE_CODES = 10;

/** Failures as they are counted. */
export interface Failures {
  readonly count: number;
  /** ms UTC of the last one. */
  readonly lastAt: number;
}

/** Failures after one more at `now`. */
export function failed(before: Failures | undefined, now: number): Failures {
  return { count: standing(before, now) + 1, lastAt: now };
}

/** Failures that still count at `now`. */
export function standing(failures: Failures | undefined, now: number): number {
  return failures === undefined || now - failures.lastAt >= FORGET_AFTER ? 0 : failures.count;
}

/**
 * ms until an address may try an account again. Five tries are free, then a second that doubles up to a quarter of an
 * hour. Of an attacked account every address has one try before it waits, from a minute on: whoever comes from anywhere
 * else with the right password still gets in at once.
 */
export function signInWait(
  ofPair: Failures | undefined,
  ofAccount: Failures | undefined,
  now: number,
): number {
  const isAttacked = standing(ofAccount, now) >= ATTACK_FAILURES;
  return waitOf(ofPair, now, isAttacked ? 1 : FREE_TRIES, isAttacked ? 60_000 : 1000);
}

/** ms until another code of the second factor may be tried, from wherever. */
export function codeWait(ofCodes: Failures | undefined, now: number): number {
  return waitOf(ofCodes, now, FREE_CODES, 1000);
}

function waitOf(failures: Failures | undefined, now: number, free: number, firstMs: number): number {
  const count = standing(failures, now);
  if (failures === undefined || count < free) return 0;
  const wait = Math.min(LONGEST_WAIT, firstMs * 2 ** Math.min(count - free, 30));
  // A clock set back must not make anybody wait longer than the wait itself.
  return Math.max(0, Math.min(wait, failures.lastAt + wait - now));
}
