// How long calls took, as counts in a few buckets that add up over hours and instances; a percentile is read off them.

/** Upper ends of the buckets, ms; one more bucket takes what is slower. */
export const CALL_BOUNDS_MS = [
  1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 10_000,
] as const;

/** Which bucket a call of so many ms falls into. */
export function callBucket(ms: number): number {
  const index = CALL_BOUNDS_MS.findIndex((bound) => ms <= bound);
  return index === -1 ? CALL_BOUNDS_MS.length : index;
}

/**
 * The time that a share of the calls (0 to 1) did not exceed, ms, drawn evenly within its bucket; null without calls. What is
 * slower than the last end counts as that.
 */
export function callPercentile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = share * total;
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && below + count >= wanted) {
      const high = CALL_BOUNDS_MS[index] ?? (CALL_BOUNDS_MS.at(-1) as number);
      const low = index === 0 ? 0 : (CALL_BOUNDS_MS[index - 1] as number);
      return low + ((high - low) * Math.max(0, wanted - below)) / count;
    }
    below += count;
  }
  return CALL_BOUNDS_MS.at(-1) as number;
}
