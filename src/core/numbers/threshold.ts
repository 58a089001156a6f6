// How high a cumulative sum may rise before it alarms: found from the chain of its own steps for a wished rate of false alarms.
import { binomialTail } from "./special.ts";

/** Steps of the sum: up for a low rating, down for any other. */
export interface AlarmSteps {
  readonly up: number;
  readonly down: number;
}

/** Log-likelihood steps of a doubling: p1 = 2 p0 / (1 + p0), which doubles the odds' share and never passes 1. */
export function alarmSteps(baseline: number): AlarmSteps {
  const risen = (2 * baseline) / (1 + baseline);
  return { up: Math.log(risen / baseline), down: -Math.log((1 - risen) / (1 - baseline)) };
}

/** Finest step of the chain's lattice. */
const UNIT = 0.03;

/** The sum never has to rise higher: a branch of a thousand ratings a day and one false alarm in a thousand years. */
const HIGHEST = 16;

/** Baselines are told apart by half percents from 1 to 50 %; volumes by steps of a tenth. Both round to the careful side. */
const BASELINE_STEP = 0.005;
const VOLUME_STEP = 1.1;

/** Thresholds by baseline, volume and wished rate; each is computed once. */
export class Thresholds {
  readonly #known = new Map<string, number>();

  /** `perDay`: ratings a day. `falsePerYear`: false alarms a year that are accepted for one watched series. */
  of(baseline: number, perDay: number, falsePerYear: number): number {
    const share = Math.min(100, Math.max(2, Math.round(baseline / BASELINE_STEP))) * BASELINE_STEP;
    const volume = VOLUME_STEP ** Math.ceil(Math.log(Math.max(0.1, perDay)) / Math.log(VOLUME_STEP));
    const key = `${share} ${volume} ${falsePerYear}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = thresholdFor(share, (365 * volume) / falsePerYear, volume);
    this.#known.set(key, found);
    return found;
  }
}

/**
 * Lowest threshold at which `baseline` alarms once in `runLength` ratings on average, or more rarely, when the sum is looked at
 * once a day of `perDay` ratings.
 */
export function thresholdFor(baseline: number, runLength: number, perDay = 1): number {
  const { down } = alarmSteps(baseline);
  const unit = down / Math.ceil(down / UNIT);
  let [low, high] = [0, Math.ceil(HIGHEST / unit)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (meanRunLength(baseline, middle, perDay) >= runLength) high = middle;
    else low = middle;
  }
  return high * unit;
}

/** How far above the threshold a sum is followed between two looks, in steps up. */
const BEYOND = 4;

/**
 * Ratings until the first alarm, on average, from a sum of nought, where sums of `height` units alarm. The expected rest E
 * of every state obeys E(i) = 1 + q E(i - down) + p E(i + up); a step between two lattice points goes to both. Each rating
 * is the last of its day by the chance 1 / `perDay`; only then is the sum looked at, so that one above the threshold may
 * fall again.
 */
export function meanRunLength(baseline: number, height: number, perDay = 1): number {
  const { up, down } = alarmSteps(baseline);
  const fall = Math.ceil(down / UNIT);
  const rise = (up / down) * fall;
  const jump = Math.floor(rise);
  const unseen = 1 - 1 / Math.max(1, perDay);
  const size = height + (unseen === 0 ? 0 : BEYOND * jump);
  const rows: Float64Array[] = [];
  for (let state = 0; state < size; state += 1) {
    const row = new Float64Array(fall + jump + 2);
    const add = (to: number, value: number): void => {
      const stays = to < height ? value : value * unseen;
      if (to < size) row[to - state + fall] = (row[to - state + fall] as number) + stays;
    };
    row[fall] = 1;
    add(Math.max(0, state - fall), baseline - 1);
    add(state + jump, -baseline * (1 - rise + jump));
    add(state + jump + 1, -baseline * (rise - jump));
    rows.push(row);
  }
  return solvedFirst(rows, new Float64Array(size).fill(1), fall);
}

/** First unknown of a band system: each row holds `fall` places left of the diagonal. */
function solvedFirst(rows: readonly Float64Array[], rest: Float64Array, fall: number): number {
  const height = rows.length;
  for (let column = 0; column < height; column += 1) {
    const pivot = rows[column] as Float64Array;
    for (let below = column + 1; below <= Math.min(height - 1, column + fall); below += 1) {
      const row = rows[below] as Float64Array;
      const shift = below - column;
      const factor = (row[fall - shift] as number) / (pivot[fall] as number);
      if (factor === 0) continue;
      for (let place = fall; place < pivot.length; place += 1) {
        row[place - shift] = (row[place - shift] as number) - factor * (pivot[place] as number);
      }
      rest[below] = (rest[below] as number) - factor * (rest[column] as number);
    }
  }
  for (let state = height - 1; state >= 0; state -= 1) {
    const row = rows[state] as Float64Array;
    let sum = rest[state] as number;
    for (let place = fall + 1; place < row.length && state + place - fall < height; place += 1) {
      sum -= (row[place] as number) * (rest[state + place - fall] as number);
    }
    rest[state] = sum / (row[fall] as number);
  }
  return rest[0] as number;
}

/** "1 in N" that so many low ratings come by luck; N from 1, at most a million. */
export function oddsOf(low: number, of: number, baseline: number): number {
  const chance = binomialTail(low, of, baseline);
  return chance <= 1e-6 ? 1_000_000 : Math.round(1 / chance);
}
