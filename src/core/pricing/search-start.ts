// A good first choice for the search: greedy by what each promotion could take, then mended by single exchanges.
import { rivalsOf } from "./conflicts.ts";
import type { Search } from "./search.ts";
import { runTrial, workOf } from "./trial.ts";

/** Rounds of exchanges at the most; a later round rarely finds more. */
const ROUNDS = 3;

/** Flags of a choice that nothing forbids. */
export function greedyChoice(search: Search): Uint8Array {
  const { play, flags, free, reaches, budget } = search;
  const order = [...free].sort((a, b) => (reaches[b]?.most ?? 0) - (reaches[a]?.most ?? 0) || a - b);
  let best: Uint8Array = flags.slice();
  for (const index of order) addUnlessForbidden(index, best, search);
  if (free.length < 4) return best;
  let value = runTrial(play, best);
  budget.left -= workOf(play, best);
  for (let round = 0; round < ROUNDS; round += 1) {
    let isBetter = false;
    for (const index of order) {
      if (budget.left <= 0) return best;
      const other = exchanged(index, best, order, search);
      const worth = runTrial(play, other);
      budget.left -= workOf(play, other);
      if (worth <= value) continue;
      value = worth;
      best = other;
      isBetter = true;
    }
    if (!isBetter) break;
  }
  return best;
}

function addUnlessForbidden(index: number, flags: Uint8Array, { conflicts }: Search): void {
  for (const enemy of rivalsOf(conflicts, index)) if (flags[enemy] === 1) return;
  flags[index] = 1;
}

/** The choice without `index` where it is in, otherwise with it instead of what it forbids; then filled up greedily. */
function exchanged(index: number, flags: Uint8Array, order: readonly number[], search: Search): Uint8Array {
  const other = flags.slice();
  if (other[index] === 1) {
    other[index] = 0;
  } else {
    for (const enemy of rivalsOf(search.conflicts, index)) other[enemy] = 0;
    other[index] = 1;
  }
  for (const each of order) {
    if (each !== index && other[each] === 0) addUnlessForbidden(each, other, search);
  }
  return other;
}
