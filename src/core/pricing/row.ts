// Rows of plain numbers, one place for each pool: for some dozens of places quicker to make than typed arrays, and made
// at their full size, since an array that grows by pushing takes room for 17 at its first value (November 2026).

/** A row of `size` places that hold `value`. */
export function rowOf(size: number, value = 0): number[] {
  const row = new Array<number>(size);
  for (let place = 0; place < size; place += 1) row[place] = value;
  return row;
}

/** Overwrites the places of `row` with those of `from`, of the same length. */
export function copyRow(row: number[], from: readonly number[]): void {
  for (let place = 0; place < from.length; place += 1) row[place] = from[place] as number;
}
