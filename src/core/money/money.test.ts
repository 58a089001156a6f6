// Money in examples: units of their own, decimals read exactly, rounding by name.
import { describe, expect, test } from "vitest";
import {
  add,
  allocate,
  allocateInto,
  bps,
  formatDecimal,
  grossHalfUp,
  isWhole,
  minor,
  multiplyRoundDown,
  multiplyRoundHalfUp,
  NO_POINTS,
  parseDecimal,
  percentDown,
  percentHalfUp,
  points,
  quantity,
  roundDown,
  roundHalfEven,
  roundHalfUp,
  subtract,
  toDecimalNumber,
  total,
  ZERO,
} from "./index.ts";

describe("units", () => {
  test("amounts are whole kopecks and never minus zero", () => {
    expect(Object.is(minor(-0), 0)).toBe(true);
    expect(() => minor(0.1)).toThrow();
    expect(() => minor(2 ** 53)).toThrow();
    expect(add(minor(5), minor(-7))).toBe(-2);
    expect(subtract(minor(5), minor(7))).toBe(-2);
    expect(total([minor(1), minor(2), ZERO])).toBe(3);
    expect(() => add(minor(Number.MAX_SAFE_INTEGER), minor(1))).toThrow();
  });

  test("points, quantities and percentages are whole and never negative", () => {
    expect([points(0), NO_POINTS]).toEqual([0, 0]);
    for (const make of [points, quantity, bps]) {
      expect(make(7)).toBe(7);
      expect(() => make(-1)).toThrow();
      expect(() => make(1.5)).toThrow();
    }
    expect([isWhole(quantity(3000)), isWhole(quantity(700))]).toEqual([true, false]);
  });

  test("a line of 0.7 kg at 749.90 costs 524.93", () => {
    expect(grossHalfUp(minor(74990), quantity(700))).toBe(52493);
  });

  test("percentages round as their names say", () => {
    expect(percentHalfUp(minor(5), bps(1000))).toBe(1);
    expect(percentDown(minor(5), bps(1000))).toBe(0);
  });
});

test("what contradicts itself is stopped and told in words", () => {
  const words: readonly (readonly [() => unknown, string])[] = [
    [() => minor(0.1), "money is a whole number of kopecks within 2^53"],
    [() => bps(-1), "a percentage is whole basis points of 0 or more"],
    [() => points(-1), "points are a whole number of 0 or more"],
    [() => quantity(-1), "a quantity is whole thousandths of 0 or more"],
    [() => roundDown(0.5, 1), "rounding divides safe integers"],
    [() => roundDown(1, 0.5), "rounding divides safe integers"],
    [() => roundDown(1, 0), "rounding divides by a positive number"],
    [() => multiplyRoundDown(2 ** 52, 5, 0), "rounding divides by a positive number"],
    [() => multiplyRoundDown(2 ** 52, 5, -1), "rounding divides by a positive number"],
    [() => multiplyRoundDown(2 ** 52, 5, 1), "a rounded amount stays within 2^53"],
    [() => allocate(minor(-1), []), "only a whole amount of 0 or more is split"],
    [() => allocateInto(0.5, [], [], []), "only a whole amount of 0 or more is split"],
    [() => allocate(minor(1), [{ weight: -1, cap: 1 }]), "weights and caps are 0 or more"],
    [() => allocate(minor(1), [{ weight: 1, cap: -1 }]), "weights and caps are 0 or more"],
    [() => allocate(minor(1), [{ weight: 2 ** 53, cap: 1 }]), "weights sum to less than 2^53"],
  ];
  for (const [run, message] of words) expect(run).toThrow(message);
});

describe("decimals", () => {
  test.each([
    ["12", 2, 1200],
    ["12.5", 2, 1250],
    [" 12,50 ", 2, 1250],
    ["-0.01", 2, -1],
    ["+3", 0, 3],
    ["1.500", 1, 15],
    [12.5, 2, 1250],
    [0.7, 3, 700],
    [3, 2, 300],
    ["-0", 2, 0],
    [-0, 2, 0],
    [Number.MAX_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER],
    ["999999999999999", 0, 999_999_999_999_999],
  ])("%j with %i digits is %i", (value, digits, result) => {
    expect(Object.is(parseDecimal(value, digits), result)).toBe(true);
  });

  test.each([
    ["1.001", 2],
    ["1 000", 2],
    ["", 2],
    ["1e3", 2],
    [1e21, 2],
    [0.001, 2],
    [Number.NaN, 2],
    [Number.POSITIVE_INFINITY, 2],
    ["999999999999999.99", 2],
    [Number.MAX_SAFE_INTEGER, 2],
  ])("%j with %i digits is no decimal", (value, digits) => {
    expect(parseDecimal(value, digits)).toBe(null);
  });

  test("amounts are written back as they were read", () => {
    expect(formatDecimal(123450, 2)).toBe("1234.50");
    expect(formatDecimal(-5, 2)).toBe("-0.05");
    expect(formatDecimal(0, 2)).toBe("0.00");
    expect(formatDecimal(7, 0)).toBe("7");
    expect(toDecimalNumber(123450, 2)).toBe(1234.5);
  });
});

describe("rounding", () => {
  test("halves go up, to even, or nowhere, as named", () => {
    expect([roundHalfUp(5, 2), roundHalfUp(-5, 2), roundHalfUp(7, 3)]).toEqual([3, -2, 2]);
    expect([roundHalfEven(5, 2), roundHalfEven(3, 2), roundHalfEven(7, 4), roundHalfEven(5, 4)]).toEqual([
      2, 2, 2, 1,
    ]);
    expect([roundDown(5, 2), roundDown(-5, 2)]).toEqual([2, -3]);
  });

  test("quotients near 2^53 are exact", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(roundDown(most, 1)).toBe(most);
    expect(roundDown(most - 1, 3)).toBe(Number((BigInt(most) - 1n) / 3n));
    expect(roundDown(-most, 3)).toBe(-Number((BigInt(most) + 2n) / 3n));
    expect(roundHalfUp(-most, 3)).toBe(-Number(BigInt(most) / 3n));
    expect([roundHalfUp(most, 2), roundHalfUp(-most, 2)]).toEqual([2 ** 52, 1 - 2 ** 52]);
    expect([roundHalfEven(-5, 2), roundHalfEven(-7, 4), roundHalfEven(-3, 2)]).toEqual([-2, -2, -2]);
    expect(Object.is(roundDown(0, 3), 0)).toBe(true);
  });

  test("halves of products beyond 2^53 go up too, and the bounds themselves are allowed", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(multiplyRoundHalfUp(most, 5, 10)).toBe(2 ** 52);
    expect(multiplyRoundHalfUp(-most, 5, 10)).toBe(1 - 2 ** 52);
    expect(multiplyRoundHalfUp(-most, 3, 7)).toBe(-Math.round(Number((BigInt(most) * 3n * 2n + 7n) / 14n)));
    expect([multiplyRoundDown(most, 3, 3), multiplyRoundDown(-most, 3, 3)]).toEqual([most, -most]);
    expect(() => multiplyRoundDown(-most, 5, 1)).toThrow("a rounded amount stays within 2^53");
  });

  test("products beyond 2^53 are exact, negative ones too", () => {
    const big = 9_007_199_254_740_000;
    expect(multiplyRoundDown(big, 3, 4)).toBe(Number((BigInt(big) * 3n) / 4n));
    expect(multiplyRoundHalfUp(big, 9_999, 10_000)).toBe(Number((BigInt(big) * 9_999n + 5_000n) / 10_000n));
    expect(multiplyRoundDown(-big, 3, 7)).toBe(-Number((BigInt(big) * 3n + 6n) / 7n));
    expect(() => multiplyRoundDown(big, 5, 1)).toThrow();
    expect(() => multiplyRoundDown(big, 5, 0)).toThrow();
    expect(() => roundDown(1, 0)).toThrow();
    expect(() => roundDown(0.5, 1)).toThrow();
  });
});
