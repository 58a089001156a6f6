// Rolling windows over days: seven, thirty, ninety days, the last two hundred ratings, and weights that halve with age.
import { addDays, daysBetween } from "../desk/index.ts";
import { type Interval, WIDEST, wilson } from "./share.ts";
import { addStars, countOf, NO_STARS, type Stars } from "./stars.ts";

/** Ratings of one day. */
export interface StarDay {
  readonly day: number;
  readonly stars: Stars;
}

/** Ratings of the `count` days that end with `day`. */
export function windowStars(days: readonly StarDay[], day: number, count: number): Stars {
  const from = addDays(day, 1 - count);
  return days
    .filter((each) => each.day >= from && each.day <= day)
    .reduce((sum, { stars }) => addStars(sum, stars), NO_STARS);
}

/**
 * The last `most` ratings up to `day`; days are taken whole until the oldest, of which each star count gives its share,
 * rounded so that nothing is lost.
 */
export function lastStars(days: readonly StarDay[], day: number, most = 200): Stars {
  let sum = NO_STARS;
  const before = days.filter((each) => each.day <= day).sort((left, right) => right.day - left.day);
  for (const { stars } of before) {
    const room = most - countOf(sum);
    if (room <= 0) break;
    sum = addStars(sum, countOf(stars) <= room ? stars : part(stars, room));
  }
  return sum;
}

/** `room` of these ratings in their proportions; the greatest remainders get what rounding left. */
function part(stars: Stars, room: number): Stars {
  const of = countOf(stars);
  const exact = stars.map((count) => (count * room) / of);
  const whole = exact.map(Math.floor);
  const left = room - whole.reduce((sum, count) => sum + count, 0);
  const order = exact
    .map((value, index) => ({ index, rest: value - (whole[index] as number) }))
    .sort((one, other) => other.rest - one.rest || one.index - other.index);
  for (const { index } of order.slice(0, left)) whole[index] = (whole[index] as number) + 1;
  return whole as unknown as Stars;
}

/** A share whose ratings weigh less with age; `effective` is how many equal ratings would be as sure. */
export type WeightedShare =
  | {
      readonly kind: "share";
      readonly share: number;
      readonly effective: number;
      readonly interval: Interval;
    }
  | { readonly kind: "not_enough"; readonly effective: number };

/** The low share with weights 2^(-age/halfLife); effective n = (sum w)^2 / sum w^2 goes into the interval. */
export function weightedLow(days: readonly StarDay[], day: number, halfLife = 30): WeightedShare {
  let [weights, squares, low] = [0, 0, 0];
  for (const each of days) {
    if (each.day > day) continue;
    const weight = 2 ** (-daysBetween(each.day, day) / halfLife);
    const of = countOf(each.stars);
    weights += weight * of;
    squares += weight * weight * of;
    low += weight * (each.stars[0] + each.stars[1]);
  }
  const effective = squares === 0 ? 0 : (weights * weights) / squares;
  if (effective === 0) return { kind: "not_enough", effective };
  const share = low / weights;
  const interval = wilson(share * effective, effective);
  if (interval.high - interval.low > WIDEST) return { kind: "not_enough", effective };
  return { kind: "share", share, effective, interval };
}
