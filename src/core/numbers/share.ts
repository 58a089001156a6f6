// Shares with their intervals, and the types that keep small samples honest: what the data do not bear has no value to show.
import { Z95 } from "./special.ts";

/** Both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Widest interval of a share that is still shown as a number, coloured or ranked. */
export const WIDEST = 0.2;

/**
 * A share, or the plain counts where they are too few to speak of one. `not_enough` has no `share`, so that nothing can
 * colour or rank it; the interval stays, for it is true.
 */
export type ShareNumber =
  | {
      readonly kind: "share";
      readonly count: number;
      readonly of: number;
      readonly share: number;
      readonly interval: Interval;
    }
  | {
      readonly kind: "not_enough";
      readonly count: number;
      readonly of: number;
      readonly interval: Interval;
    };

/** A difference that may be shown as such only when its interval excludes none. */
export type Change =
  | { readonly kind: "not_enough" }
  | { readonly kind: "no_clear_change"; readonly difference: number; readonly interval: Interval }
  | {
      readonly kind: "changed";
      readonly direction: "up" | "down";
      readonly difference: number;
      readonly interval: Interval;
    };

/** Wilson's interval of `count` in `of`; everything is possible where there is nothing. `of` may be an effective size. */
export function wilson(count: number, of: number, z = Z95): Interval {
  if (of <= 0) return { low: 0, high: 1 };
  const share = count / of;
  const square = z * z;
  const scale = 1 + square / of;
  const centre = (share + square / (2 * of)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  return { low: count === 0 ? 0 : centre - half, high: count === of ? 1 : centre + half };
}

/** The share with its interval, or that there is not enough for one. */
export function shareOf(count: number, of: number): ShareNumber {
  const interval = wilson(count, of);
  if (of === 0 || interval.high - interval.low > WIDEST) return { kind: "not_enough", count, of, interval };
  return { kind: "share", count, of, share: count / of, interval };
}

/** Newcombe's interval of the difference of two shares, second less first, from their Wilson intervals. */
export function newcombe(
  before: { readonly count: number; readonly of: number },
  after: { readonly count: number; readonly of: number },
  z = Z95,
): Interval {
  const [first, second] = [wilson(before.count, before.of, z), wilson(after.count, after.of, z)];
  const [p, q] = [before.count / before.of, after.count / after.of];
  const difference = q - p;
  return {
    low: difference - Math.hypot(q - second.low, first.high - p),
    high: difference + Math.hypot(second.high - q, p - first.low),
  };
}

/** How a share changed; not enough when one of the two is. */
export function changeOf(before: ShareNumber, after: ShareNumber): Change {
  if (before.kind !== "share" || after.kind !== "share") return { kind: "not_enough" };
  return judged(after.share - before.share, newcombe(before, after));
}

/** A difference as its interval lets it be told. */
export function judged(difference: number, interval: Interval): Change {
  if (interval.low <= 0 && interval.high >= 0) return { kind: "no_clear_change", difference, interval };
  return { kind: "changed", direction: interval.low > 0 ? "up" : "down", difference, interval };
}
