// Sets of ranks as words of bits: what a search has open, taken and forbidden.

/** Bits to a word of a set; words stay positive, so that they compare as numbers. */
export const BITS = 30;

/** Adds a rank to a set; ranks below 0 are left out. */
export function addTo(set: Int32Array, rank: number): void {
  if (rank >= 0) set[(rank / BITS) | 0] = (set[(rank / BITS) | 0] as number) | bitOf(rank);
}

/** The bit of a rank in its word: better merits stand higher. */
function bitOf(rank: number): number {
  return 1 << (BITS - 1 - (rank % BITS));
}

/** True when the set holds the rank. */
export function isIn(set: Int32Array, rank: number): boolean {
  return rank >= 0 && ((set[(rank / BITS) | 0] as number) & bitOf(rank)) !== 0;
}

/** True when the sets share a rank. */
export function meets(left: Int32Array, right: Int32Array): boolean {
  for (let word = 0; word < left.length; word += 1)
    if (((left[word] as number) & (right[word] as number)) !== 0) return true;
  return false;
}

/** Takes a rank out of a set. */
export function removeFrom(set: Int32Array, rank: number): void {
  const word = (rank / BITS) | 0;
  set[word] = (set[word] as number) & ~bitOf(rank);
}
