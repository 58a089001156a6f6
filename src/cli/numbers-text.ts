// Numbers of the desk as words of a table: what the data do not bear has neither a value nor a sign.
import type { Change, MeanNumber, Rank, ShareNumber, WeightedShare } from "../core/numbers/index.ts";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** A share with its interval and counts, or its counts alone. */
export function shareText(share: ShareNumber): string {
  const counts = `${share.count} of ${share.of}`;
  if (share.kind === "not_enough") return `not enough (${counts})`;
  const { low, high } = share.interval;
  return `${percent(share.share)} [${percent(low)} to ${percent(high)}] (${counts})`;
}

/** A mean with its interval, a drawn one by its name, or how many ratings there are. */
export function meanText(mean: MeanNumber): string {
  switch (mean.kind) {
    case "mean":
      return `${mean.mean.toFixed(2)} [${mean.interval.low.toFixed(2)} to ${mean.interval.high.toFixed(2)}]`;
    case "shrunk":
      return `${mean.mean.toFixed(2)} drawn to all (${mean.of})`;
    case "not_enough":
      return `not enough (${mean.of})`;
  }
}

/** A change: only one that luck hardly makes has a sign. */
export function changeText(change: Change | null): string {
  if (change === null) return "-";
  switch (change.kind) {
    case "changed":
      return `${change.direction} ${(100 * Math.abs(change.difference)).toFixed(1)} points`;
    case "no_clear_change":
      return "no clear change";
    case "not_enough":
      return "not enough";
  }
}

/** A place in a ranking, or none. */
export function rankText(rank: Rank): string {
  return rank.kind === "rank" ? `#${rank.place}` : "not enough";
}

/** A weighted share with how many ratings it is as sure as. */
export function weightedText(share: WeightedShare): string {
  const effective = `as sure as ${share.effective.toFixed(0)}`;
  if (share.kind === "not_enough") return `not enough (${effective})`;
  const { low, high } = share.interval;
  return `${percent(share.share)} [${percent(low)} to ${percent(high)}] (${effective})`;
}
