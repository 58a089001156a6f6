// Exhaustiveness: a switch that forgets a kind does not compile.
import { AssertionFailed } from "./assert.ts";

/** Put in the default branch of a switch over a union; compiles only when every kind has its case. */
export function unreachable(value: never): never {
  throw new AssertionFailed(`unexpected value ${String(value)}`);
}
