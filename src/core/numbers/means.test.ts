// Means, net stars, the network's pull, windows and weights against values computed by hand.
import { describe, expect, test } from "vitest";
import { randomOf, starsOf } from "../../../test/support/star-draws.ts";
import {
  countOf,
  lastStars,
  lowShare,
  meanChange,
  meanInterval,
  meanOf,
  NO_STARS,
  netStars,
  networkOf,
  plainMean,
  type Stars,
  satisfiedShare,
  shrunkMean,
  shrunkShares,
  varianceOf,
  weightedLow,
  windowStars,
} from "./index.ts";

/** Mean 4.44. */
const USUAL: Stars = [6, 3, 5, 13, 73];

test("mean and variance are those of the single ratings", () => {
  const single = [1, 1, 2, 4, 5, 5, 5];
  const stars: Stars = [2, 1, 0, 1, 3];
  const mean = single.reduce((sum, value) => sum + value, 0) / 7;
  expect(plainMean(stars)).toBeCloseTo(mean, 12);
  expect(varianceOf(stars)).toBeCloseTo(single.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 6, 12);
  expect(varianceOf([0, 0, 0, 0, 1])).toBe(0);
});

test("the mean's interval is Student's: 25 ones and 25 fives, 3 ± 2.0096 · 2.0203 / √50", () => {
  const { low, high } = meanInterval([25, 0, 0, 0, 25]);
  expect(low).toBeCloseTo(3 - 0.5742, 3);
  expect(high).toBeCloseTo(3 + 0.5742, 3);
  expect(meanInterval([0, 0, 0, 1, 29]).high).toBe(5);
});

test("below thirty ratings the mean is drawn to the network's; without a network there is none", () => {
  const network = { stars: USUAL, weight: 10 };
  expect(shrunkMean([0, 0, 0, 0, 3], network)).toBeCloseTo(4.569, 3);
  expect(meanOf([0, 0, 0, 0, 3], network)).toMatchObject({ kind: "shrunk", of: 3 });
  expect(meanOf([0, 0, 0, 0, 3], null)).toEqual({ kind: "not_enough", of: 3 });
  expect(meanOf(NO_STARS, network)).toEqual({ kind: "not_enough", of: 0 });
  expect(shrunkMean(NO_STARS, network)).toBeCloseTo(4.44, 12);
  expect(meanOf(USUAL, network)).toMatchObject({ kind: "mean", of: 100, mean: 4.44 });
});

test("shrunk shares sum to one, and their mean is the shrunk mean", () => {
  const network = { stars: USUAL, weight: 10 };
  const shares = shrunkShares([1, 0, 0, 0, 2], network);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(plainMean(shares)).toBeCloseTo(shrunkMean([1, 0, 0, 0, 2], network), 12);
});

describe("the network's weight", () => {
  test("is variance within over variance between, by hand: two branches of 4, means 2 and 4", () => {
    // Variance within 4/3; spread 8; between (8 - 4/3) / (8 - 32/8) = 5/3; their ratio 0.8 is held at 5.
    expect(
      networkOf([
        [2, 0, 2, 0, 0],
        [0, 0, 2, 0, 2],
      ]).weight,
    ).toBe(5);
  });
  test("recovers what the branches were drawn with", () => {
    const random = randomOf(5);
    // Low shares of branches spread by ±6 points: within 1.2 to 1.4, between about 0.012 of the mean's variance.
    const branches = Array.from({ length: 400 }, () => {
      const low = 0.03 + 0.12 * random();
      return starsOf(random, 400, [low, 0, 0, 0, 1 - low]);
    });
    // mean = 5 - 4 low: between = 16 · 0.12² / 12 = 0.0192; within = 16 · E[low (1 - low)] ≈ 16 · 0.0807 = 1.291.
    const { weight } = networkOf(branches);
    expect(weight).toBeGreaterThan(60);
    expect(weight).toBeLessThan(75);
  });
  test("is the most where branches do not differ, and where there is one or nothing", () => {
    expect(networkOf([USUAL, USUAL, NO_STARS]).weight).toBe(100);
    expect(networkOf([USUAL]).weight).toBe(100);
    expect(
      networkOf([
        [1, 0, 0, 0, 0],
        [0, 0, 0, 0, 1],
      ]).weight,
    ).toBe(100);
  });
});

test("three stars are neither low nor satisfied", () => {
  expect(lowShare([0, 0, 400, 0, 0])).toMatchObject({ count: 0, of: 400 });
  expect(satisfiedShare([0, 0, 400, 0, 0])).toMatchObject({ count: 0, of: 400 });
});

test("net stars are fives less one to three, with the interval of that mean", () => {
  const net = netStars(USUAL);
  expect(net).toMatchObject({ kind: "net", of: 100 });
  if (net.kind !== "net") return;
  expect(net.net).toBeCloseTo(0.59, 12);
  expect(net.interval.high - net.net).toBeCloseTo(1.96 * Math.sqrt((0.87 - 0.59 ** 2) / 100), 4);
  expect(netStars([0, 0, 0, 0, 29])).toEqual({ kind: "not_enough", of: 29 });
});

describe("a change of means", () => {
  test("of a few hundredths over two hundred ratings is luck", () => {
    expect(meanChange([12, 6, 10, 26, 146], [12, 6, 10, 29, 143])).toMatchObject({ kind: "no_clear_change" });
  });
  test("of half a star is not; under thirty nothing is said", () => {
    expect(meanChange([12, 6, 10, 26, 146], [40, 20, 10, 26, 104])).toMatchObject({
      kind: "changed",
      direction: "down",
    });
    expect(meanChange([0, 0, 0, 0, 29], USUAL)).toEqual({ kind: "not_enough" });
    expect(meanChange(USUAL, [9, 0, 0, 0, 0])).toEqual({ kind: "not_enough" });
  });
});

describe("windows", () => {
  const days = [
    { day: 20261031, stars: [100, 0, 0, 0, 300] as Stars },
    { day: 20261101, stars: [1, 0, 0, 0, 0] as Stars },
    { day: 20261107, stars: [0, 0, 0, 0, 2] as Stars },
    { day: 20261108, stars: [0, 1, 0, 0, 0] as Stars },
  ];
  test("hold their days, the last included", () => {
    expect(windowStars(days, 20261107, 7)).toEqual([1, 0, 0, 0, 2]);
    expect(windowStars(days, 20261107, 8)).toEqual([101, 0, 0, 0, 302]);
  });
  test("the last two hundred take of the oldest day its proportions, and lose nothing", () => {
    const last = lastStars(days, 20261107);
    expect(countOf(last)).toBe(200);
    expect(last).toEqual([50, 0, 0, 0, 150]);
    expect(countOf(lastStars(days, 20261101, 4))).toBe(4);
    expect(lastStars(days, 20261108, 4)).toEqual([1, 1, 0, 0, 2]);
    expect(lastStars(days, 20261030)).toEqual(NO_STARS);
  });
  test("weights halve with age, and what is effectively there goes into the interval", () => {
    const even = weightedLow([{ day: 20261101, stars: [20, 0, 0, 0, 180] }], 20261101);
    expect(even).toMatchObject({ kind: "share", share: 0.1 });
    const old = weightedLow(
      [
        { day: 20261002, stars: [20, 0, 0, 0, 180] },
        { day: 20261101, stars: [0, 0, 0, 0, 200] },
        { day: 20261109, stars: [200, 0, 0, 0, 0] },
      ],
      20261101,
    );
    // Weights 1/2 and 1: low 10 of 300; effective 300² / (200/4 + 200) = 360.
    expect(old).toMatchObject({ kind: "share" });
    expect(old.kind === "share" && old.share).toBeCloseTo(10 / 300, 12);
    expect(old.effective).toBeCloseTo(360, 9);
    expect(weightedLow([], 20261101)).toEqual({ kind: "not_enough", effective: 0 });
    expect(weightedLow([{ day: 20261101, stars: [2, 0, 0, 0, 3] }], 20261101)).toEqual({
      kind: "not_enough",
      effective: 5,
    });
  });
});
