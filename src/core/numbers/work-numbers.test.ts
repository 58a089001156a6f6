// Numbers of the work and the order of the queue: misses are misses, and anybody can recompute a place.
import { describe, expect, test } from "vitest";
import { queueOrder, queueValue } from "./index.ts";
import { answerRate, inTimeShare, promoCost, recoveryOf, spreadOf } from "./work-numbers.ts";

test("median and p90 are values that were measured; fewer than ten say nothing", () => {
  expect(spreadOf(Array.from({ length: 100 }, (_, index) => 100 - index))).toEqual({
    kind: "spread",
    of: 100,
    median: 50,
    p90: 90,
  });
  expect(spreadOf([1, 2, 3])).toEqual({ kind: "not_enough", of: 3 });
});

test("open and past due is a miss; open and not yet due says nothing", () => {
  expect(inTimeShare({ inTime: 80, late: 10, overdue: 10, running: 500 })).toMatchObject({
    count: 80,
    of: 100,
  });
});

test("what was too late for the marketplace is no answer; what needed none is left out", () => {
  // 120 given, 20 of them without need; of 100 answered 90 arrived, 10 came to 204.
  expect(answerRate({ given: 120, noReaction: 20, delivered: 90 })).toMatchObject({ count: 90, of: 100 });
});

test("promo codes cost at most percent times order, kopecks down", () => {
  expect(
    promoCost([
      { percent: 10, totalMinor: 149_999 },
      { percent: 40, totalMinor: 100 },
    ]),
  ).toBe(14_999 + 40);
});

test("recovery compares answered with unanswered among those who rated again", () => {
  const raters = [
    ...Array.from({ length: 200 }, (_, index) => ({ isAnswered: true, next: index < 120 ? 5 : 2 })),
    ...Array.from({ length: 200 }, (_, index) => ({ isAnswered: false, next: index < 60 ? 4 : 3 })),
    ...Array.from({ length: 50 }, () => ({ isAnswered: false, next: null })),
  ];
  expect(recoveryOf(raters)).toMatchObject({
    answered: { share: 0.6 },
    unanswered: { share: 0.3, of: 200 },
    difference: { kind: "changed", direction: "up" },
  });
});

describe("the queue", () => {
  const NOW = 1_800_000_000_000;
  const HOUR = 3_600_000;
  test.each([
    [
      { rating: 1, totalMinor: 250_000, dueAt: NOW - 1 },
      { lowness: 5, roubles: 2500, haste: 8, value: 100_000 },
    ],
    [
      { rating: 5, totalMinor: 99, dueAt: null },
      { lowness: 1, roubles: 1, haste: 1, value: 1 },
    ],
    [
      { rating: null, totalMinor: null, dueAt: NOW + 3 * HOUR },
      { lowness: 1, roubles: 500, haste: 5, value: 2500 },
    ],
    [
      { rating: 3, totalMinor: 100_000, dueAt: NOW + 30 * HOUR },
      { lowness: 3, roubles: 1000, haste: 2, value: 6000 },
    ],
  ])("%j is worth %j", (item, value) => {
    expect(queueValue({ seq: 1, ...item }, NOW)).toEqual(value);
  });

  test("is the same when its columns are exported, read again in any order and multiplied by somebody else", () => {
    const items = Array.from({ length: 300 }, (_, index) => ({
      seq: 1 + ((index * 7919) % 300),
      rating: index % 6 === 0 ? null : 1 + (index % 5),
      totalMinor: index % 11 === 0 ? null : ((index * 104_729) % 5000) * 100,
      dueAt: index % 4 === 0 ? null : NOW + ((index * 31) % 40) * HOUR - 5 * HOUR,
    }));
    const exported = items.map((item) =>
      [item.seq, item.rating ?? "", item.totalMinor ?? "", item.dueAt ?? ""].join(";"),
    );
    const again = exported
      .reverse()
      .map((line) => line.split(";"))
      .map(([seq, rating, total, due]) => {
        const left = due === "" ? null : (Number(due) - NOW) / HOUR;
        const haste =
          left === null
            ? 1
            : left <= 0
              ? 8
              : left <= 1
                ? 7
                : left <= 2
                  ? 6
                  : left <= 4
                    ? 5
                    : left <= 8
                      ? 4
                      : left <= 24
                        ? 3
                        : 2;
        const roubles = total === "" ? 500 : Math.max(1, Math.floor(Number(total) / 100));
        return {
          seq: Number(seq),
          value: (rating === "" ? 1 : 6 - Number(rating)) * roubles * haste,
        };
      })
      .sort((a, b) => b.value - a.value || a.seq - b.seq);
    expect(again.map(({ seq }) => seq)).toEqual(queueOrder(items, NOW).map(({ seq }) => seq));
  });
});
