// The name that was probably meant, quick enough for catalogues of tens of thousands of names.

/** The nearest of `names` to `typed` when it is near enough to be a slip; null when none is. */
export function nearestName(typed: string, names: Iterable<string>): string | null {
  const folded = typed.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - typed.length) >= least) continue;
    const distance = distanceWithin(folded, name.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** Insertions, deletions and replacements between two words, or `most` as soon as that many are certain. */
function distanceWithin(left: string, right: string, most: number): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= right.length; j += 1) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      const value = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + cost,
      );
      next.push(value);
      least = Math.min(least, value);
    }
    if (least >= most) return most;
    row = next;
  }
  return row[right.length] as number;
}
