// Which dishes go with low ratings once branch and lateness are taken out: stratified odds, called associated and never causes.
import { discoveries } from "./excess.ts";
import type { Interval } from "./share.ts";
import { normalTails, Z95 } from "./special.ts";

/** Orders of one branch and lateness bucket. */
export interface DishStratum {
  /** With the dish: low ratings, other ratings. */
  readonly lowWith: number;
  readonly otherWith: number;
  /** Without it. */
  readonly lowWithout: number;
  readonly otherWithout: number;
}

/** Fewest ratings with a dish. */
export const DISH_LEAST = 30;

/** The odds of a low rating with the dish against without it. */
export type DishOdds =
  | { readonly kind: "associated"; readonly of: number; readonly odds: number; readonly interval: Interval }
  | {
      readonly kind: "no_clear_association";
      readonly of: number;
      readonly odds: number;
      readonly interval: Interval;
    }
  | { readonly kind: "not_enough"; readonly of: number };

/** Mantel and Haenszel's odds ratio with the interval of Robins, Breslow and Greenland; null when no stratum tells anything. */
export function stratifiedOdds(
  strata: readonly DishStratum[],
): { readonly odds: number; readonly interval: Interval; readonly chance: number } | null {
  let [r, s, pr, mixed, qs] = [0, 0, 0, 0, 0];
  for (const { lowWith: a, otherWith: b, lowWithout: c, otherWithout: d } of strata) {
    const of = a + b + c + d;
    if (of === 0) continue;
    const [up, down] = [(a * d) / of, (b * c) / of];
    const [same, cross] = [(a + d) / of, (b + c) / of];
    r += up;
    s += down;
    pr += same * up;
    mixed += same * down + cross * up;
    qs += cross * down;
  }
  if (r === 0 || s === 0) return null;
  const log = Math.log(r / s);
  const error = Math.sqrt(pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s));
  return {
    odds: r / s,
    interval: { low: Math.exp(log - Z95 * error), high: Math.exp(log + Z95 * error) },
    chance: normalTails(log / error),
  };
}

/** Judges all dishes at once: thirty ratings, an interval without 1, and a place among the discoveries at 10 %. */
export function dishAssociations(dishes: readonly (readonly DishStratum[])[]): readonly DishOdds[] {
  const found = dishes.map(stratifiedOdds);
  const stand = discoveries(found.map((each) => each?.chance ?? 1));
  return dishes.map((strata, index) => {
    const of = strata.reduce((sum, { lowWith, otherWith }) => sum + lowWith + otherWith, 0);
    const odds = found[index];
    if (of < DISH_LEAST || odds === null || odds === undefined) return { kind: "not_enough", of };
    const isClear = stand[index] && (odds.interval.low > 1 || odds.interval.high < 1);
    const kind = isClear ? ("associated" as const) : ("no_clear_association" as const);
    return { kind, of, odds: odds.odds, interval: odds.interval };
  });
}
