// What a programme would have cost, against a model in which every point is a thing of its own; and the laws of the sums.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../basics/index.ts";
import { minor } from "../money/index.ts";
import { type SimulatedOrder, type SimulatedTerms, simulateProgramme } from "./index.ts";

const DAY = 86_400_000;
const RUNS = Number(process.env["PRILAVOK_PROPERTY_RUNS"] ?? 10_000);

const share = fc.integer({ min: 0, max: 10_000 });

const anyTerms: fc.Arbitrary<SimulatedTerms> = fc.record({
  earnBps: share,
  earnBpsByTier: fc.constantFrom({}, { gold: 1500 }, { gold: 0, silver: 700 }),
  earnNetOfPoints: fc.boolean(),
  lineSpendBps: share,
  orderSpendBps: share,
  minimumOrderMinor: fc.constantFrom(0, 300, 900),
  lowestUnitPriceMinor: fc.constantFrom(0, 1, 100),
  pointValueMinor: fc.constantFrom(1, 10, 33),
  pendingDays: fc.integer({ min: 0, max: 4 }),
  expiryDays: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
  holdHours: fc.constant(1),
  restoreExpiredDays: fc.constant(0),
  clawBack: fc.constant("balance" as const),
});

const anyOrders: fc.Arbitrary<readonly SimulatedOrder[]> = fc
  .array(
    fc.record({
      customerId: fc.constantFrom("one", "two"),
      tier: fc.constantFrom(null, "gold", "silver", "hasOwnProperty"),
      at: fc.integer({ min: 0, max: 20 * DAY }).map(instant),
      lines: fc.array(
        fc.record({
          total: fc.integer({ min: 0, max: 600 }).map(minor),
          units: fc.integer({ min: 0, max: 4 }),
        }),
        { maxLength: 4 },
      ),
    }),
    { maxLength: 8 },
  )
  .map((orders) => orders.sort((left, right) => left.at - right.at));

/** One point. */
interface PlainPoint {
  readonly owner: string;
  readonly from: number;
  readonly until: number;
  isSpent: boolean;
}

const part = (amount: number, bps: number): number => Number((BigInt(amount) * BigInt(bps)) / 10_000n);

/** Shares of `amount` by weight: floors, then one each to the largest remainders, the first first. */
function shares(amount: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const floors = weights.map((weight) => Number((BigInt(amount) * BigInt(weight)) / BigInt(sum)));
  const rests = weights.map((weight, index) => ({
    index,
    rest: (BigInt(amount) * BigInt(weight)) % BigInt(sum),
  }));
  rests.sort((left, right) =>
    left.rest === right.rest ? left.index - right.index : left.rest > right.rest ? -1 : 1,
  );
  let left = amount - floors.reduce((all, one) => all + one, 0);
  for (const { index } of rests) {
    if (left === 0) break;
    floors[index] = (floors[index] as number) + 1;
    left -= 1;
  }
  return floors;
}

/** The same, point by point. */
function slowly(orders: readonly SimulatedOrder[], terms: SimulatedTerms, until: number) {
  const all: PlainPoint[] = [];
  for (const { customerId, tier, at, lines } of orders) {
    const may = lines.map(({ total, units }) => {
      const most = Math.min(part(total, terms.lineSpendBps), total - units * terms.lowestUnitPriceMinor);
      return most <= 0 ? 0 : Math.floor(most / terms.pointValueMinor);
    });
    const total = lines.reduce((sum, line) => sum + line.total, 0);
    const cap = Math.floor(part(total, terms.orderSpendBps) / terms.pointValueMinor);
    const most =
      total < terms.minimumOrderMinor
        ? 0
        : Math.min(
            cap,
            may.reduce((sum, one) => sum + one, 0),
          );
    const usable = all
      .filter((point) => point.owner === customerId && !point.isSpent && point.from <= at && point.until > at)
      .sort((left, right) => left.until - right.until || left.from - right.from)
      .slice(0, most);
    for (const point of usable) point.isSpent = true;
    const paying = terms.earnNetOfPoints ? shares(usable.length, may) : may.map(() => 0);
    const rates = new Map(Object.entries(terms.earnBpsByTier));
    const bps = (tier === null ? undefined : rates.get(tier)) ?? terms.earnBps;
    const from = at + terms.pendingDays * DAY;
    const end = terms.expiryDays === null ? Number.POSITIVE_INFINITY : from + terms.expiryDays * DAY;
    for (const [index, line] of lines.entries()) {
      const base = line.total - (paying[index] as number) * terms.pointValueMinor;
      for (let count = Math.floor(part(base, bps) / terms.pointValueMinor); count > 0; count -= 1)
        all.push({ owner: customerId, from, until: end, isSpent: false });
    }
  }
  const count = (test: (point: PlainPoint) => boolean): number => all.filter(test).length;
  return {
    earned: all.length,
    spent: count(({ isSpent }) => isSpent),
    ended: count((point) => !point.isSpent && point.until <= until),
    owed: count((point) => !point.isSpent && point.until > until),
  };
}

describe("what a programme would have cost", () => {
  test("is what the model of single points says", () => {
    fc.assert(
      fc.property(
        anyOrders,
        anyTerms,
        fc.integer({ min: 20 * DAY, max: 40 * DAY }),
        (orders, terms, until) => {
          const cost = simulateProgramme(orders, terms, instant(until));
          expect(cost).toMatchObject(slowly(orders, terms, until));
          expect(cost.earned).toBe(cost.spent + cost.ended + cost.owed);
          expect(cost.spentMinor).toBe(cost.spent * terms.pointValueMinor);
          expect(cost.owedMinor).toBe(cost.owed * terms.pointValueMinor);
          expect(cost.earnedMinor).toBe(cost.earned * terms.pointValueMinor);
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("a model that forgets that points end is told apart", () => {
    const terms = fc.sample(anyTerms, { numRuns: 1, seed: 1 })[0] as SimulatedTerms;
    const short = { ...terms, earnBps: 1000, pointValueMinor: 1, pendingDays: 0, expiryDays: 1 };
    const lines = [{ total: minor(1000), units: 1 }];
    const orders = [{ customerId: "one", tier: null, at: instant(0), lines }];
    const until = instant(2 * DAY);
    expect(slowly(orders, short, until)).toMatchObject({ earned: 100, ended: 100 });
    expect(simulateProgramme(orders, { ...short, expiryDays: null }, until)).toMatchObject({
      ended: 0,
      owed: 100,
    });
  });
});
