// The order of ids: plain code units, the same on every machine.

/** Negative, 0 or positive; never a locale's order. */
export function compareIds(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
