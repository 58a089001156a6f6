// Random lives of points: the same steps for the plain model and the real ledger, compared after each.
import assert from "node:assert/strict";
import fc from "fast-check";
import { instant } from "../../src/core/basics/index.ts";
import { DEFAULT_TERMS, type LoyaltyTerms } from "../../src/core/loyalty/index.ts";
import { points } from "../../src/core/money/index.ts";
import { correctPoints } from "../../src/flows/correct-points.ts";
import { earnPoints } from "../../src/flows/earn-points.ts";
import { activatePoints, expirePoints, releaseStaleHolds } from "../../src/flows/expire-points.ts";
import { capturePoints, holdPoints, releasePoints } from "../../src/flows/hold-points.ts";
import type { House } from "../../src/flows/index.ts";
import { returnPoints } from "../../src/flows/return-points.ts";
import { setPoints, undoSetPoints } from "../../src/flows/set-points.ts";
import { transferPoints } from "../../src/flows/transfer-points.ts";
import { balanceOf, type Database, rebuildBalances, type Tx } from "../../src/storage/index.ts";
import { PlainLedger } from "./ledger-model.ts";

const START = 1_763_712_000_000;
const DAY = 86_400_000;
const CUSTOMERS = 5;

/** One step; which of its values matter depends on what is done. */
export interface Step {
  readonly what:
    | "hold"
    | "capture"
    | "release"
    | "earn"
    | "return"
    | "set"
    | "undo"
    | "correct"
    | "transfer"
    | "tick"
    | "wait";
  readonly order: number;
  readonly other: number;
  readonly amount: number;
  readonly key: number;
  readonly days: number;
  readonly terms: LoyaltyTerms;
}

const what = fc.oneof(
  ...(
    [
      [6, "hold"],
      [4, "capture"],
      [3, "release"],
      [4, "earn"],
      [5, "return"],
      [4, "set"],
      [1, "undo"],
      [3, "correct"],
      [1, "transfer"],
      [2, "tick"],
      [4, "wait"],
    ] as const
  ).map(([weight, arbitrary]) => ({ weight, arbitrary: fc.constant(arbitrary) })),
);

/** Steps; orders, keys and customers are few, so that they meet again. */
export const steps: fc.Arbitrary<Step> = fc.record({
  what,
  order: fc.nat(11),
  other: fc.nat(CUSTOMERS - 1),
  amount: fc.integer({ min: 1, max: 20 }),
  key: fc.nat(7),
  // Also back: a clock that was set wrong is set right some day.
  days: fc.constantFrom(-2, -0.5, 0.5, 1, 1, 2, 3, 8),
  terms: fc
    .record({
      restoreExpiredDays: fc.constantFrom(0, 0, 2),
      clawBack: fc.constantFrom("none", "lot", "balance"),
    })
    .map((terms) => ({ ...DEFAULT_TERMS, ...terms }) as LoyaltyTerms),
});

/** One life: a model and a ledger that are told the same. */
export class Life {
  readonly model = new PlainLedger();
  readonly #tx: Tx;
  readonly #house: House;
  readonly #merged = new Map<number, number>();
  #now = START;
  #ids = 0;

  constructor(tx: Tx) {
    this.#tx = tx;
    // Jobs open transactions of their own: here they are steps of the one that is rolled back in the end.
    const inside = (work: (asked: Tx) => Promise<unknown>) => work(tx);
    this.#house = {
      database: { engine: tx.engine, transaction: inside, read: inside } as unknown as Database,
      now: () => instant(this.#now),
      newId: () => `id-${String(++this.#ids).padStart(9, "0")}`,
      alarm: () => undefined,
    };
  }

  /** Does the step on both sides; throws AssertionError where they differ. */
  async take(step: Step): Promise<void> {
    const [said, heard] = [this.#plain(step), await this.#real(step)];
    const compared = Object.fromEntries(Object.keys(said).map((key) => [key, heard[key]]));
    assert.deepEqual(compared, said, `${step.what} is answered otherwise`);
    await this.#compareBooks(this.#customer(step));
  }

  async #compareBooks(touched: string): Promise<void> {
    const rows = await this.#tx.rows<{
      customer_id: string;
      pending: number;
      available: number;
      held: number;
    }>("select customer_id, pending, available, held from points_account");
    for (const { customer_id: id, ...book } of rows) {
      const count = (state: "pending" | "available" | "held"): number => this.model.of(id, state).length;
      const plain = { pending: count("pending"), available: count("available"), held: count("held") };
      assert.deepEqual({ ...book }, plain, `the book of ${id} differs`);
    }
    const at = instant(this.#now);
    assert.equal(
      await balanceOf(this.#tx, touched, at),
      this.model.balance(touched, at),
      "the balance differs",
    );
  }

  /** What must hold in the end: balances at any instant, sums of 0, entries that make the balances. */
  async end(): Promise<void> {
    for (let customer = 0; customer < CUSTOMERS; customer += 1) {
      for (const days of [-3, -1, 0, 1, 2, 5, 40]) {
        const at = instant(this.#now + days * DAY);
        const name = `c-${customer}`;
        assert.equal(await balanceOf(this.#tx, name, at), this.model.balance(name, at), "a balance differs");
      }
    }
    const { sum, differences } = await rebuildBalances(this.#tx);
    assert.deepEqual({ sum, differences }, { sum: 0, differences: [] });
  }

  #customer({ order }: Step): string {
    let customer = order % CUSTOMERS;
    while (this.#merged.has(customer)) customer = this.#merged.get(customer) as number;
    return `c-${customer}`;
  }

  #times({ days, key }: Step): { at: number; activeFrom: number; endsAt: number } {
    const activeFrom = this.#now + Math.max(0, days) * DAY;
    return {
      at: this.#now,
      activeFrom,
      endsAt: key === 0 ? Number.POSITIVE_INFINITY : activeFrom + key * DAY,
    };
  }

  #plain(step: Step): Readonly<Record<string, unknown>> {
    const { model } = this;
    const { amount, terms, key } = step;
    const [order, owner, at] = [`o-${step.order}`, this.#customer(step), this.#now];
    const answer = (): object => {
      switch (step.what) {
        case "hold":
          return model.hold(order, owner, amount, at, at + 5 * DAY);
        case "capture":
          return model.capture(order, at);
        case "release":
          return model.release(order, at, terms, key === 0);
        case "earn":
          return model.earn(order, owner, amount, this.#times(step));
        case "return":
          return model.giveBack(order, `r-${key}`, amount, step.other * 4, at, terms);
        case "set":
          return model.set(owner, amount, `k-${key}-${step.other}`, at, this.#end(step));
        case "undo":
          return model.undo(`k-${key}-${step.other}`, at);
        case "correct":
          return model.correct(owner, this.#signed(step), `k-${key}-${step.order}`, at, this.#end(step));
        case "transfer":
          return this.#isMerge(step) ? model.transfer(owner, `c-${step.other}`) : {};
        case "tick":
          model.tick(at, terms);
          return {};
        case "wait":
          return {};
      }
    };
    return answer() as Readonly<Record<string, unknown>>;
  }

  #end({ key }: Step): number {
    return key % 3 === 0 ? Number.POSITIVE_INFINITY : this.#now + (key % 3) * 2 * DAY;
  }

  #signed({ amount, key }: Step): number {
    return key % 2 === 0 ? amount : -amount;
  }

  #isMerge(step: Step): boolean {
    return this.#customer(step) !== `c-${step.other}` && !this.#merged.has(step.other);
  }

  async #real(step: Step): Promise<Readonly<Record<string, unknown>>> {
    const { terms, key } = step;
    const [tx, house, at] = [this.#tx, this.#house, instant(this.#now)];
    const [orderId, customerId, amount] = [`o-${step.order}`, this.#customer(step), points(step.amount)];
    const ending = (end: number) => (end === Number.POSITIVE_INFINITY ? null : instant(end));
    const answer = async (): Promise<object> => {
      switch (step.what) {
        case "hold": {
          const releaseAt = instant(at + 5 * DAY);
          return holdPoints(tx, house, { orderId, customerId, amount, at, releaseAt });
        }
        case "capture":
          return capturePoints(tx, house, { orderId, at });
        case "release":
          return releasePoints(tx, house, { orderId, at, terms, isLapse: key === 0 });
        case "earn": {
          const times = this.#times(step);
          const [activeFrom, expiresAt] = [instant(times.activeFrom), ending(times.endsAt)];
          return earnPoints(tx, house, { orderId, customerId, amount, activeFrom, expiresAt, at });
        }
        case "return": {
          const earnedBack = points(step.other * 4);
          return returnPoints(tx, house, {
            orderId,
            returnId: `r-${key}`,
            spentBack: amount,
            earnedBack,
            at,
            terms,
          });
        }
        case "set": {
          const told = { customerId, amount, at, key: `k-${key}-${step.other}` };
          return setPoints(tx, house, { ...told, expiresAt: ending(this.#end(step)) });
        }
        case "undo":
          return undoSetPoints(tx, house, { key: `k-${key}-${step.other}`, at });
        case "correct": {
          const wish = {
            customerId,
            amount: this.#signed(step),
            key: `k-${key}-${step.order}`,
            reason: "law",
          };
          const limits = { mostPoints: 1000, mostPerDay: 1000 };
          return correctPoints(tx, house, {
            ...wish,
            actor: "a",
            at,
            expiresAt: ending(this.#end(step)),
            limits,
          });
        }
        case "transfer": {
          if (!this.#isMerge(step)) return {};
          const moved = await transferPoints(tx, house, { from: customerId, to: `c-${step.other}`, at });
          this.#merged.set(Number(customerId.slice(2)), step.other);
          return moved;
        }
        case "tick":
          await activatePoints(house);
          await expirePoints(house);
          await releaseStaleHolds(house, terms);
          return {};
        case "wait":
          this.#now += step.days * DAY;
          return {};
      }
    };
    return (await answer()) as Readonly<Record<string, unknown>>;
  }
}
