// The bank: many writers move points of the same customers and orders at once while readers look on, and nothing may be odd.
import { type Instant, instant } from "../../src/core/basics/index.ts";
import { DEFAULT_TERMS, type LoyaltyTerms } from "../../src/core/loyalty/index.ts";
import { points } from "../../src/core/money/index.ts";
import { correctPoints } from "../../src/flows/correct-points.ts";
import { earnPoints } from "../../src/flows/earn-points.ts";
import { activatePoints, expirePoints } from "../../src/flows/expire-points.ts";
import { capturePoints, holdPoints, releasePoints } from "../../src/flows/hold-points.ts";
import type { House } from "../../src/flows/index.ts";
import { auditPoints, pointsTurnover } from "../../src/flows/report-points.ts";
import { returnPoints } from "../../src/flows/return-points.ts";
import { transferPoints } from "../../src/flows/transfer-points.ts";
import { type Database, DatabaseUnavailable, type Tx } from "../../src/storage/index.ts";
import { dice } from "./dice.ts";

const START = 1_763_712_000_000;
const DAY = 86_400_000;

/** How large the bank is. */
export interface BankPlan {
  readonly accounts: number;
  readonly writers: number;
  readonly readers: number;
  readonly operations: number;
  readonly seed: number;
  /** The transaction as writers get it: mutants replace it. */
  readonly asked?: (tx: Tx) => Tx;
}

/** What was seen. */
export interface BankReport {
  /** Operations that were done, or failed on purpose. */
  readonly operations: number;
  /** What the database did not take because it was busy: operations, jobs and looks of readers. Nothing of it has happened. */
  readonly refused: number;
  readonly looks: number;
  /** One sentence each. */
  readonly violations: readonly string[];
}

/** A fault in the middle of a transaction: all of it must be undone. */
class Fault extends Error {}

/** Runs the bank and tells what was odd. */
export async function runBank(database: Database, plan: BankPlan): Promise<BankReport> {
  const bank = new Bank(database, plan);
  await bank.open();
  await bank.work();
  await bank.close();
  const { done, refused, looks, violations } = bank;
  return { operations: done, refused, looks, violations };
}

type Sum = "issued" | "takenBack" | "redeemed" | "returned" | "correctedUp" | "correctedDown";

class Bank {
  done = 0;
  refused = 0;
  looks = 0;
  readonly violations: string[] = [];
  readonly #database: Database;
  readonly #plan: BankPlan;
  readonly #roll: (limit: number) => number;
  readonly #house: House;
  readonly #asked: (tx: Tx) => Tx;
  /** How often each order's hold ended, as acknowledged. */
  readonly #ends = new Map<string, string[]>();
  /** Acknowledged points by what happened to them. */
  readonly #sums: Record<Sum, number> = {
    issued: 0,
    takenBack: 0,
    redeemed: 0,
    returned: 0,
    correctedUp: 0,
    correctedDown: 0,
  };
  #days = 0;
  #ids = 0;
  #begun = 0;
  #isOver = false;

  constructor(database: Database, plan: BankPlan) {
    this.#database = database;
    this.#plan = plan;
    this.#roll = dice(plan.seed);
    this.#asked = plan.asked ?? ((tx) => tx);
    this.#house = {
      database,
      now: () => this.#now(),
      newId: () => `${plan.seed}-${String(++this.#ids).padStart(12, "0")}`,
      alarm: () => undefined,
    };
  }

  #now(): Instant {
    return instant(START + this.#days * DAY);
  }

  /** Everybody has some points, of lots that end at different times. */
  async open(): Promise<void> {
    // One after another: corrections of one operator wait for each other, and eight that wait meet the lock's time-out.
    for (let next = 0; next < this.#plan.accounts; next += 1) {
      const opens = () =>
        this.#transact(async (tx) => {
          for (const days of [3, 6, 400]) await this.#correct(tx, `a-${next}`, 30, days);
        });
      while (!(await this.#isTaken("an opening", opens)));
      this.#sums.correctedUp += 90;
    }
  }

  async work(): Promise<void> {
    const writers = Promise.all(Array.from({ length: this.#plan.writers }, () => this.#write()));
    const readers = Array.from({ length: this.#plan.readers }, () => this.#read());
    await writers.finally(() => {
      this.#isOver = true;
    });
    await Promise.all(readers);
  }

  async #write(): Promise<void> {
    while (this.done < this.#plan.operations && this.violations.length < 20) {
      this.#begun += 1;
      if (this.#begun % 200 === 0) await this.#tick();
      if (await this.#isTaken("an operation", () => this.#operate())) this.done += 1;
    }
  }

  /** False where the database was too busy: then nothing has happened, and that is counted and no violation. */
  async #isTaken(what: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
    } catch (error) {
      if (error instanceof DatabaseUnavailable) {
        this.refused += 1;
        // A database that refuses as much as it takes is not busy but gone.
        if (this.refused > this.#plan.operations) this.violations.push("the database refused too much");
        return this.violations.length >= 20;
      }
      if (!(error instanceof Fault)) this.violations.push(`${what} failed: ${(error as Error).message}`);
    }
    return true;
  }

  /** The jobs of two instances at once, on a clock that now and then goes back. */
  async #tick(): Promise<void> {
    this.#days += this.#roll(4) === 0 ? -0.5 : 0.5;
    await Promise.all(
      [activatePoints, expirePoints, expirePoints].map((job) =>
        this.#isTaken("a job", () => job(this.#house)),
      ),
    );
  }

  async #operate(): Promise<void> {
    const roll = this.#roll;
    // A few orders at a time, so that many hands are on each.
    const number = Math.floor(this.#begun / 40) * 10 + roll(30);
    const [orderId, customerId] = [`order-${number}`, `a-${(number * 7) % this.#plan.accounts}`];
    const [at, amount, kind, isFaulty] = [this.#now(), 1 + roll(25), roll(20), roll(20) === 0];
    const effect = await this.#transact(async (tx) => {
      const done = await this.#choose(tx, kind, { orderId, customerId, amount, at });
      if (isFaulty) throw new Fault("in the middle");
      return done;
    });
    effect();
  }

  /** Does one thing; gives what to note once it is acknowledged. */
  async #choose(
    tx: Tx,
    kind: number,
    what: { orderId: string; customerId: string; amount: number; at: Instant },
  ): Promise<() => void> {
    const { orderId, customerId, amount, at } = what;
    const [house, sums, roll] = [this.#house, this.#sums, this.#roll];
    const terms: LoyaltyTerms = { ...DEFAULT_TERMS, restoreExpiredDays: roll(2) };
    if (kind < 6) {
      const request = { orderId, customerId, amount: points(amount), at, releaseAt: instant(at + DAY) };
      await holdPoints(tx, house, request);
      return () => undefined;
    }
    if (kind < 11) {
      const isCapture = kind < 9;
      const ended = isCapture
        ? await capturePoints(tx, house, { orderId, at })
        : await releasePoints(tx, house, { orderId, at, terms });
      return () => {
        if (ended.kind !== "done") return;
        this.#ends.set(orderId, [...(this.#ends.get(orderId) ?? []), isCapture ? "capture" : "release"]);
        if (isCapture) sums.redeemed += ended.amount;
      };
    }
    if (kind < 14) {
      const times = { activeFrom: instant(at + roll(2) * DAY), expiresAt: instant(at + (2 + roll(4)) * DAY) };
      const earned = await earnPoints(tx, house, {
        orderId,
        customerId,
        amount: points(amount),
        ...times,
        at,
      });
      return () => {
        if (earned.kind === "earned") sums.issued += earned.amount;
      };
    }
    if (kind < 17) {
      const [returnId, earnedBack] = [`r-${roll(3)}`, points(roll(10))];
      const back = await returnPoints(tx, house, {
        orderId,
        returnId,
        spentBack: points(amount),
        earnedBack,
        at,
        terms,
      });
      // Looked at under the lock that the return has taken.
      const isSpent = await isCaptured(tx, orderId);
      return () => {
        if (back.isRepeat) return;
        if (isSpent) sums.returned += back.restored + back.lost;
        sums.takenBack += back.takenBack;
      };
    }
    if (kind === 17) {
      const to = `a-${roll(this.#plan.accounts)}`;
      if (to !== customerId) await transferPoints(tx, house, { from: customerId, to, at });
      return () => undefined;
    }
    const signed = kind === 18 ? amount : -amount;
    const isDone = await this.#correct(tx, customerId, signed, 2 + roll(9));
    return () => {
      if (isDone && signed > 0) sums.correctedUp += signed;
      if (isDone && signed < 0) sums.correctedDown -= signed;
    };
  }

  async #correct(tx: Tx, customerId: string, amount: number, days: number): Promise<boolean> {
    const at = this.#now();
    const wish = { customerId, amount, reason: "bank", key: this.#house.newId(), at };
    const limits = { mostPoints: 1000, mostPerDay: Number.MAX_SAFE_INTEGER };
    const more = { actor: `w-${this.#roll(50)}`, expiresAt: instant(at + days * DAY), limits };
    return (await correctPoints(tx, this.#house, { ...wish, ...more })).kind === "corrected";
  }

  #transact<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.#database.transaction((tx) => work(this.#asked(tx)));
  }

  /** Looks again and again: sums are 0 and nobody is below it, at any moment. */
  async #read(): Promise<void> {
    while (!this.#isOver) {
      await this.#isTaken("a look", () => this.#look());
      await new Promise((next) => setImmediate(next));
    }
  }

  async #look(): Promise<void> {
    const [seen] = await this.#database.read((tx) =>
      tx.rows<{ sum: number; book: number; below: number }>(
        `select (select coalesce(sum(amount), 0) from points_entry) as sum,
             (select coalesce(sum(pending + available + held), 0) from points_account)
               - (select coalesce(sum(amount), 0) from points_entry where customer_id is not null) as book,
             (select count(*) from points_account where pending < 0 or available < 0 or held < 0)
               + (select count(*) from points_lot where pending < 0 or available < 0 or held < 0) as below`,
      ),
    );
    this.looks += 1;
    if (seen?.sum !== 0 || seen.book !== 0 || seen.below !== 0)
      this.violations.push(`a reader saw ${JSON.stringify(seen)}`);
  }

  /** In the end: no hold ended twice, what was acknowledged is what was posted, entries make the balances. */
  async close(): Promise<void> {
    for (const [orderId, ends] of this.#ends)
      if (ends.length > 1) this.violations.push(`the hold of ${orderId} ended by ${ends.join(" and ")}`);
    const [turnover] = await pointsTurnover(this.#house, [
      instant(START - 99 * DAY),
      instant(START + 999 * DAY),
    ]);
    for (const [name, sum] of Object.entries(this.#sums)) {
      const posted = turnover?.[name as Sum];
      if (posted !== sum) this.violations.push(`${name}: ${sum} was acknowledged, ${posted} was posted`);
    }
    const audit = await auditPoints(this.#house);
    if (audit.sum !== 0) this.violations.push(`the sum is ${audit.sum}`);
    this.violations.push(...audit.differences);
  }
}

/** Was the order's hold spent? What comes back of it then comes from the redeemed. */
async function isCaptured(tx: Tx, orderId: string): Promise<boolean> {
  const rows = await tx.rows("select 1 as one from points_hold where order_id = ? and state = 'captured'", [
    orderId,
  ]);
  return rows.length > 0;
}
