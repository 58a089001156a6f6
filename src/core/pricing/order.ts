// Sorting of what a calculation holds some dozens of: the general sort calls back through the engine for every comparison,
// which took a tenth of a small cart's time (November 2026).
import { compareIds } from "./compare.ts";
import type { Pool } from "./situation.ts";
import type { Slot } from "./slot.ts";

/** More than these are left to the general sort, which then pays. */
const SHORT = 64;

/** Into the order of application. */
export function sortSlots(slots: Slot[]): Slot[] {
  if (slots.length > SHORT) return slots.sort((a, b) => a.rule.order - b.rule.order);
  for (let end = 1; end < slots.length; end += 1) {
    const slot = slots[end] as Slot;
    const { order } = slot.rule;
    let at = end - 1;
    while (at >= 0 && (slots[at] as Slot).rule.order > order) {
      slots[at + 1] = slots[at] as Slot;
      at -= 1;
    }
    slots[at + 1] = slot;
  }
  return slots;
}

/** By offer id in plain code units; equal ones stay in their order. */
export function sortPools(pools: Pool[]): Pool[] {
  if (pools.length > SHORT) return pools.sort((a, b) => compareIds(a.offer.id, b.offer.id));
  for (let end = 1; end < pools.length; end += 1) {
    const pool = pools[end] as Pool;
    const { id } = pool.offer;
    if ((pools[end - 1] as Pool).offer.id <= id) continue;
    // Comparing texts costs more than moving pools, so the place is found by halves.
    let low = 0;
    let high = end - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pools[middle] as Pool).offer.id <= id) low = middle + 1;
      else high = middle;
    }
    for (let at = end; at > low; at -= 1) pools[at] = pools[at - 1] as Pool;
    pools[low] = pool;
  }
  return pools;
}
