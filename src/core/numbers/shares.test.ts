// Shares, intervals and changes against printed tables, brute force and hand counts.
import { describe, expect, test } from "vitest";
import { AssertionFailed } from "../basics/index.ts";
import {
  biasBound,
  binomialTail,
  changeOf,
  funnelLimits,
  isResponseShift,
  maturityLag,
  newcombe,
  poissonTail,
  ranksOf,
  responseOf,
  type Stars,
  shareOf,
  tQuantile95,
  wilson,
} from "./index.ts";
import { betaShare, gammaQuantile, gammaShare, logGamma, normalTails } from "./special.ts";

test.each([
  [1, 12.7062],
  [2, 4.3027],
  [5, 2.5706],
  [10, 2.2281],
  [29, 2.0452],
  [30, 2.0423],
  [60, 2.0003],
  [120, 1.9799],
  [1000, 1.9623],
])("Student's t with %i degrees is %f, as tables print it", (degrees, printed) => {
  expect(tQuantile95(degrees)).toBeCloseTo(printed, 4);
  expect(() => tQuantile95(0)).toThrow(AssertionFailed);
});

test("special functions have the values of their definitions", () => {
  expect(Math.exp(logGamma(7))).toBeCloseTo(720, 6);
  expect([betaShare(0, 2, 3), betaShare(1, 2, 3)]).toEqual([0, 1]);
  expect(betaShare(0.3, 2, 3)).toBeCloseTo(0.3483, 10);
  expect(betaShare(0.9, 2, 3)).toBeCloseTo(0.9963, 10);
  expect(gammaShare(3, 0)).toBe(0);
  expect(gammaShare(1, 2)).toBeCloseTo(1 - Math.exp(-2), 12);
  expect(gammaShare(1, 0.5)).toBeCloseTo(1 - Math.exp(-0.5), 12);
  expect(normalTails(1.96)).toBeCloseTo(0.05, 4);
  expect(gammaShare(5, gammaQuantile(0.025, 5))).toBeCloseTo(0.025, 10);
});

test("tails are the sums of their terms", () => {
  const choose = (of: number, count: number): number =>
    count === 0 ? 1 : (choose(of, count - 1) * (of - count + 1)) / count;
  let [binomial, poisson] = [0, 1];
  for (let count = 17; count <= 96; count += 1) {
    binomial += choose(96, count) * 0.09 ** count * 0.91 ** (96 - count);
  }
  expect(binomialTail(17, 96, 0.09)).toBeCloseTo(binomial, 12);
  for (let [count, term] = [0, Math.exp(-4)]; count < 9; count += 1, term *= 4 / count) poisson -= term;
  expect(poissonTail(9, 4)).toBeCloseTo(poisson, 12);
  expect([binomialTail(0, 9, 0.5), poissonTail(0, 3)]).toEqual([1, 1]);
});

test.each([
  [5, 5, 0.566, 1],
  [9, 10, 0.596, 0.982],
  [45, 50, 0.786, 0.957],
  [180, 200, 0.851, 0.934],
  [0, 5, 0, 0.4345],
  [0, 0, 0, 1],
])("Wilson: %i of %i lies in [%f, %f]", (count, of, low, high) => {
  const interval = wilson(count, of);
  expect(interval.low).toBeCloseTo(low, 3);
  expect(interval.high).toBeCloseTo(high, 3);
});

test("Wilson's ends are where the score test just gives way", () => {
  for (const [count, of] of [
    [3, 17],
    [40, 41],
    [5, 200],
  ] as const) {
    for (const end of Object.values(wilson(count, of))) {
      const score = Math.abs(count / of - end) / Math.sqrt((end * (1 - end)) / of);
      expect(score).toBeCloseTo(1.96, 4);
    }
  }
});

describe("a share", () => {
  test("is told from the width of 0.20 on: 36 ratings at nine tenths do not bear it, 37 do", () => {
    const width = (of: number): number => wilson(0.9 * of, of).high - wilson(0.9 * of, of).low;
    expect(width(36)).toBeGreaterThan(0.2);
    expect(width(37)).toBeLessThan(0.2);
    expect([shareOf(27, 30).kind, shareOf(36, 40).kind]).toEqual(["not_enough", "share"]);
    expect(shareOf(0, 0)).toEqual({ kind: "not_enough", count: 0, of: 0, interval: { low: 0, high: 1 } });
  });

  test("that is not told has no value that a screen could draw", () => {
    expect(shareOf(4, 5)).not.toHaveProperty("share");
  });
});

test("Newcombe: 56 of 70 against 48 of 80 differ by 0.2, in [0.0524, 0.3339]", () => {
  const { low, high } = newcombe({ count: 48, of: 80 }, { count: 56, of: 70 });
  expect(low).toBeCloseTo(0.0524, 4);
  expect(high).toBeCloseTo(0.3339, 4);
});

describe("a change of shares", () => {
  test("is told with its direction when its interval excludes none", () => {
    expect(changeOf(shareOf(90, 1000), shareOf(180, 1000))).toMatchObject({
      kind: "changed",
      direction: "up",
    });
    expect(changeOf(shareOf(180, 1000), shareOf(90, 1000))).toMatchObject({ direction: "down" });
  });
  test("is not clear when luck may have made it, and none without enough on both sides", () => {
    expect(changeOf(shareOf(90, 1000), shareOf(95, 1000))).toMatchObject({ kind: "no_clear_change" });
    expect(changeOf(shareOf(1, 5), shareOf(500, 1000))).toEqual({ kind: "not_enough" });
    expect(changeOf(shareOf(500, 1000), shareOf(1, 5))).toEqual({ kind: "not_enough" });
  });
});

describe("ranks", () => {
  const small: Stars = [2, 0, 0, 0, 3];
  const bad: Stars = [50, 20, 10, 20, 200];
  const good: Stars = [5, 5, 10, 80, 200];

  test("small branches get none, though their raw share is the worst", () => {
    expect(ranksOf([small, bad, good], "attention").map((rank) => "place" in rank && rank.place)).toEqual([
      false,
      1,
      2,
    ]);
  });
  test("the best has the highest lower bound of satisfied", () => {
    expect(ranksOf([small, bad, good], "best")).toMatchObject([
      { kind: "not_enough" },
      { place: 2 },
      { place: 1 },
    ]);
  });
  test("limits of luck narrow with size and hold the network's share", () => {
    const few = funnelLimits(0.09, 50);
    const many = funnelLimits(0.09, 5000);
    expect(few.high95).toBeGreaterThan(many.high95);
    expect(few.high998).toBeGreaterThan(few.high95);
    expect(many.low998).toBeLessThan(many.low95);
    expect(many.low95).toBeLessThan(0.09);
  });
});

describe("the response rate", () => {
  test("a change is worth a warning beyond five points, and only where luck does not make it", () => {
    const shift = (before: [number, number], after: [number, number]) =>
      isResponseShift(changeOf(shareOf(...before), shareOf(...after)));
    expect(shift([300, 1000], [360, 1000])).toBe(true);
    expect(shift([360, 1000], [300, 1000])).toBe(true);
    // Clear, but small; large, but luck; too few to speak of.
    expect(shift([30_000, 100_000], [34_000, 100_000])).toBe(false);
    expect(shift([60, 200], [72, 200])).toBe(false);
    expect(shift([3, 10], [9, 10])).toBe(false);
  });

  const days = [
    { day: 20261101, asked: 700, answered: 250 },
    { day: 20261120, asked: 300, answered: 50 },
  ];
  test("is answered of asked over the same asks; young days are still arriving", () => {
    const response = responseOf(days, 7, 20261122);
    expect(response).toMatchObject({
      kind: "response",
      rate: { share: 0.3 },
      ripe: { count: 250, of: 700 },
      arrivingFrom: 20261116,
    });
    expect(responseOf(days, 2, 20261122)).toMatchObject({ arrivingFrom: null });
  });
  test("is not measurable where nobody was asked: neither nought nor all", () => {
    expect(responseOf([{ day: 20261101, asked: 0, answered: 0 }], 7, 20261122)).toEqual({
      kind: "not_measurable",
    });
  });
  test("ripens after the days in which 95 % of answers came", () => {
    const lags = Array.from({ length: 100 }, (_, index) => index * 3_600_000);
    expect(maturityLag(lags)).toBe(4);
    expect(maturityLag(lags.slice(0, 19))).toBe(7);
    expect(maturityLag(lags.map(() => 0))).toBe(1);
  });
  test.each([
    [0.1, 0.09, 0.99],
    [0.6, 0.54, 0.94],
  ])("of %f with nine tenths satisfied leaves all asked in [%f, %f]", (rate, low, high) => {
    expect(biasBound(rate, 0.9).low).toBeCloseTo(low, 12);
    expect(biasBound(rate, 0.9).high).toBeCloseTo(high, 12);
  });
});
