// Assertions guard against our own mistakes; a caller's mistake is a refusal and never comes here.

/** Thrown when the program contradicts itself. Caught only at the three doors (HTTP, jobs, main). */
export class AssertionFailed extends Error {
  override readonly name = "AssertionFailed";
}

/** Stops when `condition` is false: what follows would be wrong, so an answer is worse than none. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionFailed(message);
}

/** The value, where the program knows that it is there; throws AssertionFailed otherwise. */
export function present<Value>(value: Value | null | undefined, message: string): Value {
  if (value === null || value === undefined) throw new AssertionFailed(message);
  return value;
}
