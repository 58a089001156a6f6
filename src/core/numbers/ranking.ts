// Who needs attention and who does best, by bounds that small numbers cannot fool; and the limits of luck around a network.
import { type ShareNumber, wilson } from "./share.ts";
import { lowShare, type Stars, satisfiedShare } from "./stars.ts";

/** A place among others, from 1; none where the data do not bear one. */
export type Rank =
  | { readonly kind: "rank"; readonly place: number; readonly bound: number }
  | { readonly kind: "not_enough" };

/** "attention": highest lower bound of the low share first; "best": highest lower bound of the satisfied share. */
export type Ranking = "attention" | "best";

/** Ranks in the order given. Never by raw mean. Equals share a place. */
export function ranksOf(slices: readonly Stars[], by: Ranking): readonly Rank[] {
  const shares = slices.map(by === "attention" ? lowShare : satisfiedShare);
  const bounds = shares.flatMap((share) => (share.kind === "share" ? [share.interval.low] : []));
  return shares.map((share) => rankOf(share, bounds));
}

function rankOf(share: ShareNumber, bounds: readonly number[]): Rank {
  if (share.kind === "not_enough") return { kind: "not_enough" };
  const bound = share.interval.low;
  return { kind: "rank", place: 1 + bounds.filter((other) => other > bound).length, bound };
}

/** Where a branch of that size may lie by luck alone: 95 % and 99.8 % limits around the network's share. */
export interface FunnelLimits {
  readonly low95: number;
  readonly high95: number;
  readonly low998: number;
  readonly high998: number;
}

/** Limits around `share` for `of` ratings; score limits, so that they stay within 0 and 1. */
export function funnelLimits(share: number, of: number): FunnelLimits {
  const wide = wilson(share * of, of, 3.090_232_306_167_813);
  const near = wilson(share * of, of);
  return { low95: near.low, high95: near.high, low998: wide.low, high998: wide.high };
}
