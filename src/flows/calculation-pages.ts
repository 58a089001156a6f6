// Recorded calculations page after page, oldest first, with the wordings of their goods at hand: memory stays bounded, writers go on.
import {
  type CalculationPlace,
  type CalculationSpan,
  goodsByHash,
  type Tx,
  walkCalculations,
} from "../storage/index.ts";
import {
  type GoodsWording,
  goodsNamed,
  type OpenedRecord,
  openRecord,
  readWording,
  type StoredCalculation,
  unpackCalculation,
} from "./calculation-text.ts";
import type { House } from "./house.ts";

/** Calculations read in one go: some milliseconds of the database. */
export const PAGE = 100;
/** Wordings of goods kept, about 1 kB each. */
const WORDINGS = 30_000;

/** A calculation and whether all of its goods are still known. */
export interface PagedCalculation {
  readonly stored: StoredCalculation;
  /** The digest or the quote as the text that was stored. */
  readonly result: string;
  readonly areGoodsGone: boolean;
}

/** A walk through a span of calculations. */
export class CalculationPages {
  readonly #house: House;
  readonly #span: CalculationSpan;
  readonly #every: number;
  readonly #wordings = new Map<string, GoodsWording>();
  #after: CalculationPlace | null;
  #seen: number;

  /** Every `every`-th calculation of the span, from the first on; `after` and `seen` where an earlier walk ended. */
  constructor(
    house: House,
    span: CalculationSpan,
    every: number,
    after: CalculationPlace | null,
    seen: number,
  ) {
    this.#house = house;
    this.#span = span;
    this.#every = every;
    this.#after = after;
    this.#seen = seen;
  }

  /** Where the walk stands. */
  get after(): CalculationPlace | null {
    return this.#after;
  }

  /** Calculations of the span that were walked past, those left out included. */
  get seen(): number {
    return this.#seen;
  }

  /** The next ones, at most `limit` of a page; null at the end. A page may be empty where all of it is left out. */
  async next(limit = PAGE): Promise<readonly PagedCalculation[] | null> {
    const page = await this.#house.database.read(async (tx) => {
      const records = await walkCalculations(tx, this.#span, this.#after, PAGE);
      const opened: OpenedRecord[] = [];
      let seen = this.#seen;
      let last: CalculationPlace | null = null;
      for (const record of records) {
        if (opened.length >= limit) break;
        if (seen % this.#every === 0) opened.push(openRecord(record));
        seen += 1;
        last = record;
      }
      await this.#learn(tx, opened);
      return last === null ? null : { opened, seen, last };
    });
    if (page === null) return null;
    this.#seen = page.seen;
    this.#after = { at: page.last.at, id: page.last.id };
    return page.opened.map((opened) => ({
      stored: unpackCalculation(opened, this.#wordings),
      result: opened.record.result,
      areGoodsGone: goodsNamed(opened).some((hash) => !this.#wordings.has(hash)),
    }));
  }

  async #learn(tx: Tx, opened: readonly OpenedRecord[]): Promise<void> {
    const missing = (): string[] => {
      const hashes = new Set<string>();
      for (const each of opened)
        for (const hash of goodsNamed(each)) if (!this.#wordings.has(hash)) hashes.add(hash);
      return [...hashes];
    };
    let wanted = missing();
    if (wanted.length === 0) return;
    if (this.#wordings.size + wanted.length > WORDINGS) {
      this.#wordings.clear();
      wanted = missing();
    }
    for (const [hash, body] of await goodsByHash(tx, wanted)) this.#wordings.set(hash, readWording(body));
  }
}
