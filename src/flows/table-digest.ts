// A sum over all rows of a table that does not depend on their order: equal tables have equal sums on both engines.
import { hash } from "node:crypto";
import type { RowTexts } from "../storage/index.ts";

/** Lanes of the sum: 4 of 48 bits each, so that two rows may not take each other's place unseen. */
const LANES = 4;
const LANE_BYTES = 6;
const LANE_SIZE = 2 ** (8 * LANE_BYTES);

/** Adds up rows. Sums, not exclusive-or: a row that is there twice must not cancel itself. */
export class TableDigest {
  readonly #lanes = new Array<number>(LANES).fill(0);
  #rows = 0;
  #bytes = 0;

  /** Adds a row. */
  add(row: RowTexts): void {
    const text = JSON.stringify(row);
    const digest = hash("sha256", text, "buffer");
    for (let lane = 0; lane < LANES; lane += 1) {
      const part = digest.readUIntBE(lane * LANE_BYTES, LANE_BYTES);
      this.#lanes[lane] = ((this.#lanes[lane] ?? 0) + part) % LANE_SIZE;
    }
    this.#rows += 1;
    this.#bytes += text.length;
  }

  /** Rows added. */
  get rows(): number {
    return this.#rows;
  }

  /** Characters of all rows, about. */
  get size(): number {
    return this.#bytes;
  }

  /** The sum as 48 hexadecimal digits. */
  get sum(): string {
    return this.#lanes.map((lane) => lane.toString(16).padStart(2 * LANE_BYTES, "0")).join("");
  }
}
