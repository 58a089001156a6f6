// Which promotions may make a cart dearer by joining: only those are tried both ways, all others are taken outright.
//
// The lemma. Write a promotion as a function from the money of each pool to the money after it. If every promotion that
// follows is monotone (less money before it never means more money after it, pool by pool, or in total where nothing
// after it looks at single pools), then one more promotion in front never makes the total dearer. So a promotion is
// taken outright unless something later on the same goods is not monotone in what it changes. What is monotone:
//   share  money − min(round(money × p), caps): rounding half up grows by at most 1 when money grows by 1;
//   unit   the same per paid unit, as long as the number of paid units is not itself in question;
//   free   frees the cheapest units: monotone in money, as long as paid units are not in question before it;
//   cart   an amount over pools: the total after it is monotone, single pools are not ("shifted");
//   odd    anything, as long as nothing before it touches its goods: then it always takes the same.
// A condition on sums is constant when it never fails with more money and holds with every discount taken.
import { type Conflicts, rivalsOf } from "./conflicts.ts";
import { isDiscount } from "./rule.ts";
import type { Pool } from "./situation.ts";
import type { Slot } from "./slot.ts";
import type { Play } from "./trial.ts";

/** Promotions to be tried both ways; `owner` is the slot that is not monotone in them. */
export interface Influence {
  readonly influencers: ReadonlySet<number>;
  /** For each non-monotone slot all that influence it: these must be searched together. */
  readonly clusters: readonly (readonly number[])[];
}

interface Marks {
  readonly isTouched: Uint8Array;
  readonly isFreed: Uint8Array;
  readonly isShifted: Uint8Array;
  shifted: number;
}

/** Finds the influencers. The latest trial must have been the one of all slots of `isCandidate`, conflicts ignored. */
export function findInfluence(play: Play, isCandidate: Uint8Array): Influence {
  const { slots, situation } = play;
  const size = situation.pools.length;
  const marks: Marks = {
    isTouched: new Uint8Array(size),
    isFreed: new Uint8Array(size),
    isShifted: new Uint8Array(size),
    shifted: 0,
  };
  const influencers = new Set<number>();
  const clusters: number[][] = [];
  let layer = Number.NEGATIVE_INFINITY;
  let touchedBefore = false;
  let touched = false;
  for (let index = 0; index < slots.length; index += 1) {
    if (isCandidate[index] === 0) continue;
    const slot = slots[index] as Slot;
    if (slot.rule.layer !== layer) {
      layer = slot.rule.layer;
      touchedBefore = touched;
    }
    const looksAtAll = touchedBefore && isUncertain(slot, play, marks);
    if (looksAtAll || !isMonotone(slot, situation.pools, marks)) {
      clusters.push(influencersOf(index, play, isCandidate, looksAtAll, influencers));
    }
    mark(slot, marks);
    touched ||= isDiscount(slot.rule);
  }
  return { influencers, clusters };
}

/** True when other choices could turn the slot's conditions, and that matters for the value. */
function isUncertain(slot: Slot, { situation }: Play, marks: Marks): boolean {
  const { rule } = slot;
  if (rule.dynamic.length === 0 || (!isDiscount(rule) && rule.worth === 0)) return false;
  const holdsAtList = rule.dynamic.every((check) => check.test(situation, situation.gross));
  if (!rule.isRising) return true;
  if (!holdsAtList) return false;
  return !slot.isIn || (rule.dependsOn === "parts" && marks.shifted > 0);
}

function isMonotone(slot: Slot, pools: readonly Pool[], marks: Marks): boolean {
  const manner = slot.orderLimit === null || slot.rule.manner === "none" ? slot.rule.manner : "odd";
  switch (manner) {
    case "none":
      return true;
    case "share":
      return meetsNone(slot, marks.isShifted);
    case "unit":
    case "free":
      return meetsNone(slot, marks.isShifted) && meetsNone(slot, marks.isFreed);
    case "cart":
      return marks.shifted === 0 || (coversShifted(slot, marks) && isPlainCart(slot, pools));
    case "odd":
      return meetsNone(slot, marks.isTouched);
  }
}

function meetsNone({ goods }: Slot, marked: Uint8Array): boolean {
  for (const pool of goods) if (marked[pool] === 1) return false;
  return true;
}

function coversShifted({ goods }: Slot, marks: Marks): boolean {
  let covered = 0;
  for (const pool of goods) covered += marks.isShifted[pool] as number;
  return covered === marks.shifted || covered === 0;
}

/** An amount whose room is the total less the shop's floor, so that only the total matters to it. */
function isPlainCart({ rule, goods }: Slot, pools: readonly Pool[]): boolean {
  if (rule.isBounded) return false;
  return !rule.needsCode || goods.every((pool) => (pools[pool] as Pool).offer.codeCap === null);
}

function mark({ rule, goods }: Slot, marks: Marks): void {
  if (!isDiscount(rule)) return;
  const shifts = rule.manner === "cart" && !meetsNone({ goods } as Slot, marks.isTouched);
  const frees = rule.effects.some((effect) => effect.kind === "free_units");
  for (const pool of goods) {
    marks.isTouched[pool] = 1;
    if (frees) marks.isFreed[pool] = 1;
    if (shifts && marks.isShifted[pool] === 0) {
      marks.isShifted[pool] = 1;
      marks.shifted += 1;
    }
  }
}

/** Walks back from a non-monotone slot over everything that changes what it sees. */
function influencersOf(
  owner: number,
  { slots, situation }: Play,
  isCandidate: Uint8Array,
  looksAtAll: boolean,
  influencers: Set<number>,
): number[] {
  const seen = new Uint8Array(situation.pools.length);
  const { rule, goods } = slots[owner] as Slot;
  for (const pool of goods) seen[pool] = 1;
  const cluster = [owner];
  for (let index = owner - 1; index >= 0; index -= 1) {
    const slot = slots[index] as Slot;
    if (isCandidate[index] === 0 || !isDiscount(slot.rule)) continue;
    if (!(looksAtAll && slot.rule.layer < rule.layer) && meetsNone(slot, seen)) continue;
    for (const pool of slot.goods) seen[pool] = 1;
    influencers.add(index);
    cluster.push(index);
  }
  return cluster;
}

/** Groups the free slots that must be decided together: by conflict, shared goods or a common cluster. */
export function componentsOf(
  free: readonly number[],
  slots: readonly Slot[],
  conflicts: Conflicts,
  clusters: readonly (readonly number[])[],
): number[][] {
  const parent = new Map(free.map((index) => [index, index]));
  const root = (index: number): number => {
    let top = index;
    for (let up = parent.get(top) as number; up !== top; up = parent.get(top) as number) top = up;
    // Whoever asked stands right below the root from now on.
    if (parent.get(index) !== top) parent.set(index, top);
    return top;
  };
  const join = (a: number, b: number): void => {
    if (parent.has(a) && parent.has(b)) parent.set(root(a), root(b));
  };
  for (const index of free) for (const other of rivalsOf(conflicts, index)) join(index, other);
  const ownerOfPool = new Map<number, number>();
  for (const index of free) {
    for (const pool of (slots[index] as Slot).goods) {
      const owner = ownerOfPool.get(pool);
      if (owner === undefined) ownerOfPool.set(pool, index);
      else join(index, owner);
    }
  }
  for (const cluster of clusters) {
    const members = cluster.filter((index) => parent.has(index));
    for (const index of members) join(index, members[0] as number);
  }
  const groups = new Map<number, number[]>();
  for (const index of free) {
    const key = root(index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return [...groups.values()];
}
