// Branches drawn by chance for tests of alarms and digests: the same seed gives the same year, and nothing here knows the rules tested.
import { addDays } from "../../src/core/desk/index.ts";
import type { Stars } from "../../src/core/numbers/index.ts";

/** An assumed J-shape: mean 4.44, low share 9 %. */
export const USUAL_STARS = [0.06, 0.03, 0.05, 0.13, 0.73] as const;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many arrive in a day, of `mean` on average (Knuth). */
export function poissonOf(random: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let product = random();
  let count = 0;
  while (product > limit) {
    product *= random();
    count += 1;
  }
  return count;
}

/** The days from `first` on. */
export function daysFrom(first: number, count: number): number[] {
  const days = [first];
  while (days.length < count) days.push(addDays(days.at(-1) as number, 1));
  return days;
}

/** Ratings of one day. */
export function starsOf(random: () => number, perDay: number, shares: readonly number[]): Stars {
  const stars: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (let left = poissonOf(random, perDay); left > 0; left -= 1) {
    let chance = random();
    let star = 0;
    while (star < 4 && chance >= (shares[star] as number)) {
      chance -= shares[star] as number;
      star += 1;
    }
    stars[star as 0 | 1 | 2 | 3 | 4] += 1;
  }
  return stars;
}
