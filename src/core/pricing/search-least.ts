// The search for the shop's least cost: of the combinations to which nothing could be added, the one that gives least.
import { rivalsOf } from "./conflicts.ts";
import type { Found, Search } from "./search.ts";
import type { Slot } from "./slot.ts";
import { runTrial, workOf } from "./trial.ts";

/** Finds the cheapest maximal choice; of several equal ones the one with the better merits. */
export function searchLeast(search: Search): Found {
  const { play, flags, conflicts, budget } = search;
  const order = [...search.free].sort(
    (a, b) => (play.slots[a] as Slot).rule.merit - (play.slots[b] as Slot).rule.merit,
  );
  let best = Number.POSITIVE_INFINITY;
  let bestFlags = flags;
  let isCut = false;
  const isBlocked = (index: number): boolean =>
    rivalsOf(conflicts, index).some((enemy) => flags[enemy] === 1);
  const descend = (depth: number): void => {
    budget.left -= 20;
    if (budget.left < 0) {
      isCut = true;
      // The first way down, in the order of merit, is always walked to its end: nothing can be added to it either.
      if (best < Number.POSITIVE_INFINITY) return;
    }
    if (depth === order.length) {
      if (order.some((index) => flags[index] === 0 && !isBlocked(index))) return;
      const value = runTrial(play, flags);
      budget.left -= workOf(play, flags);
      if (value < best) {
        best = value;
        bestFlags = flags.slice();
      }
      return;
    }
    const index = order[depth] as number;
    if (!isBlocked(index)) {
      flags[index] = 1;
      descend(depth + 1);
      flags[index] = 0;
      if (rivalsOf(conflicts, index).length === 0) return;
    }
    descend(depth + 1);
  };
  descend(0);
  flags.set(bestFlags);
  // Nothing costs less than nothing, so the cost found bounds what may have been missed.
  return { gap: isCut ? best : 0 };
}
