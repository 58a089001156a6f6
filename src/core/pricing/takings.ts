// What promotions took off each pool, kept flat.
import { rowOf } from "./row.ts";
import type { Slot } from "./slot.ts";

/**
 * What promotions took, pool by pool, in the order of application: pool p has the entries from starts[p] to
 * starts[p + 1], each the index of a slot and the pool's place in that slot's goods. Flat, since a large cart has
 * thousands of entries and an object for each cost more than the sums (November 2026).
 */
export interface Takings {
  readonly starts: readonly number[];
  readonly owners: readonly number[];
  readonly places: readonly number[];
}

/** Of the latest trial. */
export function takingsOf(size: number, slots: readonly Slot[]): Takings {
  const starts = rowOf(size + 1);
  for (let owner = 0; owner < slots.length; owner += 1) {
    const { isIn, amount, goods, given } = slots[owner] as Slot;
    if (!isIn || amount === 0) continue;
    for (let place = 0; place < goods.length; place += 1) {
      const pool = goods[place] as number;
      if (given[place] !== 0) starts[pool + 1] = (starts[pool + 1] as number) + 1;
    }
  }
  for (let pool = 0; pool < size; pool += 1)
    starts[pool + 1] = (starts[pool + 1] as number) + (starts[pool] as number);
  const next = starts.slice();
  const owners = rowOf(starts[size] as number);
  const places = rowOf(starts[size] as number);
  for (let owner = 0; owner < slots.length; owner += 1) {
    const { isIn, amount, goods, given } = slots[owner] as Slot;
    if (!isIn || amount === 0) continue;
    for (let place = 0; place < goods.length; place += 1) {
      if (given[place] === 0) continue;
      const at = next[goods[place] as number] as number;
      owners[at] = owner;
      places[at] = place;
      next[goods[place] as number] = at + 1;
    }
  }
  return { starts, owners, places };
}
