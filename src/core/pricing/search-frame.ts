// What a search of one component walks over: its steps in the order of application, who forbids whom, and what bounds it.
import { type Conflicts, rivalsOf } from "./conflicts.ts";
import { addTo, BITS } from "./rank-set.ts";
import type { Reach } from "./reach.ts";
import type { Slot } from "./slot.ts";
import type { Play } from "./trial.ts";

/** One promotion of a search, in the order of application. */
export interface Step {
  readonly slot: Slot;
  /** Index of the slot. */
  readonly index: number;
  readonly reach: Reach;
  /** True when it is to be decided; false: it is in. */
  readonly isFree: boolean;
  /** Set of the free ones that it may spoil: while one of them may still apply, leaving it out may pay by itself. */
  readonly victims: Int32Array;
  /** True when it may spoil one that is in. */
  readonly mayHarm: boolean;
  /** True when it is out for good once its conditions on money fail. */
  readonly isRising: boolean;
  /** True when the layer of the step begins with it. */
  readonly opensLayer: boolean;
  /** Rank among the free ones by merit: its bit in every set. */
  readonly rank: number;
  /** Set of the free ones that it forbids. */
  readonly enemies: Int32Array;
  /** Classes of pools on which it acts. */
  readonly classes: readonly number[];
  /** By place in `classes`: what its share leaves, 1 - share, and the slope of what it takes, -ln(1 - share). */
  readonly keeps: readonly number[];
  readonly slopes: readonly number[];
}

/** The steps with everything about them that does not change during the search. */
export interface Frame {
  readonly steps: readonly Step[];
  /** Words of a set. */
  readonly words: number;
  /** Class of each pool: pools on which the same promotions act. */
  readonly classOf: Int32Array;
  readonly classes: number;
  /** The free steps by rank. */
  readonly byRank: readonly Step[];
  /** The free steps, those that can take most first. */
  readonly byMost: readonly Step[];
  /** By place: declared worth of all steps from it on, kopecks. */
  readonly worthFrom: readonly number[];
}

/** What is searched: flags hold what is decided outside. */
export interface Framed {
  readonly play: Play;
  readonly free: readonly number[];
  readonly conflicts: Conflicts;
  readonly flags: Uint8Array;
  /** Each a promotion that others may spoil, then those others. */
  readonly clusters: readonly (readonly number[])[];
  readonly reaches: readonly Reach[];
}

/** Lays out the frame of a component. */
export function frameOf({ play, free, conflicts, flags, clusters, reaches }: Framed): Frame {
  const { slots } = play;
  const byMerit = [...free].sort((a, b) => meritOf(slots, a) - meritOf(slots, b));
  const rankOf = new Map(byMerit.map((index, rank) => [index, rank]));
  const words = Math.max(1, Math.ceil(free.length / BITS));
  const split = splitPools(play, (index) => flags[index] !== 0 || rankOf.has(index), reaches);
  const harmful = new Set(
    clusters.flatMap(([owner, ...others]) => (rankOf.has(owner as number) ? [] : others)),
  );
  const steps: Step[] = [];
  let layer = Number.NaN;
  for (let index = 0; index < slots.length; index += 1) {
    const rank = rankOf.get(index);
    if (rank === undefined && flags[index] === 0) continue;
    const slot = slots[index] as Slot;
    const enemies = new Int32Array(words);
    if (rank !== undefined)
      for (const enemy of rivalsOf(conflicts, index)) addTo(enemies, rankOf.get(enemy) ?? -1);
    steps.push({
      slot,
      index,
      reach: reaches[index] as Reach,
      isFree: rank !== undefined,
      victims: new Int32Array(words),
      mayHarm: harmful.has(index),
      isRising: slot.rule.dynamic.length > 0 && slot.rule.isRising,
      opensLayer: slot.rule.layer !== layer,
      rank: rank ?? -1,
      enemies,
      ...classesOf(slot.goods, reaches[index] as Reach, split.classOf),
    });
    layer = slot.rule.layer;
  }
  const stepOf = new Map(steps.map((step) => [step.index, step]));
  for (const [owner, ...others] of clusters)
    for (const index of others) {
      const step = stepOf.get(index);
      if (step !== undefined) addTo(step.victims, rankOf.get(owner as number) ?? -1);
    }
  const byRank = steps.filter((step) => step.isFree).sort((a, b) => a.rank - b.rank);
  const byMost = [...byRank].sort((a, b) => b.reach.most - a.reach.most || a.rank - b.rank);
  const worthFrom = [0];
  for (let place = steps.length - 1; place >= 0; place -= 1)
    worthFrom.unshift((worthFrom[0] as number) + (steps[place] as Step).slot.rule.worth);
  return { steps, words, ...split, byRank, byMost, worthFrom };
}

function meritOf(slots: readonly Slot[], index: number): number {
  return (slots[index] as Slot).rule.merit;
}

/** Splits the pools until every promotion of the search acts on whole classes only, with one share on each. */
function splitPools(
  { slots, situation }: Play,
  isMember: (index: number) => boolean,
  reaches: readonly Reach[],
): { classOf: Int32Array; classes: number } {
  const size = situation.pools.length;
  const classOf = new Int32Array(size);
  let classes = 1;
  for (let index = 0; index < slots.length; index += 1) {
    if (!isMember(index)) continue;
    const { goods } = slots[index] as Slot;
    const { shares } = reaches[index] as Reach;
    if (goods.length === size && shares.every((share) => share === shares[0])) continue;
    const homes = new Map<number, number>();
    // Shares of one promotion, numbered from 1; 0 stands for goods that it does not act on.
    const numbers = new Map<number, number>();
    const numberOn = new Int32Array(size);
    for (const [place, pool] of goods.entries()) {
      const share = shares[place] as number;
      const known = numbers.get(share) ?? numbers.size + 1;
      numbers.set(share, known);
      numberOn[pool] = known;
    }
    for (let pool = 0; pool < size; pool += 1) {
      const key = (classOf[pool] as number) * (numbers.size + 1) + (numberOn[pool] as number);
      let home = homes.get(key);
      if (home === undefined) {
        home = homes.size;
        homes.set(key, home);
      }
      classOf[pool] = home;
    }
    classes = homes.size;
  }
  return { classOf, classes };
}

function classesOf(
  goods: readonly number[],
  { shares }: Reach,
  classOf: Int32Array,
): Pick<Step, "classes" | "keeps" | "slopes"> {
  const shareOf = new Map(goods.map((pool, place) => [classOf[pool] as number, shares[place] as number]));
  const own = [...shareOf.values()];
  return {
    classes: [...shareOf.keys()],
    keeps: own.map((share) => 1 - share),
    slopes: own.map((share) => -Math.log1p(-share)),
  };
}
