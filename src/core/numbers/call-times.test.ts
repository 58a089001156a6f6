// Percentiles read off buckets lie where those of the calls themselves lie.
import fc from "fast-check";
import { expect, test } from "vitest";
import { CALL_BOUNDS_MS, callBucket, callPercentile } from "./call-times.ts";

function countsOf(times: readonly number[]): number[] {
  const counts = Array.from({ length: CALL_BOUNDS_MS.length + 1 }, () => 0);
  for (const ms of times) {
    const bucket = callBucket(ms);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

test("a percentile lies in the bucket of the call that has the rank", () => {
  const times = fc.array(fc.double({ min: 0, max: 20_000, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(times, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
      const sorted = [...all].sort((left, right) => left - right);
      const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
      const read = callPercentile(countsOf(all), share) as number;
      const bucket = callBucket(exact);
      const low = bucket === 0 ? 0 : (CALL_BOUNDS_MS[bucket - 1] as number);
      const high = CALL_BOUNDS_MS[bucket] ?? (CALL_BOUNDS_MS.at(-1) as number);
      expect(read).toBeGreaterThanOrEqual(Math.min(low, high) - 1e-9);
      expect(read).toBeLessThanOrEqual(high + 1e-9);
    }),
  );
});

test("no calls have no percentile, and too small a share still has one", () => {
  expect(callPercentile([0, 0], 0.95)).toBeNull();
  expect(callPercentile(countsOf([4, 4, 4]), 0)).toBe(3);
  expect(callPercentile(countsOf([50_000]), 0.5)).toBe(10_000);
  expect(callPercentile([1], Number.NaN)).toBe(10_000);
});
