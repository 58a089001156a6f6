// The watch over ratings: thresholds from their own chain, baselines that stay clean, one alarm at a time.
import { describe, expect, test } from "vitest";
import { daysFrom, randomOf } from "../../../test/support/star-draws.ts";
import {
  alarmSteps,
  baselineBefore,
  meanRunLength,
  oddsOf,
  Thresholds,
  thresholdFor,
  type WatchDay,
  watchDay,
  watchOn,
} from "./index.ts";

const thresholds = new Thresholds();

test("steps are those of a doubling: p0 9 % makes p1 16.51 %", () => {
  const { up, down } = alarmSteps(0.09);
  expect(up).toBeCloseTo(Math.log(0.165138 / 0.09), 5);
  expect(down).toBeCloseTo(-Math.log((1 - 0.165138) / 0.91), 5);
});

test("the chain's run length is that of drawn ratings, within three standard errors", () => {
  const { up, down } = alarmSteps(0.09);
  const unit = down / Math.ceil(down / 0.03);
  const random = randomOf(3);
  let [sum, alarms, drawn] = [0, 0, 0];
  while (alarms < 1500) {
    sum = Math.max(0, sum + (random() < 0.09 ? up : -down));
    drawn += 1;
    if (sum >= 3 - 1e-9) {
      alarms += 1;
      sum = 0;
    }
  }
  const chain = meanRunLength(0.09, Math.ceil(3 / unit));
  expect(Math.abs(drawn / alarms / chain - 1)).toBeLessThan(3 / Math.sqrt(1500) + 0.02);
});

test("thresholds grow with volume, fall with the rate that is accepted, and are computed once", () => {
  const at = [3, 10, 30].map((perDay) => thresholds.of(0.09, perDay, 0.25));
  expect(at).toEqual([...at].sort((left, right) => left - right));
  // A measured table of rounded steps has 4.25, 5.25 and 5.75.
  expect(at.map((threshold) => Math.round(threshold * 2) / 2)).toEqual([4.5, 5.5, 6]);
  expect(thresholds.of(0.09, 10, 1)).toBeLessThan(at[1] as number);
  expect(thresholds.of(0.0901, 9.9, 0.25)).toBe(thresholds.of(0.09, 10, 0.25));
  expect(thresholdFor(0.09, 1)).toBeGreaterThan(0);
  expect(thresholds.of(0, 0, 0.25)).toBeGreaterThan(0);
});

test("odds are told as 1 in N: 17 low of 96 where 9 % are usual is 1 in 193; at most a million", () => {
  expect(oddsOf(17, 96, 0.09)).toBe(193);
  expect(oddsOf(90, 96, 0.09)).toBe(1_000_000);
});

const network = { low: 9000, of: 100_000 };
const calendar = daysFrom(20260101, 200);
const steady = (count: number, low: number, of: number): WatchDay[] =>
  calendar.slice(0, count).map((day) => ({ day, low, of }));

describe("the baseline", () => {
  test("is the ninety days before, with two hundred ratings of the network", () => {
    const days = steady(150, 1, 10);
    expect(baselineBefore(days, calendar[120] as number, [], network)).toEqual({
      share: (90 + 18) / 1100,
      perDay: 10,
    });
  });
  test("leaves out the periods of alarms, from its ratings and from its days", () => {
    const days = steady(150, 1, 10).map((each, index) =>
      index >= 100 && index < 110 ? { ...each, low: 9 } : each,
    );
    const period = { from: calendar[100] as number, to: calendar[109] as number };
    expect(baselineBefore(days, calendar[120] as number, [period], network)).toEqual({
      share: (80 + 18) / 1000,
      perDay: 10,
    });
    const far = { from: 20250101, to: 20250102 };
    expect(baselineBefore(days, calendar[99] as number, [far], network).perDay).toBe(10);
  });
  test("of a new branch is the network's; without a network a tenth; never nought or all", () => {
    expect(baselineBefore([], 20260101, [], network)).toEqual({ share: 0.09, perDay: 0 });
    expect(baselineBefore([], 20260101, [], { low: 0, of: 0 }).share).toBe(0.1);
    expect(baselineBefore([], 20260101, [], { low: 0, of: 10 }).share).toBe(0.01);
    expect(baselineBefore(steady(90, 10, 10), calendar[90] as number, [], network).share).toBe(0.5);
  });
});

describe("the sum", () => {
  const start = { through: 20260101, sum: 0, risingSince: null };
  const usual = { share: 0.09, perDay: 10 };
  test("rises with low ratings, never falls below nought, and remembers since when it rises", () => {
    const up = watchDay(start, { day: 20260102, low: 3, of: 10 }, usual, 5).state;
    expect(up.risingSince).toBe(20260102);
    const more = watchDay(up, { day: 20260103, low: 2, of: 10 }, usual, 5).state;
    expect(more).toMatchObject({ through: 20260103, risingSince: 20260102 });
    expect(more.sum).toBeGreaterThan(up.sum);
    expect(watchDay(more, { day: 20260104, low: 0, of: 60 }, usual, 5).state).toEqual({
      through: 20260104,
      sum: 0,
      risingSince: null,
    });
  });
  test("above the threshold is an alarm and begins anew", () => {
    expect(watchDay(start, { day: 20260102, low: 12, of: 12 }, usual, 5)).toEqual({
      state: { through: 20260102, sum: 0, risingSince: null },
      isAlarm: true,
    });
  });
});

test("a watch stops at its first alarm, tells its evidence, and goes on from there", () => {
  const days = [...steady(100, 1, 10), ...calendar.slice(100, 120).map((day) => ({ day, low: 2, of: 10 }))];
  const terms = { thresholds, falsePerYear: 0.25, network, excluded: [] };
  const start = { through: calendar[90] as number, sum: 0, risingSince: null };
  const { state, alarm } = watchOn(days, start, calendar[119] as number, terms);
  expect(alarm).toMatchObject({ since: calendar[100], falsePerYear: 0.25 });
  expect(alarm?.low).toBe(2 * ((alarm?.of ?? 0) / 10));
  expect(alarm?.odds).toBeGreaterThan(20);
  expect(state).toEqual({ through: alarm?.day, sum: 0, risingSince: null });
  expect(watchOn(days, state, alarm?.day as number, terms)).toEqual({ state, alarm: null });
  const quiet = watchOn(steady(100, 1, 10), start, calendar[99] as number, terms);
  expect(quiet).toMatchObject({ alarm: null, state: { through: calendar[99] } });
});

test("a sudden rise is shown with at least its last week", () => {
  const days = [...steady(100, 1, 10), { day: calendar[100] as number, low: 20, of: 20 }];
  const start = { through: calendar[99] as number, sum: 0, risingSince: null };
  const terms = { thresholds, falsePerYear: 0.25, network, excluded: [] };
  expect(watchOn(days, start, calendar[100] as number, terms).alarm).toMatchObject({
    since: calendar[94],
    low: 26,
    of: 80,
  });
});
