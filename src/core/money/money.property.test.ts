// Splitting and rounding against plain slow models; each law is also shown to catch a broken splitter.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allocate,
  formatDecimal,
  type Minor,
  minor,
  multiplyRoundDown,
  multiplyRoundHalfUp,
  type Part,
  parseDecimal,
  roundHalfEven,
} from "./index.ts";

const RUNS = Number(process.env["PRILAVOK_PROPERTY_RUNS"] ?? 10_000);

type Splitter = (amount: Minor, parts: readonly Part[]) => readonly number[];

const anyPart: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ weight: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ weight: fc.integer({ min: 0, max: 100_000 }) }),
  fc.record({ weight: fc.integer({ min: 0, max: 50 }), cap: fc.integer({ min: 0, max: 30 }) }),
);

const anySplit = fc.record({
  amount: fc
    .oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 400_000 }))
    .map((each) => minor(each)),
  parts: fc.array(anyPart, { maxLength: 8 }),
});

const capOf = (part: Part): number => (part.weight === 0 ? 0 : (part.cap ?? part.weight));

/** Largest remainder told slowly: big fractions, a sort, and again for what full parts could not take. */
function slowSplit(amount: number, parts: readonly Part[]): number[] {
  const given = parts.map(() => 0n);
  const caps = parts.map((part) => BigInt(capOf(part)));
  const room = caps.reduce((sum, cap) => sum + cap, 0n);
  let left = BigInt(amount) < room ? BigInt(amount) : room;
  while (left > 0n) {
    const open = parts.map((_, index) => index).filter((index) => given[index]! < caps[index]!);
    const sum = open.reduce((all, index) => all + BigInt(parts[index]!.weight), 0n);
    const shares = open.map((index) => {
      const product = left * BigInt(parts[index]!.weight);
      return { index, floor: product / sum, rest: product % sum };
    });
    let extra = left - shares.reduce((all, share) => all + share.floor, 0n);
    shares.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1));
    for (const share of shares) {
      const wanted = share.floor + (extra > 0n ? 1n : 0n);
      extra -= extra > 0n ? 1n : 0n;
      const room = caps[share.index]! - given[share.index]!;
      const take = wanted < room ? wanted : room;
      given[share.index] = given[share.index]! + take;
      left -= take;
    }
  }
  return given.map(Number);
}

const law =
  (split: Splitter) =>
  ({ amount, parts }: { amount: Minor; parts: readonly Part[] }): void => {
    const shares = split(amount, parts);
    const room = parts.reduce((sum, part) => sum + capOf(part), 0);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(Math.min(amount, room));
    for (const [index, share] of shares.entries()) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(capOf(parts[index]!));
    }
    expect(shares).toEqual(slowSplit(amount, parts));
  };

function catches(split: Splitter): boolean {
  return fc.check(fc.property(anySplit, law(split)), { numRuns: 2000, seed: 20_261_121 }).failed;
}

describe("splitting an amount", () => {
  test("is the largest remainder for every amount over four small parts", () => {
    const sizes = [1, 2, 3, 4];
    for (const a of sizes)
      for (const b of sizes)
        for (const c of sizes)
          for (let amount = 0; amount <= a + b + c + 2; amount += 1) {
            const parts = [{ weight: a }, { weight: b }, { weight: c }, { weight: 2 }];
            expect(allocate(minor(amount), parts)).toEqual(slowSplit(amount, parts));
          }
  });

  test("is the largest remainder for trillions of roubles, where a plain division is not exact", () => {
    for (let step = 1; step <= 40; step += 1) {
      const parts = [1, 3, 5, 7].map((odd) => ({ weight: 2 ** 49 + odd * 1_000_003 * step }));
      const amount = 2 ** 48 + step * 7919;
      expect(allocate(minor(amount), parts)).toEqual(slowSplit(amount, parts));
    }
  });

  test("is the largest remainder up to the largest amounts there are", () => {
    for (let step = 1; step <= 60; step += 1) {
      const parts = [1, 3, 5, 7, 11].map((odd) => ({ weight: 2 ** 50 + odd * 7_919_000_003 * step }));
      const amount = 2 ** 52 + step * 104_729;
      expect(allocate(minor(amount), parts)).toEqual(slowSplit(amount, parts));
    }
  });

  test("gives nothing to parts of no weight, whatever they could take", () => {
    expect(allocate(minor(10), [{ weight: 0, cap: 5 }, { weight: 3 }, { weight: 1, cap: 0 }])).toEqual([
      0, 3, 0,
    ]);
  });

  test("sums to the whole, keeps the caps and is the largest remainder", () => {
    fc.assert(fc.property(anySplit, law(allocate)), { numRuns: RUNS });
  });

  test("of few kopecks no other split is closer to the exact shares", () => {
    const anySmall = fc.record({
      amount: fc.integer({ min: 0, max: 7 }),
      weights: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(anySmall, ({ amount, weights }) => {
        const sum = weights.reduce((all, each) => all + each, 0);
        const far = (shares: readonly number[]): number =>
          shares.reduce((all, share, index) => all + Math.abs(share * sum - amount * weights[index]!), 0);
        const parts = weights.map((weight) => ({ weight, cap: 100 }));
        const best = far(allocate(minor(amount), parts));
        for (const other of everySplit(amount, weights.length)) expect(best).toBeLessThanOrEqual(far(other));
      }),
      { numRuns: RUNS / 10 },
    );
  });

  test("many parts and products beyond 2^53 are split exactly", () => {
    const parts = Array.from({ length: 100 }, (_, index) => ({ weight: 10_000_000_000 + index * 7 }));
    const amount = minor(700_000_000_003);
    expect(allocate(amount, parts)).toEqual(slowSplit(amount, parts));
  });

  test("a negative amount, weight or cap stops", () => {
    expect(() => allocate(minor(-1), [])).toThrow();
    expect(() => allocate(minor(1), [{ weight: -1 }])).toThrow();
    expect(() => allocate(minor(1), [{ weight: 1, cap: -1 }])).toThrow();
    expect(() => allocate(minor(1), [{ weight: Number.MAX_SAFE_INTEGER }, { weight: 2 }])).toThrow();
  });

  test("catches a splitter whose last part takes the rest", () => {
    expect(
      catches((amount, parts) => {
        const shares = [...allocate(amount, parts)] as number[];
        const sum = parts.reduce((all, part) => all + part.weight, 0);
        for (let index = 0; index + 1 < shares.length; index += 1) {
          shares[index] = sum === 0 ? 0 : Math.round((amount * parts[index]!.weight) / sum);
        }
        const rest = shares.slice(0, -1).reduce((all, share) => all + share, 0);
        if (shares.length > 0) shares[shares.length - 1] = amount - rest;
        return shares;
      }),
    ).toBe(true);
  });

  test("catches a splitter that hands the remainder out from the first part on", () => {
    expect(
      catches((amount, parts) => {
        const sum = parts.reduce((all, part) => all + part.weight, 0);
        const shares = parts.map((part) => (sum === 0 ? 0 : Math.floor((amount * part.weight) / sum)));
        let rest = Math.min(amount, sum) - shares.reduce((all, share) => all + share, 0);
        return shares.map((share) => {
          rest -= 1;
          return rest >= 0 ? share + 1 : share;
        });
      }),
    ).toBe(true);
  });
});

function everySplit(amount: number, places: number): number[][] {
  if (places === 1) return [[amount]];
  const splits: number[][] = [];
  for (let first = 0; first <= amount; first += 1) {
    for (const rest of everySplit(amount - first, places - 1)) splits.push([first, ...rest]);
  }
  return splits;
}

describe("rounding", () => {
  const anyFactor = fc.oneof(fc.integer({ min: -10_000, max: 10_000 }), fc.maxSafeInteger());
  const anyDenominator = fc.integer({ min: 1, max: 1_000_000 });

  test("products are rounded as big integers round them", () => {
    fc.assert(
      fc.property(
        anyFactor,
        fc.integer({ min: 0, max: 10_000 }),
        anyDenominator,
        (left, right, denominator) => {
          const floor = (n: bigint, d: bigint): bigint => (n >= 0n ? n / d : -((-n + d - 1n) / d));
          const product = BigInt(left) * BigInt(right);
          const down = floor(product, BigInt(denominator));
          const halfUp = floor(product * 2n + BigInt(denominator), BigInt(denominator) * 2n);
          fc.pre(down >= BigInt(Number.MIN_SAFE_INTEGER) && halfUp <= BigInt(Number.MAX_SAFE_INTEGER));
          expect(BigInt(multiplyRoundDown(left, right, denominator))).toBe(down);
          expect(BigInt(multiplyRoundHalfUp(left, right, denominator))).toBe(halfUp);
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("a half goes to the even neighbour", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), (whole) => {
        expect(Math.abs(roundHalfEven(whole * 2 + 1, 2)) % 2).toBe(0);
      }),
      { numRuns: RUNS / 10 },
    );
  });
});

describe("decimals", () => {
  test("what is written is read back", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 14), max: 10 ** 14 }),
        fc.integer({ min: 0, max: 4 }),
        (value, digits) => {
          expect(parseDecimal(formatDecimal(value, digits), digits)).toBe(value === 0 ? 0 : value);
        },
      ),
      { numRuns: RUNS / 2 },
    );
  });
});
