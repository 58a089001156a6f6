// Lateness by a branch's own deciles: what is slow for a distant suburb is not what is slow next door.
import { type ShareNumber, shareOf } from "./share.ts";

/** Ratings whose order took so many minutes. */
export interface LateMinute {
  readonly minute: number;
  readonly of: number;
  readonly low: number;
}

/** One tenth of a branch's orders, or more where many took the same time. */
export interface LateBucket {
  /** Minutes, both included; `to` null: and longer. */
  readonly from: number;
  readonly to: number | null;
  readonly low: ShareNumber;
}

/** Upper minutes of the tenths, ascending, without the last; fewer where tenths fall together. */
export function decileEdges(minutes: readonly LateMinute[]): readonly number[] {
  const sorted = [...minutes].sort((left, right) => left.minute - right.minute);
  const all = sorted.reduce((sum, { of }) => sum + of, 0);
  const edges: number[] = [];
  let seen = 0;
  for (const { minute, of } of sorted.slice(0, -1)) {
    seen += of;
    if (seen * 10 >= all * (edges.length + 1) && seen > 0) edges.push(minute);
    // Where one minute fills several tenths, the next edge is that of the tenth reached.
    while (edges.length > 0 && edges.length < 9 && seen * 10 >= all * (edges.length + 1)) edges.push(minute);
  }
  return [...new Set(edges)];
}

/** Which bucket a duration falls into, from 0; buckets beyond the edges are the last. */
export function bucketOf(edges: readonly number[], minute: number): number {
  const found = edges.findIndex((edge) => minute <= edge);
  return found === -1 ? edges.length : found;
}

/** Low share by own tenth. */
export function lateBuckets(minutes: readonly LateMinute[]): readonly LateBucket[] {
  if (minutes.length === 0) return [];
  const edges = decileEdges(minutes);
  return [...edges, null].map((to, index) => {
    const inside = minutes.filter(({ minute }) => bucketOf(edges, minute) === index);
    const low = inside.reduce((sum, each) => sum + each.low, 0);
    const of = inside.reduce((sum, each) => sum + each.of, 0);
    const before = index === 0 ? null : (edges[index - 1] as number);
    return { from: before === null ? 0 : before + 1, to, low: shareOf(low, of) };
  });
}

/** Share of the branch's orders that were faster, 0 to 1: "slower than 92 % of this branch"; null under thirty orders. */
export function slowerThan(minutes: readonly LateMinute[], minute: number): number | null {
  const all = minutes.reduce((sum, { of }) => sum + of, 0);
  if (all < 30) return null;
  return minutes.reduce((sum, each) => sum + (each.minute < minute ? each.of : 0), 0) / all;
}
