// The bound of a search: what the promotions still to come can save at the very most, given the money as it stands.
//
// What shares save together, Σ M × (1 − Π (1 − share)), is a concave function of the choice when it is written with
// logarithms, so at any reference choice its tangent lies above it. The tangent gives every promotion a weight; no
// allowed choice weighs more than a cover of all weights by groups of mutual rivals. The best choice known so far is
// the reference: around it the bound is tight.
import { addTo, BITS, isIn, meets, removeFrom } from "./rank-set.ts";
import type { Frame, Step } from "./search-frame.ts";

/** Scratch rows of one frame. */
export interface BoundRows {
  /** Money of each class now. */
  readonly money: Float64Array;
  /** Share of the money that is left beside the reference choice. */
  readonly kept: Float64Array;
  /** By rank: what a promotion adds at most. */
  readonly weights: Float64Array;
  /** Ranks of the reference choice that are open. */
  readonly reference: Int32Array;
  /** Ranks whose weight is not covered yet. */
  readonly left: Int32Array;
  readonly candidates: Int32Array;
}

/** Rows for the frame. */
export function boundRows({ classes, words, byRank }: Frame): BoundRows {
  return {
    money: new Float64Array(classes),
    kept: new Float64Array(classes),
    weights: new Float64Array(byRank.length),
    reference: new Int32Array(words),
    left: new Int32Array(words),
    candidates: new Int32Array(words),
  };
}

/** Kopecks that the steps from `from` on may still take, of the free ones only those in `open`. */
export function boundFrom(
  from: number,
  frame: Frame,
  rows: BoundRows,
  ledgerMoney: readonly number[],
  open: Int32Array,
  best: Int32Array,
): number {
  const { money, kept, weights } = rows;
  const { classOf, classes, steps, worthFrom } = frame;
  money.fill(0);
  for (let pool = 0; pool < classOf.length; pool += 1) {
    const own = classOf[pool] as number;
    money[own] = (money[own] as number) + (ledgerMoney[pool] as number);
  }
  setReference(frame, rows, open, best);
  let bound = 0;
  for (let place = from; place < steps.length; place += 1) {
    const step = steps[place] as Step;
    if (step.isFree) {
      if (!isIn(rows.reference, step.rank) || !step.reach.isPure) continue;
    } else {
      bound += step.reach.slack / 2;
      if (!step.reach.isPure) bound += impureWeight(step, money);
    }
    if (!step.reach.isPure) continue;
    const { classes: owns, keeps } = step;
    for (let at = 0; at < owns.length; at += 1)
      kept[owns[at] as number] = (kept[owns[at] as number] as number) * (keeps[at] as number);
  }
  let all = 0;
  for (let own = 0; own < classes; own += 1) {
    bound += (money[own] as number) * (1 - (kept[own] as number));
    all += money[own] as number;
  }
  for (let word = 0; word < open.length; word += 1) rows.left[word] = open[word] as number;
  for (let place = from; place < steps.length; place += 1) {
    const step = steps[place] as Step;
    if (!step.isFree || !isIn(open, step.rank)) continue;
    const weight = weightOf(step, rows);
    weights[step.rank] = weight + step.reach.slack / 2;
    if (step.reach.isPure && isIn(rows.reference, step.rank)) bound -= weight;
  }
  bound += cover(frame, rows);
  return Math.min(bound * (1 + 1e-12) + 0.001, all + (worthFrom[from] as number));
}

/** The best choice so far where it is open, filled up with what nothing of it forbids. */
function setReference(
  frame: Frame,
  { reference, kept }: BoundRows,
  open: Int32Array,
  best: Int32Array,
): void {
  kept.fill(1);
  for (let word = 0; word < open.length; word += 1)
    reference[word] = (open[word] as number) & (best[word] as number);
  for (const step of frame.byMost) {
    if (!isIn(open, step.rank) || isIn(reference, step.rank) || meets(step.enemies, reference)) continue;
    addTo(reference, step.rank);
  }
}

function weightOf(step: Step, { money, kept }: BoundRows): number {
  if (!step.reach.isPure) return impureWeight(step, money);
  const { classes, slopes } = step;
  let weight = 0;
  for (let at = 0; at < classes.length; at += 1) {
    const own = classes[at] as number;
    weight += (money[own] as number) * (kept[own] as number) * (slopes[at] as number);
  }
  return weight;
}

function impureWeight({ reach, classes, keeps }: Step, money: Float64Array): number {
  let taken = reach.amount;
  for (let at = 0; at < classes.length; at += 1)
    taken += (money[classes[at] as number] as number) * (1 - (keeps[at] as number) + reach.across);
  return Math.min(reach.most, taken);
}

/** Covers the weights by groups of mutual rivals; the sum over groups of what each takes off its members. */
function cover({ byRank, words }: Frame, { weights, left, candidates }: BoundRows): number {
  let sum = 0;
  for (;;) {
    // The lightest that is left opens a group, so that it is done with; heavier members keep the rest of their weight.
    let seed = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let word = 0; word < words; word += 1) {
      for (let bits = left[word] as number; bits !== 0; ) {
        const high = 31 - Math.clz32(bits);
        bits &= ~(1 << high);
        const rank = word * BITS + BITS - 1 - high;
        if ((weights[rank] as number) < least) {
          least = weights[rank] as number;
          seed = rank;
        }
      }
    }
    if (seed < 0) return sum;
    sum += Math.max(0, least);
    takeOff(seed, least, byRank, left, candidates, weights, words);
  }
}

/** Grows a group from the seed, heaviest rivals first, and takes `least` off each member. */
function takeOff(
  seed: number,
  least: number,
  byRank: readonly Step[],
  left: Int32Array,
  candidates: Int32Array,
  weights: Float64Array,
  words: number,
): void {
  removeFrom(left, seed);
  let { enemies } = byRank[seed] as Step;
  for (let word = 0; word < words; word += 1)
    candidates[word] = (left[word] as number) & (enemies[word] as number);
  for (;;) {
    let member = -1;
    let most = -1;
    for (let word = 0; word < words; word += 1) {
      for (let bits = candidates[word] as number; bits !== 0; ) {
        const high = 31 - Math.clz32(bits);
        bits &= ~(1 << high);
        const rank = word * BITS + BITS - 1 - high;
        if ((weights[rank] as number) > most) {
          most = weights[rank] as number;
          member = rank;
        }
      }
    }
    if (member < 0) return;
    weights[member] = most - least;
    if (most - least <= 0) removeFrom(left, member);
    enemies = (byRank[member] as Step).enemies;
    for (let word = 0; word < words; word += 1)
      candidates[word] = (candidates[word] as number) & (enemies[word] as number) & (left[word] as number);
  }
}
