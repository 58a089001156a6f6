// The choice of the best combination: what is certain is taken outright, the rest is searched exactly, component by component.
import { type Conflicts, conflictsOf, rivalsOf } from "./conflicts.ts";
import { componentsOf, findInfluence } from "./influence.ts";
import { openLedger } from "./ledger-of-units.ts";
import { type Reach, reachesOf } from "./reach.ts";
import type { Objective } from "./rules.ts";
import { searchBest } from "./search.ts";
import { searchLeast } from "./search-least.ts";
import type { Slot } from "./slot.ts";
import { type Play, runTrial } from "./trial.ts";

/**
 * Work that one choice may cost: promotions applied times the pools that they act on, some milliseconds in all.
 * Beyond, the best found stands, with a true bound of what may have been missed. Counted, not timed: the answer does
 * not depend on the machine.
 */
export const MOST_WORK = 300_000;

/** A choice made; the slots hold what each promotion gave. */
export interface Chosen {
  /** By slot: allowed to apply. Whether it did (conditions on sums may have failed) is in the slot. */
  readonly flags: Uint8Array;
  readonly isOptimal: boolean;
  readonly gapMinor: number;
}

/** A calculation's promotions with their conflicts, found once for all choices made over them. */
export interface Board {
  readonly play: Play;
  readonly conflicts: Conflicts;
  readonly objective: Objective;
  /** By slot; computed when a search first needs them. */
  reaches: readonly Reach[] | null;
}

/** The board of a play. */
export function boardOf(play: Play, objective: Objective): Board {
  return { play, conflicts: conflictsOf(play.slots), objective, reaches: null };
}

/**
 * Chooses among all promotions without choice group and the `chosen` ones. Chosen and mandatory promotions are never
 * left out while their conditions hold; of two such in conflict the `foremost` (a slot, where given), then a chosen
 * one, then the one of better merit stands.
 */
export function chooseBest(board: Board, chosen: ReadonlySet<number>, foremost = -1): Chosen {
  const { play, conflicts } = board;
  const { slots } = play;
  const isCandidate = new Uint8Array(slots.length);
  const forced: number[] = [];
  for (let index = 0; index < slots.length; index += 1) {
    const { rule } = slots[index] as Slot;
    const isChosen = chosen.has(index);
    if (rule.choiceGroup === null || isChosen) isCandidate[index] = 1;
    if (isChosen || (rule.isMandatory && rule.choiceGroup === null)) forced.push(index);
  }
  if (conflicts === null) return settle(board, isCandidate, forced);
  const standingOf = (index: number): number => (index === foremost ? 2 : Number(chosen.has(index)));
  forced.sort((a, b) => standingOf(b) - standingOf(a) || meritOf(slots, a) - meritOf(slots, b));
  for (;;) {
    const standing: number[] = [];
    for (const index of forced) if (!conflictsWith(conflicts, index, standing)) standing.push(index);
    const open = withoutNeighbours(isCandidate, conflicts, standing);
    const result = settle(board, open, standing);
    // A forced promotion whose own conditions fail must not keep others out.
    const idle = standing.find(
      (index) => !(slots[index] as Slot).isIn && rivalsOf(conflicts, index).length > 0,
    );
    if (idle === undefined) return result;
    forced.splice(forced.indexOf(idle), 1);
    isCandidate[idle] = 0;
  }
}

function meritOf(slots: readonly Slot[], index: number): number {
  return (slots[index] as Slot).rule.merit;
}

function conflictsWith(conflicts: Conflicts, index: number, others: readonly number[]): boolean {
  const enemies = rivalsOf(conflicts, index);
  return others.some((other) => enemies.includes(other));
}

function withoutNeighbours(
  isCandidate: Uint8Array,
  conflicts: Conflicts,
  standing: readonly number[],
): Uint8Array {
  const open = isCandidate.slice();
  for (const index of standing) for (const enemy of rivalsOf(conflicts, index)) open[enemy] = 0;
  return open;
}

/** Decides the open ones. Ends with the trial of the choice, so that slots and ledger hold its particulars. */
function settle(board: Board, open: Uint8Array, standing: readonly number[]): Chosen {
  const { play, conflicts, objective } = board;
  if (objective === "priority") return settleByPriority(board, open);
  runTrial(play, open);
  const influence = findInfluence(play, open);
  const isForced = new Set(standing);
  const free: number[] = [];
  for (let index = 0; index < open.length; index += 1) {
    if (open[index] === 0 || isForced.has(index)) continue;
    const isContested = rivalsOf(conflicts, index).some((enemy) => open[enemy] === 1);
    if (isContested || (objective === "shopperSaving" && influence.influencers.has(index))) free.push(index);
  }
  if (free.length === 0) return { flags: open, isOptimal: true, gapMinor: 0 };
  const reaches = reachesOn(board);
  const flags = open.slice();
  for (const index of free) flags[index] = 0;
  const budget = { left: MOST_WORK };
  let gap = 0;
  const components = componentsOf(free, play.slots, conflicts, influence.clusters);
  for (const component of components) {
    const { clusters } = influence;
    const search = { play, free: component, conflicts, flags, clusters, reaches, budget };
    const found = objective === "leastCost" ? searchLeast(search) : searchBest(search);
    gap += found.gap;
  }
  runTrial(play, flags);
  return { flags, isOptimal: gap === 0, gapMinor: gap };
}

/** By priority each promotion is taken unless one taken before it forbids; a taken one whose conditions fail frees its rivals. */
function settleByPriority({ play, conflicts }: Board, open: Uint8Array): Chosen {
  const { slots } = play;
  const order = slots.map((_, index) => index).filter((index) => open[index] === 1);
  order.sort((a, b) => meritOf(slots, a) - meritOf(slots, b));
  const failed = new Set<number>();
  for (;;) {
    const flags = new Uint8Array(slots.length);
    for (const index of order) {
      const isBlocked = rivalsOf(conflicts, index).some((enemy) => flags[enemy] === 1);
      if (!isBlocked && !failed.has(index)) flags[index] = 1;
    }
    runTrial(play, flags);
    const idle = order.find((index) => flags[index] === 1 && !(slots[index] as Slot).isIn);
    if (idle === undefined || conflicts === null) return { flags, isOptimal: true, gapMinor: 0 };
    failed.add(idle);
  }
}

function reachesOn(board: Board): readonly Reach[] {
  board.reaches ??= reachesOf(board.play, openLedger(board.play.situation));
  return board.reaches;
}
