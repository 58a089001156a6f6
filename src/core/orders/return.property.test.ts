// Refunds against a slow, plain model: a list of units, each with what it cost, some of them gone.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Minor, minor, points, quantity } from "../money/index.ts";
import type { Quote, QuoteLine, UnitGroup } from "../pricing/index.ts";
import { type FrozenLine, type FrozenOrder, freezeOrder, returnUnits, type TakenFirst } from "./index.ts";

const RUNS = Number(process.env["PRILAVOK_PROPERTY_RUNS"] ?? 2000);

interface AnyLine {
  readonly groups: readonly { readonly count: number; readonly price: number }[];
  readonly grams: number | null;
  readonly weighed: number;
  readonly may: number;
  readonly earn: number;
}

const anyLine: fc.Arbitrary<AnyLine> = fc.record({
  groups: fc.array(
    fc.record({ count: fc.integer({ min: 1, max: 7 }), price: fc.integer({ min: 0, max: 2000 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  grams: fc.option(fc.integer({ min: 1, max: 5000 }), { freq: 3 }),
  weighed: fc.integer({ min: 0, max: 100_000 }),
  may: fc.integer({ min: 0, max: 60 }),
  earn: fc.integer({ min: 0, max: 30 }),
});

const anyOrder = fc.record({
  lines: fc.array(anyLine, { minLength: 1, maxLength: 4 }),
  spending: fc.integer({ min: 0, max: 120 }),
  pointValue: fc.constantFrom(1, 50, 100, 300),
  returns: fc.array(
    fc.record({
      line: fc.nat(3),
      count: fc.integer({ min: 1, max: 6 }),
      first: fc.constantFrom<TakenFirst>("cheapest", "dearest"),
    }),
    { maxLength: 12 },
  ),
});

function quoteLine(line: AnyLine, index: number): QuoteLine {
  const groups: UnitGroup[] =
    line.grams === null
      ? line.groups.map(({ count, price }) => ({
          quantity: quantity(count * 1000),
          unitPrice: minor(price),
          total: minor(count * price),
        }))
      : [{ quantity: quantity(line.grams), unitPrice: minor(1), total: minor(line.weighed) }];
  const total = groups.reduce((all, group) => all + group.total, 0);
  return {
    lineIndex: index,
    offerId: `o-${index}`,
    name: null,
    price: minor(2000),
    quantity: quantity(groups.reduce((all, group) => all + group.quantity, 0)),
    gross: minor(total + 5),
    discount: minor(5),
    total: minor(total),
    giftUnits: 0,
    discounts: [{ promotionId: "p", amount: minor(5) }],
    unitGroups: groups,
    selected: true,
    isCounted: true,
    problem: null,
    notices: [],
    points: { maySpend: points(line.may), willEarn: points(line.earn) },
  };
}

function frozen({
  lines,
  spending,
  pointValue,
}: {
  lines: readonly AnyLine[];
  spending: number;
  pointValue: number;
}) {
  const quoted = lines.map(quoteLine);
  const willEarn = points(lines.reduce((all, line) => all + line.earn, 0));
  const quote = { lines: quoted, points: { willEarn } } as unknown as Quote;
  return freezeOrder(quote, {
    spending: points(spending),
    pointValue: minor(pointValue),
    isWeighed: (offerId) => lines[Number(offerId.slice(2))]?.grams !== null,
  });
}

const sumOf = <Item>(items: readonly Item[], read: (item: Item) => number): number =>
  items.reduce((all, item) => all + read(item), 0);

/** Every sum of parts is the whole, and no unit is paid with more than it costs. */
function expectFrozen(order: FrozenOrder, spending: number): void {
  expect(order.spent).toBeLessThanOrEqual(spending);
  expect([order.total, order.byPoints, order.spent, order.earned]).toEqual([
    sumOf(order.lines, (line) => line.total),
    sumOf(order.lines, (line) => line.byPoints),
    sumOf(order.lines, (line) => line.spent),
    sumOf(order.lines, (line) => line.earned),
  ]);
  for (const line of order.lines) {
    expect([line.total, line.byPoints, line.spent, line.earned]).toEqual([
      sumOf(line.runs, (run) => run.count * run.price),
      sumOf(line.runs, (run) => run.count * run.byPoints),
      sumOf(line.runs, (run) => run.count * run.spent),
      sumOf(line.runs, (run) => run.count * run.earned),
    ]);
    for (const run of line.runs) expect(run.byPoints).toBeLessThanOrEqual(run.price);
  }
}

type Returner = typeof returnUnits;

/** Returns what is asked and then all that is left; everything adds up at every step. */
function expectReturns(
  order: FrozenOrder,
  wishes: readonly { line: number; count: number; first: TakenFirst }[],
  give: Returner,
): void {
  const taken = order.lines.map((line) => line.runs.map(() => 0));
  const sums = order.lines.map(() => ({ value: 0, refund: 0, spent: 0, earned: 0, quantity: 0 }));
  const one = (index: number, count: number, first: TakenFirst): void => {
    const line = order.lines[index] as FrozenLine;
    const before = taken[index] as number[];
    const sum = sums[index] as (typeof sums)[number];
    const given = give(line, before, quantity(count), first);
    if (sum.quantity + count > line.quantity) {
      expect(given).toEqual({ kind: "refused", reason: "more_than_kept" });
      return;
    }
    expect(given.kind).toBe("returned");
    if (given.kind !== "returned") return;
    given.taken.forEach((share, run) => {
      before[run] = (before[run] ?? 0) + share;
    });
    expect(given.refund).toBeGreaterThanOrEqual(0);
    expect(given.refund).toBeLessThanOrEqual(given.value);
    // No unit gives back more than the dearest of the line cost; a weighed one not more than its share, rounded up.
    const dearest = line.isWeighed
      ? Math.ceil((line.total * count) / line.quantity) + 1
      : (count / 1000) * Math.max(...line.runs.map((run) => run.price));
    expect(given.value).toBeLessThanOrEqual(dearest);
    sum.value += given.value;
    sum.refund += given.refund;
    sum.spent += given.spentBack;
    sum.earned += given.earnedBack;
    sum.quantity += count;
    expect(sum.refund).toBeLessThanOrEqual(line.total - line.byPoints);
    if (!line.isWeighed) {
      const kept = sumOf(line.runs, (run) => run.count * run.price) - sum.value;
      expect(kept).toBe(
        sumOf(
          line.runs.map((run, at) => (run.count - (before[at] ?? 0)) * run.price),
          Number,
        ),
      );
    }
  };
  for (const wish of wishes) {
    const index = wish.line % order.lines.length;
    const isWeighed = (order.lines[index] as FrozenLine).isWeighed;
    one(index, isWeighed ? wish.count * 137 : wish.count * 1000, wish.first);
  }
  order.lines.forEach((line, index) => {
    const left = line.quantity - (sums[index] as { quantity: number }).quantity;
    if (left > 0) one(index, left, "cheapest");
    const { value, refund, spent, earned } = sums[index] as (typeof sums)[number];
    expect([value, refund, spent, earned]).toEqual([
      line.total,
      line.total - line.byPoints,
      line.spent,
      line.earned,
    ]);
  });
}

const law =
  (give: Returner) =>
  (any: Parameters<typeof frozen>[0] & { returns: Parameters<typeof expectReturns>[1] }): void => {
    const order = frozen(any);
    expectFrozen(order, any.spending);
    expectReturns(order, any.returns, give);
  };

function catches(give: Returner): boolean {
  return fc.check(fc.property(anyOrder, law(give)), { numRuns: 1000, seed: 20_261_122 }).failed;
}

describe("an order's units", () => {
  test("sum to the order, and refunds in any order of returns add up to what was paid", () => {
    fc.assert(fc.property(anyOrder, law(returnUnits)), { numRuns: RUNS });
  });

  test("the law catches refunds by the average price of a line", () => {
    const average: Returner = (line, before, count, first) => {
      const given = returnUnits(line, before, count, first);
      if (given.kind === "refused") return given;
      const value = minor(Math.round((line.total * count) / line.quantity));
      return { ...given, value, refund: value as Minor };
    };
    expect(catches(average)).toBe(true);
  });

  test("the law catches a return that forgets what came back before", () => {
    expect(catches((line, _before, count, first) => returnUnits(line, [], count, first))).toBe(true);
  });

  test("the law catches shares of weight that are rounded one by one", () => {
    const rounded: Returner = (line, before, count, first) => {
      const given = returnUnits(line, before, count, first);
      if (given.kind === "refused" || !line.isWeighed) return given;
      const share = (whole: number): number => Math.round((whole * count) / line.quantity);
      const refund = minor(share(line.total - line.byPoints));
      return { ...given, refund, value: minor(refund + share(line.byPoints)) };
    };
    expect(catches(rounded)).toBe(true);
  });
});
