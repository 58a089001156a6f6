// The weekly digest: silent, paused, nothing unusual, or what luck hardly makes; and comments that tell something.
import { describe, expect, test } from "vitest";
import { daysFrom, randomOf, starsOf, USUAL_STARS } from "../../../test/support/star-draws.ts";
import {
  addStars,
  type DigestComment,
  type DigestWeek,
  digestOf,
  NO_STARS,
  pickComments,
  type Stars,
  Thresholds,
  type TrendAlarm,
  type WatchDay,
  type WatchState,
  watchOn,
} from "./index.ts";

const ALARM: TrendAlarm = {
  since: 20261110,
  day: 20261118,
  low: 17,
  of: 96,
  baseline: { share: 0.09, perDay: 11 },
  odds: 193,
  falsePerYear: 0.25,
};
const QUIET: DigestWeek = {
  alarms: [],
  sources: [{ source: "app", before: [480, 240, 400, 1040, 5840], week: [60, 30, 50, 130, 730] }],
  topics: [],
  comments: [],
  wasSilent: false,
};
const comment = (id: string, rating: number, text: string, topics = 0): DigestComment => ({
  id,
  branch: null,
  rating,
  text,
  stems: text.split(" "),
  topics,
});

test("a week like the others has nothing unusual", () => {
  expect(digestOf(QUIET)).toEqual({ kind: "digest", ratings: 1000, low: 90, changes: [], comments: [] });
});

test("a week without ratings is said once, then the digest pauses", () => {
  const none = { ...QUIET, sources: [{ source: "app", before: NO_STARS, week: NO_STARS }] };
  expect(digestOf(none)).toEqual({ kind: "silent" });
  expect(digestOf({ ...none, wasSilent: true })).toEqual({ kind: "paused" });
});

test("alarms, shares and topics take three lines at most, the surest alarm first", () => {
  const digest = digestOf({
    ...QUIET,
    alarms: [
      { branch: "mira", source: "app", alarm: ALARM },
      { branch: "zavod", source: "app", alarm: { ...ALARM, odds: 900 } },
    ],
    sources: [
      { source: "app", before: [480, 240, 400, 1040, 5840], week: [120, 60, 50, 130, 640] },
      { source: "yandex-eats", before: [100, 80, 20, 100, 700], week: [0, 1, 1, 8, 490] },
      { source: "new", before: NO_STARS, week: [1, 0, 0, 0, 0] },
    ],
    topics: [{ branch: "mira", topic: "cold", observed: 40, expected: 10 }],
  });
  expect(digest).toMatchObject({
    changes: [
      { kind: "alarm", branch: "zavod" },
      { kind: "alarm", branch: "mira" },
      { kind: "low_share", source: "app", direction: "up", before: 0.09, after: 0.18 },
    ],
  });
});

test("a few ratings are no change, however far apart: six of six after none of six", () => {
  const week = {
    ...QUIET,
    sources: [{ source: "app", before: [0, 0, 0, 0, 6], week: [6, 0, 0, 0, 0] }],
  } as const;
  expect(digestOf(week)).toMatchObject({ ratings: 6, low: 6, changes: [] });
});

test("falls and topics have their lines, too; few and usual ones have none", () => {
  const digest = digestOf({
    ...QUIET,
    sources: [{ source: "app", before: [480, 240, 400, 1040, 5840], week: [5, 5, 50, 140, 800] }],
    topics: [
      { branch: "mira", topic: "cold", observed: 40, expected: 10 },
      { branch: "mira", topic: "rude", observed: 80, expected: 10 },
      { branch: "mira", topic: "late", observed: 11, expected: 10 },
      { branch: "mira", topic: "odd", observed: 3, expected: 0.01 },
    ],
  });
  expect(digest).toMatchObject({
    changes: [{ kind: "low_share", direction: "down" }, { topic: "rude" }, { topic: "cold" }],
  });
});

describe("comments", () => {
  test("are those with most to tell, each with something new; small talk is left out", () => {
    const picked = pickComments([
      comment("a", 5, "всё супер"),
      comment("b", 1, "суп холодный пролился пакет мокрый курьер не извинился"),
      comment("c", 1, "суп холодный пролился пакет мокрый курьер не извинился"),
      comment("d", 4, "удобно что привезли раньше срока и позвонили"),
      comment("e", 4, "привезли раньше срока и позвонили", 2),
    ]);
    expect(picked.map(({ id }) => id)).toEqual(["b", "e"]);
  });
  test("are three at most, and in the same order whatever order they come in", () => {
    const many = ["k", "l", "m", "n"].map((id) => comment(id, 2, `${id}1 ${id}2 ${id}3 ${id}4`));
    expect(pickComments(many).map(({ id }) => id)).toEqual(["k", "l", "m"]);
    expect(pickComments(many.reverse()).map(({ id }) => id)).toEqual(["k", "l", "m"]);
  });
});

/** Weekly digests of a year of twenty branches in control: the share that says nothing unusual. */
function quietShare(years: number, falsePerYear: number): number {
  const calendar = daysFrom(20250101, 90 + 364);
  const random = randomOf(2026);
  const thresholds = new Thresholds();
  let [quiet, all] = [0, 0];
  for (let year = 0; year < years; year += 1) {
    const branches = Array.from({ length: 20 }, () => calendar.map(() => starsOf(random, 10, USUAL_STARS)));
    const total = calendar.map((_, day) =>
      branches.reduce((sum, days) => addStars(sum, days[day] as Stars), NO_STARS),
    );
    const alarmDays = new Set(branches.flatMap((days) => alarmsOf(days, calendar, thresholds, falsePerYear)));
    const sumOf = (from: number, to: number): Stars => total.slice(from, to).reduce(addStars, NO_STARS);
    for (let end = 97; end <= calendar.length; end += 7) {
      const alarms = calendar
        .slice(end - 7, end)
        .filter((day) => alarmDays.has(day))
        .map(() => ({ branch: "b", source: "app", alarm: ALARM }));
      const sources = [{ source: "app", before: sumOf(end - 63, end - 7), week: sumOf(end - 7, end) }];
      const topics = Array.from({ length: 200 }, () => ({
        branch: "b",
        topic: "t",
        observed: starsOf(random, 4, [1])[0],
        expected: 4,
      }));
      const digest = digestOf({ ...QUIET, alarms, sources, topics });
      if (digest.kind === "digest" && digest.changes.length === 0) quiet += 1;
      all += 1;
    }
  }
  return quiet / all;
}

function alarmsOf(
  stars: readonly Stars[],
  calendar: readonly number[],
  thresholds: Thresholds,
  falsePerYear: number,
): number[] {
  const days: WatchDay[] = stars.map((each, index) => ({
    day: calendar[index] as number,
    low: each[0] + each[1],
    of: each.reduce((sum, count) => sum + count, 0),
  }));
  const excluded: { from: number; to: number }[] = [];
  const found: number[] = [];
  const terms = { thresholds, falsePerYear, network: { low: 9000, of: 100_000 }, excluded };
  let state: WatchState = { through: calendar[89] as number, sum: 0, risingSince: null };
  for (;;) {
    const run = watchOn(days, state, calendar.at(-1) as number, terms);
    if (run.alarm === null) return found;
    state = run.state;
    found.push(run.alarm.day);
    excluded.push({ from: run.alarm.since, to: run.alarm.day });
  }
}

const YEARS = Number(process.env["PRILAVOK_DIGEST_YEARS"] ?? 3);

test(`${YEARS} years of twenty branches in control: 85 % of digests or more say nothing unusual`, {
  timeout: 3_600_000,
}, () => {
  const share = quietShare(YEARS, 0.25);
  console.log(`nothing unusual: ${(100 * share).toFixed(1)} % of weekly digests`);
  expect(share).toBeGreaterThanOrEqual(0.85);
});

test("a digest that tells of every hasty alarm is caught", { timeout: 60_000 }, () => {
  expect(quietShare(1, 4)).toBeLessThan(0.85);
});
