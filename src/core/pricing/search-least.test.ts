// The search for the shop's least cost: against trying every choice to which nothing can be added, and cut short.
import { describe, expect, test } from "vitest";
import { boardFor, searchOn } from "../../../test/support/boards.ts";
import {
  type Contest,
  contestOf,
  evenContest,
  type Random,
  randomOf,
} from "../../../test/support/contests.ts";
import type { Board } from "./combination.ts";
import { searchLeast } from "./search-least.ts";
import type { Slot } from "./slot.ts";
import { runTrial } from "./trial.ts";

/** What the sets of fourteen cost together. */
const WORK = 65_740;

function boards(count: number, draw: (random: Random) => Contest): Board[] {
  const random = randomOf(40);
  return Array.from({ length: count }, () => {
    const { cart, facts, promotions } = draw(random);
    return boardFor(cart, facts, promotions);
  });
}

interface Choice {
  readonly value: number;
  readonly flags: Uint8Array;
}

/** All choices to which nothing can be added, in the order of merit: with a promotion before without it. */
function fullChoices({ play, conflicts }: Board): Choice[] {
  const { slots } = play;
  const meritOf = (index: number): number => (slots[index] as Slot).rule.merit;
  const order = slots.map((_, index) => index).sort((a, b) => meritOf(a) - meritOf(b));
  const flags = new Uint8Array(slots.length);
  const isBlocked = (index: number): boolean =>
    (conflicts?.[index] ?? []).some((enemy) => flags[enemy] === 1);
  const choices: Choice[] = [];
  const visit = (place: number): void => {
    const index = order[place];
    if (index === undefined) {
      if (order.every((each) => flags[each] === 1 || isBlocked(each)))
        choices.push({ value: runTrial(play, flags), flags: flags.slice() });
      return;
    }
    if (!isBlocked(index)) {
      flags[index] = 1;
      visit(place + 1);
      flags[index] = 0;
    }
    visit(place + 1);
  };
  visit(0);
  return choices;
}

/** The first of the cheapest. */
function cheapestOf(choices: readonly Choice[]): Choice {
  return choices.reduce((best, each) => (each.value < best.value ? each : best));
}

describe("least cost", () => {
  test.each([
    ["percentages", 12, (random: Random) => contestOf(7, 0, random)],
    ["promotions of every kind", 12, (random: Random) => contestOf(7, 3, random)],
    ["promotions that cost alike", 12, evenContest],
  ] as const)("is that of the cheapest full choice, the first by merit, of %s", (_, count, draw) => {
    for (const board of boards(count, draw)) {
      const search = searchOn(board, 1_000_000);
      expect(searchLeast(search)).toEqual({ gap: 0 });
      expect(search.flags).toEqual(cheapestOf(fullChoices(board)).flags);
    }
  });

  test("cut short takes the first full choice by merit, or a cheaper one, and may cost all of it too much", () => {
    for (const board of boards(10, (random) => contestOf(7, 0, random))) {
      const choices = fullChoices(board);
      const [first] = choices as [Choice];
      const none = searchOn(board, 0);
      expect(searchLeast(none)).toEqual({ gap: first.value });
      expect(none.flags).toEqual(first.flags);
      for (const work of [200, 600, 1200]) {
        const some = searchOn(board, work);
        const { gap } = searchLeast(some);
        const cost = runTrial(board.play, some.flags);
        expect(cost).toBeLessThanOrEqual(first.value);
        expect(cost - gap).toBeLessThanOrEqual(cheapestOf(choices).value);
      }
    }
  });

  test("is found with the work that sets of fourteen promotions are known to cost", () => {
    let spent = 0;
    for (const board of boards(3, (random) => contestOf(14, 1, random))) {
      const search = searchOn(board, 1_000_000);
      expect(searchLeast(search)).toEqual({ gap: 0 });
      spent += 1_000_000 - search.budget.left;
    }
    // More would be a weaker search; less may be a better one, or one that forgets to count.
    expect(spent).toBeGreaterThan(WORK * 0.98);
    expect(spent).toBeLessThan(WORK * 1.02);
  });
});
