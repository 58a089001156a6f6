// Time as the core knows it: a number handed in, never a clock read.
import { assert } from "./assert.ts";
import type { Brand } from "./brand.ts";

/** Milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type Instant = Brand<number, "Instant">;

/** The instant of `ms` milliseconds UTC; throws AssertionFailed unless it is a safe integer. */
export function instant(ms: number): Instant {
  assert(Number.isSafeInteger(ms), "an instant is a whole number of milliseconds");
  return ms as Instant;
}
