// Which codes of a table were seen already, in 12 bytes a code: a million of them need a few tens of megabytes, not hundreds.
import { hash } from "node:crypto";

/** Slots at first; doubled when two thirds are taken. */
const SLOTS = 1 << 14;

/**
 * Remembers codes by 64 bits of their hash. Two codes share one about once in 10^7 tables of a million: whoever is told of
 * an earlier line looks at the code itself before believing it.
 */
export class SeenCodes {
  #slots = SLOTS;
  #hashes = new Uint32Array(2 * SLOTS);
  /** The line; 0: the slot is free. */
  #lines = new Uint32Array(SLOTS);
  #size = 0;

  /** Notes the folded code of `line` (from 1); gives the line that had it first, or null. */
  see(folded: string, line: number): number | null {
    const bytes = hash("sha1", folded, "buffer");
    const [high, low] = [bytes.readUInt32LE(0), bytes.readUInt32LE(4)];
    const at = this.#find(high, low);
    const first = this.#lines[at] as number;
    if (first !== 0) return first;
    this.#put(at, high, low, line);
    this.#size += 1;
    if (this.#size * 3 > this.#slots * 2) this.#grow();
    return null;
  }

  #find(high: number, low: number): number {
    const mask = this.#slots - 1;
    let at = high & mask;
    while (this.#lines[at] !== 0 && (this.#hashes[2 * at] !== high || this.#hashes[2 * at + 1] !== low))
      at = (at + 1) & mask;
    return at;
  }

  #put(at: number, high: number, low: number, line: number): void {
    this.#hashes[2 * at] = high;
    this.#hashes[2 * at + 1] = low;
    this.#lines[at] = line;
  }

  #grow(): void {
    const [hashes, lines] = [this.#hashes, this.#lines];
    this.#slots *= 2;
    this.#hashes = new Uint32Array(2 * this.#slots);
    this.#lines = new Uint32Array(this.#slots);
    for (const [index, line] of lines.entries()) {
      if (line === 0) continue;
      const [high, low] = [hashes[2 * index] as number, hashes[2 * index + 1] as number];
      this.#put(this.#find(high, low), high, low, line);
    }
  }
}
