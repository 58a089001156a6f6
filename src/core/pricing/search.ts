// Exact search of one component: branch and bound over which promotions to take, with a true bound when time is up.
import type { Conflicts } from "./conflicts.ts";
import { rowOf } from "./row.ts";
import type { Slot } from "./slot.ts";
import { type Play, runTrial } from "./trial.ts";

/** A component's best choice, written into the flags given, and how much better an untried one could be. */
export interface Found {
  readonly gap: number;
}

/** One search. Flags hold what is decided outside of it and receive the choice. */
export interface Search {
  readonly play: Play;
  readonly free: readonly number[];
  readonly conflicts: Conflicts;
  readonly flags: Uint8Array;
  /** True when adding a promotion can add at most its own bound to the value of those already taken. */
  readonly isTight: boolean;
  /** Trials left for the whole calculation; shared by its searches. */
  readonly budget: { left: number };
}

interface State {
  readonly search: Search;
  readonly order: readonly number[];
  readonly cliqueOf: readonly number[];
  readonly cliques: number;
  readonly blocked: Int32Array;
  /** Sum of the bounds of everything fixed outside, for the loose bound. */
  readonly fixedBound: number;
  best: number;
  bestFlags: Uint8Array;
  /** Largest bound that was left untried. */
  open: number;
  /** Stop at the first choice of at least this value. */
  goal: number;
}

/** Finds the choice of greatest value; of several equal ones the one with the better merits. */
export function searchBest(search: Search): Found {
  const { play, free, flags } = search;
  const byBound = [...free].sort(
    (a, b) => boundOf(play, b) - boundOf(play, a) || meritOf(play, a) - meritOf(play, b),
  );
  const first = stateOf(search, byBound, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  descend(first, 0, 0, runTrial(play, flags));
  const gap = Math.max(0, first.open - first.best);
  // A second walk in the order of merit stops at the first choice that is as good: ties break by priority, then id.
  const byMerit = [...free].sort((a, b) => meritOf(play, a) - meritOf(play, b));
  const second = stateOf(search, byMerit, first.best - 1, first.best);
  second.bestFlags = first.bestFlags;
  for (const index of free) flags[index] = 0;
  if (gap === 0) descend(second, 0, 0, runTrial(play, flags));
  flags.set(second.bestFlags);
  return { gap };
}

function boundOf(play: Play, index: number): number {
  return (play.slots[index] as Slot).bound;
}

function meritOf(play: Play, index: number): number {
  return (play.slots[index] as Slot).rule.merit;
}

function stateOf(search: Search, order: readonly number[], best: number, goal: number): State {
  const { play, conflicts, flags } = search;
  const isFree = new Set(search.free);
  let fixedBound = 0;
  for (let index = 0; index < flags.length; index += 1) {
    if (flags[index] === 1 && !isFree.has(index)) fixedBound += boundOf(play, index);
  }
  const { cliqueOf, cliques } = coverByCliques(order, conflicts);
  return {
    search,
    order,
    cliqueOf,
    cliques,
    blocked: new Int32Array(play.slots.length),
    fixedBound,
    best,
    bestFlags: flags.slice(),
    open: Number.NEGATIVE_INFINITY,
    goal,
  };
}

/** Puts each promotion into the first clique of mutual conflicts that takes it: of a clique at most one applies. */
function coverByCliques(
  order: readonly number[],
  conflicts: Conflicts,
): { cliqueOf: number[]; cliques: number } {
  const members: number[][] = [];
  const cliqueOf: number[] = [];
  for (const index of order) {
    const enemies = new Set(conflicts?.[index] ?? []);
    const place = members.findIndex((clique) => clique.every((member) => enemies.has(member)));
    if (place >= 0) (members[place] as number[]).push(index);
    cliqueOf.push(place >= 0 ? place : members.push([index]) - 1);
  }
  return { cliqueOf, cliques: members.length };
}

/** The most that the undecided ones can add: of each clique the best that nothing taken forbids. */
function potential(state: State, depth: number): number {
  const most = rowOf(state.cliques);
  let sum = 0;
  for (let place = depth; place < state.order.length; place += 1) {
    const index = state.order[place] as number;
    if (state.blocked[index] !== 0) continue;
    const clique = state.cliqueOf[place] as number;
    const bound = boundOf(state.search.play, index);
    if (bound <= (most[clique] as number)) continue;
    sum += bound - (most[clique] as number);
    most[clique] = bound;
  }
  return sum;
}

/** `taken`: bounds of the free ones taken so far; `value`: worth of the current flags. True when the goal is met. */
function descend(state: State, depth: number, taken: number, value: number): boolean {
  const { search, order } = state;
  const rest = potential(state, depth);
  const loose = state.fixedBound + taken + rest;
  const bound = search.isTight ? Math.min(loose, value + rest) : loose;
  if (bound <= state.best) return false;
  if (search.budget.left <= 0) {
    state.open = Math.max(state.open, bound);
    if (value > state.best) keep(state, value);
    return false;
  }
  if (depth === order.length) {
    keep(state, value);
    return value >= state.goal;
  }
  const index = order[depth] as number;
  if (state.blocked[index] === 0 && take(state, index, depth, taken)) return true;
  return descend(state, depth + 1, taken, value);
}

function keep(state: State, value: number): void {
  if (value <= state.best) return;
  state.best = value;
  state.bestFlags = state.search.flags.slice();
}

function take(state: State, index: number, depth: number, taken: number): boolean {
  const { play, flags, conflicts, budget } = state.search;
  const enemies = conflicts?.[index] ?? [];
  flags[index] = 1;
  for (const enemy of enemies) state.blocked[enemy] = (state.blocked[enemy] as number) + 1;
  budget.left -= 1;
  const isMet = descend(state, depth + 1, taken + boundOf(play, index), runTrial(play, flags));
  flags[index] = 0;
  for (const enemy of enemies) state.blocked[enemy] = (state.blocked[enemy] as number) - 1;
  return isMet;
}
