// The search for the best: against trying every allowed choice, cut short, and within the work that it may cost.
import { describe, expect, test } from "vitest";
import { boardFor, searchOn } from "../../../test/support/boards.ts";
import {
  type Contest,
  contestOf,
  evenContest,
  type Random,
  randomOf,
} from "../../../test/support/contests.ts";
import { type Board, MOST_WORK } from "./combination.ts";
import { searchBest } from "./search.ts";
import type { Slot } from "./slot.ts";
import { runTrial } from "./trial.ts";

const boardOf = ({ cart, facts, promotions }: Contest): Board => boardFor(cart, facts, promotions);

/** Slots by merit, the best first. */
function byMerit({ play: { slots } }: Board): number[] {
  return slots
    .map((_, index) => index)
    .sort((a, b) => (slots[a] as Slot).rule.merit - (slots[b] as Slot).rule.merit);
}

/** Promotions that applied, "1" for each that did, by merit. */
function takenOn(board: Board): string {
  return byMerit(board)
    .map((index) => Number((board.play.slots[index] as Slot).isIn))
    .join("");
}

/** The greatest value of all choices that nothing forbids; of equal ones the one with the better merits. */
function bestOfAll(board: Board): { value: number; taken: string } {
  const { play, conflicts } = board;
  const flags = new Uint8Array(play.slots.length);
  let best = { value: -1, taken: "" };
  const visit = (index: number): void => {
    if (index === flags.length) {
      const value = runTrial(play, flags);
      const taken = takenOn(board);
      if (value > best.value || (value === best.value && taken > best.taken)) best = { value, taken };
      return;
    }
    visit(index + 1);
    if ((conflicts?.[index] ?? []).some((enemy) => flags[enemy] === 1)) return;
    flags[index] = 1;
    visit(index + 1);
    flags[index] = 0;
  };
  visit(0);
  return best;
}

/** What the search finds, and how it says it stands. */
function found(board: Board, work: number): { value: number; taken: string; gap: number; spent: number } {
  const search = searchOn(board, work);
  const { gap } = searchBest(search);
  const value = runTrial(board.play, search.flags);
  return { value, taken: takenOn(board), gap, spent: work - search.budget.left };
}

/** Contests drawn by a seed. */
function contests(count: number, seed: number, draw: (random: Random) => Contest): Board[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, () => boardOf(draw(random)));
}

const SMALL: readonly (readonly [string, number, (random: Random) => Contest])[] = [
  ["percentages", 8, (random) => contestOf(7, 0, random)],
  ["percentages, amounts and fixed prices", 10, (random) => contestOf(7, 1, random)],
  ["promotions of every kind", 12, (random) => contestOf(7, 2, random)],
  ["promotions of every kind, some from a sum on", 30, (random) => contestOf(7, 3, random)],
  ["promotions that save alike", 12, evenContest],
];

describe.each(SMALL)("of seven %s", (_, count, draw) => {
  test("the best choice is found, of equal ones the one with the better merits", () => {
    for (const board of contests(count, 1, draw)) {
      const { value, taken } = bestOfAll(board);
      expect(found(board, MOST_WORK)).toMatchObject({ value, taken, gap: 0 });
    }
  });

  test("a search cut short misses no more than it says", () => {
    for (const board of contests(count, 2, draw)) {
      const { value: best } = bestOfAll(board);
      for (const work of [0, 300, 700]) {
        const { value, gap } = found(board, work);
        expect(value).toBeLessThanOrEqual(best);
        expect(value + gap).toBeGreaterThanOrEqual(best);
        // Nor does it say more than that all goods might be free.
        expect(value + gap).toBeLessThanOrEqual(
          board.play.situation.gross.reduce((sum, each) => sum + each, 0),
        );
      }
    }
  });
});

/** Promotions, kind, sets, and the work that all these sets cost together. */
const WORK = [
  [20, 0, 8, 29_730],
  [20, 2, 4, 28_346],
  [20, 3, 4, 68_357],
  [40, 1, 3, 27_076],
] as const;

test.each(WORK)(
  "sets of %d promotions, kind %d, are proven with the work they are known to cost",
  (...row) => {
    const [size, kind, sets, work] = row;
    const boards = contests(sets, 77 + size * 10 + kind, (random) => contestOf(size, kind, random));
    const results = boards.map((board) => found(board, MOST_WORK));
    for (const { gap } of results) expect(gap).toBe(0);
    const spent = results.reduce((sum, each) => sum + each.spent, 0);
    // More would be a search that has become weaker; less may be a better one, or one that forgets to count.
    expect(spent).toBeLessThan(work * 1.02);
    expect(spent).toBeGreaterThan(work * 0.98);
  },
);
