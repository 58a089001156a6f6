// Counts of one to five stars, and what is told of them: mean, satisfied, low, net stars, and means drawn to the network's.
import { type Change, type Interval, judged, type ShareNumber, shareOf } from "./share.ts";
import { tQuantile95, Z95 } from "./special.ts";

/** How many gave one, two, three, four, five stars. */
export type Stars = readonly [number, number, number, number, number];

/** No ratings. */
export const NO_STARS: Stars = [0, 0, 0, 0, 0];

/** From so many ratings on a mean is told; below it is drawn to the network's. */
export const MEAN_LEAST = 30;

/** A mean with its 95 % interval; drawn to the network's where ratings are few; none without ratings. */
export type MeanNumber =
  | { readonly kind: "mean"; readonly of: number; readonly mean: number; readonly interval: Interval }
  | { readonly kind: "shrunk"; readonly of: number; readonly mean: number }
  | { readonly kind: "not_enough"; readonly of: number };

/** How many ratings there are. */
export function countOf(stars: Stars): number {
  return stars[0] + stars[1] + stars[2] + stars[3] + stars[4];
}

/** All together. */
export function addStars(left: Stars, right: Stars): Stars {
  return [left[0] + right[0], left[1] + right[1], left[2] + right[2], left[3] + right[3], left[4] + right[4]];
}

/** One and two stars of all: what alarms watch. */
export function lowShare(stars: Stars): ShareNumber {
  return shareOf(stars[0] + stars[1], countOf(stars));
}

/** Four and five stars of all. Three stars are not satisfied. */
export function satisfiedShare(stars: Stars): ShareNumber {
  return shareOf(stars[3] + stars[4], countOf(stars));
}

/** Sum of stars over their count; NaN without ratings. */
export function plainMean(stars: Stars): number {
  return (stars[0] + 2 * stars[1] + 3 * stars[2] + 4 * stars[3] + 5 * stars[4]) / countOf(stars);
}

/** Variance of ratings, divided by n - 1; 0 for fewer than two. */
export function varianceOf(stars: Stars): number {
  const of = countOf(stars);
  if (of < 2) return 0;
  const mean = plainMean(stars);
  return stars.reduce((sum, count, index) => sum + count * (index + 1 - mean) ** 2, 0) / (of - 1);
}

/** The mean with Student's interval. Two ratings or more. */
export function meanInterval(stars: Stars): Interval {
  const of = countOf(stars);
  const mean = plainMean(stars);
  const half = tQuantile95(of - 1) * Math.sqrt(varianceOf(stars) / of);
  return { low: Math.max(1, mean - half), high: Math.min(5, mean + half) };
}

/** What may be said of the mean. */
export function meanOf(stars: Stars, network: Network | null): MeanNumber {
  const of = countOf(stars);
  if (of >= MEAN_LEAST) return { kind: "mean", of, mean: plainMean(stars), interval: meanInterval(stars) };
  if (of === 0 || network === null) return { kind: "not_enough", of };
  return { kind: "shrunk", of, mean: shrunkMean(stars, network) };
}

/** How a mean changed; Welch's interval with the normal quantile, from thirty ratings on both sides. */
export function meanChange(before: Stars, after: Stars): Change {
  const [first, second] = [countOf(before), countOf(after)];
  if (first < MEAN_LEAST || second < MEAN_LEAST) return { kind: "not_enough" };
  const difference = plainMean(after) - plainMean(before);
  const half = Z95 * Math.sqrt(varianceOf(before) / first + varianceOf(after) / second);
  return judged(difference, { low: difference - half, high: difference + half });
}

/** Share of five stars less share of one to three, -1 to 1, with its interval; not a recommendation score. */
export type NetStars =
  | { readonly kind: "net"; readonly of: number; readonly net: number; readonly interval: Interval }
  | { readonly kind: "not_enough"; readonly of: number };

/** Net stars; each rating counts 1, 0 or -1, with the interval of their mean. */
export function netStars(stars: Stars): NetStars {
  const of = countOf(stars);
  if (of < MEAN_LEAST) return { kind: "not_enough", of };
  const [up, down] = [stars[4] / of, (stars[0] + stars[1] + stars[2]) / of];
  const net = up - down;
  const half = Z95 * Math.sqrt((up + down - net * net) / of);
  return { kind: "net", of, net, interval: { low: Math.max(-1, net - half), high: Math.min(1, net + half) } };
}

/** What small samples are drawn to: all ratings of the same source, and how many ratings its opinion is worth. */
export interface Network {
  readonly stars: Stars;
  readonly weight: number;
}

/** Least and most that the network's opinion is worth, ratings. */
export const WEIGHTS = { least: 5, most: 100 } as const;

/** The network of some branches: variance within over variance between them (method of moments), 5 to 100. */
export function networkOf(branches: readonly Stars[]): Network {
  const counted = branches.filter((stars) => countOf(stars) > 0);
  const stars = counted.reduce(addStars, NO_STARS);
  const of = countOf(stars);
  const freedom = of - counted.length;
  if (counted.length < 2 || freedom < 1) return { stars, weight: WEIGHTS.most };
  const mean = plainMean(stars);
  const within = counted.reduce((sum, each) => sum + (countOf(each) - 1) * varianceOf(each), 0) / freedom;
  const spread = counted.reduce((sum, each) => sum + countOf(each) * (plainMean(each) - mean) ** 2, 0);
  const squares = counted.reduce((sum, each) => sum + countOf(each) ** 2, 0);
  const between = (spread - (counted.length - 1) * within) / (of - squares / of);
  const weight = between > 0 ? within / between : WEIGHTS.most;
  return { stars, weight: Math.min(WEIGHTS.most, Math.max(WEIGHTS.least, weight)) };
}

/** The mean after the network's opinion was added as `weight` ratings of its own mean. */
export function shrunkMean(stars: Stars, { stars: all, weight }: Network): number {
  const of = countOf(stars);
  return (weight * plainMean(all) + (of === 0 ? 0 : of * plainMean(stars))) / (weight + of);
}

/** Shares of one to five stars after adding the network's distribution as `weight` ratings (Dirichlet); they sum to 1. */
export function shrunkShares(stars: Stars, { stars: all, weight }: Network): Stars {
  const [of, total] = [countOf(stars), countOf(all)];
  const share = (index: 0 | 1 | 2 | 3 | 4): number =>
    (stars[index] + (weight * all[index]) / total) / (of + weight);
  return [share(0), share(1), share(2), share(3), share(4)];
}
