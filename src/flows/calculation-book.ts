// The book of calculations: explanations are written after the answers, in batches, so that no shopper waits for them.
import type { Facts } from "../core/pricing/index.ts";
import { addCalculations, type CalculationRecord, type GoodsRecord, noteGoods } from "../storage/index.ts";
import { type Calculation, packCalculation } from "./calculation-text.ts";
import type { House } from "./house.ts";

/** Longest that an entry waits for others, ms. */
export const BOOK_EVERY_MS = 250;
/** Entries written in one transaction. */
export const BOOK_BATCH = 500;
/** Entries that may wait; beyond it new ones are dropped and counted, since answers matter more than explanations. */
export const BOOK_WAITING = 5000;
/** Wordings of goods that this process knows to be written, and for how long it relies on it, ms. */
const GOODS_REMEMBERED = 50_000;
const GOODS_RELIED_ON = 12 * 3_600_000;
/** Dropped entries are told of once in this time, ms. */
const ALARM_EVERY = 60_000;

/** Collects calculations and writes them. One per process. */
export class CalculationBook {
  readonly #house: House;
  /** Packed at once: the objects of a cart die young, only its texts wait. */
  #waiting: CalculationRecord[] = [];
  /** Wordings by hash that no entry written so far came with. */
  #wordings = new Map<string, GoodsRecord>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;
  #isClosed = false;
  /** Hash of a wording to the instant of its last writing. */
  readonly #goods = new Map<string, number>();
  #dropped = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(house: House) {
    this.#house = house;
  }

  /** Entries dropped since the start because too many waited or a write failed. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Entries that wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes an entry; never waits, never throws. `ofRules`: the limits that its rules say, see packCalculation. */
  add(calculation: Calculation, ofRules?: Facts["limits"]): void {
    if (this.#isClosed || this.#waiting.length >= BOOK_WAITING) {
      this.#drop(1);
      return;
    }
    const { record, goods } = packCalculation(calculation, ofRules);
    const now = this.#house.now();
    for (const good of goods)
      if (!this.#wordings.has(good.hash) && this.#isUnwritten(good.hash, now))
        this.#wordings.set(good.hash, good);
    this.#waiting.push(record);
    if (this.#waiting.length >= BOOK_BATCH) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), BOOK_EVERY_MS).unref();
  }

  /** Resolves when everything that was taken so far is written (or dropped). */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#isWriting) {
      this.#start();
      await this.#writing;
    }
  }

  /** Resolves when what waits now is written (or dropped), whatever comes meanwhile. */
  async catchUp(): Promise<void> {
    for (let left = this.#waiting.length; left > 0; left -= BOOK_BATCH) {
      await this.#writing;
      this.#start();
    }
    await this.#writing;
  }

  /** Writes what waits and takes no more; for the stop of the server. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.flush();
  }

  #start(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#isWriting || this.#waiting.length === 0) return;
    this.#isWriting = true;
    this.#writing = this.#write().finally(() => {
      this.#isWriting = false;
      if (this.#waiting.length >= BOOK_BATCH) this.#start();
      else if (this.#waiting.length > 0)
        this.#timer ??= setTimeout(() => this.#start(), BOOK_EVERY_MS).unref();
    });
  }

  async #write(): Promise<void> {
    const batch = this.#waiting.slice(0, BOOK_BATCH);
    this.#waiting = this.#waiting.slice(batch.length);
    const now = this.#house.now();
    const wordings = this.#wordings;
    this.#wordings = new Map();
    try {
      // The answers went out long ago: a power cut may take the last explanations, a shopper does not wait for the disk.
      const choices = { isLosable: true };
      await this.#house.database.transaction(async (tx) => {
        await noteGoods(tx, [...wordings.values()], now);
        await addCalculations(tx, batch);
      }, choices);
    } catch {
      // The carts were answered all the same; what is lost is only why they cost what they cost.
      this.#drop(batch.length);
      // Entries that still wait may speak of these goods.
      if (wordings.size < GOODS_REMEMBERED)
        for (const [hash, good] of wordings) this.#wordings.set(hash, good);
      return;
    }
    if (this.#goods.size + wordings.size > GOODS_REMEMBERED) this.#goods.clear();
    for (const hash of wordings.keys()) this.#goods.set(hash, now);
  }

  #isUnwritten(hash: string, now: number): boolean {
    const writtenAt = this.#goods.get(hash);
    return writtenAt === undefined || now - writtenAt >= GOODS_RELIED_ON;
  }

  #drop(count: number): void {
    this.#dropped += count;
    const now = this.#house.now();
    if (now - this.#toldAt < ALARM_EVERY) return;
    this.#toldAt = now;
    this.#house.alarm("calculations_dropped", { dropped: this.#dropped });
  }
}
