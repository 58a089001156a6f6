// Replays years of drawn branches: alarms are as rare as configured, and a doubling is found in time. PRILAVOK_BRANCH_YEARS sets how many.
import { describe, expect, test } from "vitest";
import { daysFrom, poissonOf, randomOf } from "../../../test/support/star-draws.ts";
import type { Days } from "../desk/index.ts";
import { Thresholds, type WatchDay, type WatchState, type WatchTerms, watchOn } from "./index.ts";

const YEARS = Number(process.env["PRILAVOK_BRANCH_YEARS"] ?? 300);
const FALSE_PER_YEAR = 0.25;
const MEASURED_MOST = 0.35;
const LEARNING = 90;
const CALENDAR = daysFrom(20250101, LEARNING + 365 + 100);
const NETWORK = { low: 9000, of: 100_000 };

type Watch = typeof watchOn;

function drawn(random: () => number, days: readonly number[], perDay: number, share: number): WatchDay[] {
  return days.map((day) => {
    const of = poissonOf(random, perDay);
    let low = 0;
    for (let left = of; left > 0; left -= 1) if (random() < share) low += 1;
    return { day, low, of };
  });
}

/** A year of one branch: its alarms, each acknowledged at once, and where its watch ends. */
function yearOf(watch: Watch, days: readonly WatchDay[], thresholds: Thresholds) {
  const excluded: Days[] = [];
  const terms: WatchTerms = { thresholds, falsePerYear: FALSE_PER_YEAR, network: NETWORK, excluded };
  let state: WatchState = { through: CALENDAR[LEARNING - 1] as number, sum: 0, risingSince: null };
  const end = days.at(-1)?.day as number;
  for (;;) {
    const run = watch(days, state, end, terms);
    state = run.state;
    if (run.alarm === null) return { alarms: excluded.length, state, terms };
    excluded.push({ from: run.alarm.since, to: run.alarm.day });
  }
}

function falseRate(watch: Watch, perDay: number, years: number, spread: number): number {
  const random = randomOf(perDay);
  const thresholds = new Thresholds();
  let alarms = 0;
  for (let year = 0; year < years; year += 1) {
    const share = 0.09 * (1 + spread * (2 * random() - 1));
    const days = drawn(random, CALENDAR.slice(0, LEARNING + 365), perDay, share);
    alarms += yearOf(watch, days, thresholds).alarms;
  }
  return alarms / years;
}

/** Median days until a doubling is found. */
function medianDelay(watch: Watch, perDay: number, branches: number): number {
  const random = randomOf(77);
  const thresholds = new Thresholds();
  const delays: number[] = [];
  for (let branch = 0; branch < branches; branch += 1) {
    const quiet = drawn(random, CALENDAR.slice(0, LEARNING + 365), perDay, 0.09);
    const { state, terms } = yearOf(watch, quiet, thresholds);
    const risen = CALENDAR.slice(LEARNING + 365);
    const days = [...quiet, ...drawn(random, risen, perDay, 0.18)];
    const { alarm } = watch(days, state, risen.at(-1) as number, terms);
    delays.push(alarm === null ? risen.length : risen.indexOf(alarm.day) + 1);
  }
  delays.sort((left, right) => left - right);
  return delays[Math.floor(branches / 2)] as number;
}

describe(`over ${YEARS} branch-years at a configured ${FALSE_PER_YEAR} false alarms a year`, () => {
  test.each([
    [3, 0],
    [10, 0],
    [10, 0.4],
    [30, 0],
  ])(
    "branches of %i ratings a day, spread %f, measure at most 0.35",
    { timeout: 3_600_000 },
    (perDay, spread) => {
      const rate = falseRate(watchOn, perDay, YEARS, spread);
      console.log(`${perDay} a day, spread ${spread}: ${rate.toFixed(3)} false alarms a branch-year`);
      expect(rate).toBeLessThanOrEqual(MEASURED_MOST);
      // A watch that never alarms would pass, too.
      expect(rate).toBeGreaterThan(0.01);
    },
  );

  test("a doubling at ten a day is found within 14 days by half of the branches", {
    timeout: 300_000,
  }, () => {
    const delay = medianDelay(watchOn, 10, Math.min(400, YEARS));
    console.log(`doubling at 10 a day: found after ${delay} days (median)`);
    expect(delay).toBeLessThanOrEqual(14);
  });
});

test("a rule that alarms on a fixed low threshold, and one that is deaf, are both caught", {
  timeout: 120_000,
}, () => {
  const hasty: Watch = (days, state, today, terms) =>
    watchOn(days, state, today, { ...terms, falsePerYear: terms.falsePerYear * 8 });
  expect(falseRate(hasty, 10, 60, 0)).toBeGreaterThan(MEASURED_MOST);
  const deaf: Watch = (days, state, today, terms) =>
    watchOn(days, state, today, { ...terms, falsePerYear: terms.falsePerYear / 1000 });
  expect(medianDelay(deaf, 10, 30)).toBeGreaterThan(14);
});
