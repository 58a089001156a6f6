// Topics, dishes and lateness: what is pointed out is there, and what only looks so is not.
import { describe, expect, test } from "vitest";
import { randomOf } from "../../../test/support/star-draws.ts";
import {
  bucketOf,
  type DishOdds,
  type DishStratum,
  decileEdges,
  discoveries,
  dishAssociations,
  excessOf,
  expectedTopics,
  lateBuckets,
  slowerThan,
  stratifiedOdds,
  topicExcesses,
} from "./index.ts";

describe("many looks at once", () => {
  test("stand by Benjamini and Hochberg's step: the example of fifteen tests keeps four at 5 %", () => {
    const chances = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    expect(discoveries(chances, 0.05).filter(Boolean)).toHaveLength(4);
    expect(discoveries([...chances].reverse(), 0.05).lastIndexOf(true)).toBe(14);
    expect(discoveries([])).toEqual([]);
  });

  test("find something in at most a tenth of looks at nothing; without the step nearly always", () => {
    const random = randomOf(9);
    let [found, plain] = [0, 0];
    for (let round = 0; round < 2000; round += 1) {
      const chances = Array.from({ length: 40 }, random);
      if (discoveries(chances).includes(true)) found += 1;
      if (chances.some((chance) => chance < 0.1)) plain += 1;
    }
    expect(found / 2000).toBeLessThan(0.12);
    expect(plain / 2000).toBeGreaterThan(0.9);
  });
});

describe("a topic", () => {
  test("has the ratio (O + 5) / (E + 5) and the bound of its gamma distribution", () => {
    const { ratio, bound } = excessOf(25, 10);
    expect(ratio).toBe(2);
    // 2.5 % of a gamma of shape 30 lie below 20.24.
    expect(bound).toBeCloseTo(20.241 / 15, 3);
  });
  test("is pointed out with an excess, and not with few or with as many as expected", () => {
    const judged = topicExcesses([
      { branch: "mira", topic: "cold", observed: 40, expected: 12 },
      { branch: "mira", topic: "rude", observed: 4, expected: 0.2 },
      { branch: "mira", topic: "late", observed: 12, expected: 12 },
    ]);
    expect(judged.map(({ kind }) => kind)).toEqual(["excess", "not_enough", "not_enough"]);
    expect(judged[1]).not.toHaveProperty("ratio");
  });
  test("is expected by a branch's share of all feedback", () => {
    const counts = expectedTopics([
      { branch: "mira", of: 300, topics: new Map([["cold", 30]]) },
      {
        branch: null,
        of: 100,
        topics: new Map([
          ["cold", 10],
          ["rude", 4],
        ]),
      },
    ]);
    expect(counts).toEqual([
      { branch: "mira", topic: "cold", observed: 30, expected: 30 },
      { branch: "mira", topic: "rude", observed: 0, expected: 3 },
      { branch: null, topic: "cold", observed: 10, expected: 10 },
      { branch: null, topic: "rude", observed: 4, expected: 1 },
    ]);
  });
});

/** Orders of two branches, the second slow and at night; gives strata and the table that ignores them. */
function dishWorld(trueOdds: number, seed: number) {
  const random = randomOf(seed);
  const strata = new Map<string, [number, number, number, number]>();
  for (let order = 0; order < 20_000; order += 1) {
    const isSlow = random() < 0.3;
    const isLate = random() < (isSlow ? 0.6 : 0.1);
    // The dish is eaten nearly only late at the slow branch.
    const isWith = random() < (isSlow && isLate ? 0.5 : 0.02);
    const odds = (isSlow ? 0.12 : 0.06) * (isLate ? 3 : 1) * (isWith ? trueOdds : 1);
    const isLow = random() < odds / (1 + odds);
    const key = `${isSlow} ${isLate}`;
    const cell = strata.get(key) ?? [0, 0, 0, 0];
    strata.set(key, cell);
    cell[(isWith ? 0 : 2) + (isLow ? 0 : 1)] = (cell[(isWith ? 0 : 2) + (isLow ? 0 : 1)] as number) + 1;
  }
  const split = [...strata.values()].map(stratum);
  const sum = [0, 1, 2, 3].map((index) =>
    [...strata.values()].reduce((all, cell) => all + (cell[index] as number), 0),
  ) as [number, number, number, number];
  return { split, raw: [stratum(sum)] };
}

function stratum([lowWith, otherWith, lowWithout, otherWithout]: [
  number,
  number,
  number,
  number,
]): DishStratum {
  return { lowWith, otherWith, lowWithout, otherWithout };
}

describe("a dish", () => {
  test("Mantel and Haenszel of two strata by hand: (10·40/100 + 5·30/60) / (20·30/100 + 10·15/60)", () => {
    const found = stratifiedOdds([stratum([10, 20, 30, 40]), stratum([5, 10, 15, 30])]);
    expect(found?.odds).toBeCloseTo((4 + 2.5) / (6 + 2.5), 12);
  });
  test("of one stratum has the interval of the plain logarithm, and empty strata change nothing", () => {
    const found = stratifiedOdds([stratum([20, 80, 30, 270]), stratum([0, 0, 0, 0])]);
    const error = Math.sqrt(1 / 20 + 1 / 80 + 1 / 30 + 1 / 270);
    expect(found?.odds).toBeCloseTo(2.25, 12);
    expect(found?.interval.low).toBeCloseTo(2.25 * Math.exp(-1.959964 * error), 6);
    expect(found?.interval.high).toBeCloseTo(2.25 * Math.exp(1.959964 * error), 6);
  });
  test("tells nothing where no stratum compares, and with fewer than thirty ratings", () => {
    expect(stratifiedOdds([stratum([5, 5, 0, 0])])).toBeNull();
    expect(dishAssociations([[stratum([5, 500, 0, 0])], [stratum([10, 10, 20, 300])]])).toEqual([
      { kind: "not_enough", of: 505 },
      { kind: "not_enough", of: 20 },
    ]);
  });

  test("that is only eaten late at a slow branch is blamed by the raw table, and not here", () => {
    const worlds = Array.from({ length: 40 }, (_, seed) => dishWorld(1, seed + 1));
    const isBlamed = (odds: DishOdds | undefined) => odds?.kind === "associated";
    expect(worlds.filter(({ raw }) => isBlamed(dishAssociations([raw])[0]))).toHaveLength(40);
    const blamed = worlds.filter(({ split }) => isBlamed(dishAssociations([split])[0]));
    expect(blamed.length).toBeLessThanOrEqual(5);
  });
  test("that truly doubles the odds is shown, with 2 inside the interval nearly always", () => {
    const shown = Array.from(
      { length: 40 },
      (_, seed) => dishAssociations([dishWorld(2, seed + 1).split])[0],
    );
    expect(shown.every((odds) => odds?.kind === "associated" && odds.odds > 1)).toBe(true);
    const covering = shown.filter(
      (odds) => odds?.kind === "associated" && odds.interval.low < 2 && odds.interval.high > 2,
    );
    expect(covering.length).toBeGreaterThanOrEqual(35);
  });
});

describe("lateness", () => {
  const even = Array.from({ length: 100 }, (_, minute) => ({ minute, of: 10, low: minute >= 90 ? 5 : 1 }));
  test("is cut into the branch's own tenths", () => {
    expect(decileEdges(even)).toEqual([9, 19, 29, 39, 49, 59, 69, 79, 89]);
    const buckets = lateBuckets(even);
    expect(buckets).toHaveLength(10);
    expect(buckets[0]).toMatchObject({ from: 0, to: 9, low: { count: 10, of: 100 } });
    expect(buckets[9]).toMatchObject({ from: 90, to: null, low: { kind: "share", count: 50, of: 100 } });
  });
  test("has fewer parts where many took the same time, and loses nobody", () => {
    const lumps = [
      { minute: 20, of: 50, low: 5 },
      { minute: 30, of: 50, low: 5 },
      { minute: 31, of: 1, low: 0 },
    ];
    expect(decileEdges(lumps)).toEqual([20, 30]);
    expect(lateBuckets(lumps).reduce((sum, { low }) => sum + low.of, 0)).toBe(101);
    expect(lateBuckets([])).toEqual([]);
    expect(lateBuckets([{ minute: 5, of: 3, low: 1 }])).toMatchObject([{ from: 0, to: null }]);
    expect([bucketOf([20, 30], 20), bucketOf([20, 30], 21), bucketOf([20, 30], 99)]).toEqual([0, 1, 2]);
  });
  test("of one order is told as the share of faster ones, from thirty orders on", () => {
    expect(slowerThan(even, 92)).toBe(0.92);
    expect(slowerThan(even.slice(0, 2), 1)).toBeNull();
  });
});
