// What the dashboard tells, without a browser: filters, small samples, files and weeks.
import { describe, expect, test } from "vitest";
import { csvOf } from "../../parts/shown-table.ts";
import type { Say } from "../../words.ts";
import { type Change, meanFigure, shareFigure, shownChange } from "./figures.ts";
import { filterOf, instantOfDay, listHref, ofBranch, periodOf, writtenDay } from "./filters.ts";
import { dayPoints, type TrendDays, usualShare, weekPoints } from "./trend-points.ts";

const say: Say = (key, values) => `${key}${values === undefined ? "" : JSON.stringify(values)}`;
const told = { language: "en", say } as const;
const none = { day: "", source: "", branch: "", filter: "" };

describe("a filter", () => {
  test("says the period even when the address does not, and quotes what has blanks", () => {
    expect(filterOf(none)).toBe("day:30d");
    expect(
      filterOf({ day: "week", source: "app", branch: "На углу", filter: " has:comment " }, "rating:1..2"),
    ).toBe('day:week source:app branch:"На углу" has:comment rating:1..2');
    expect(ofBranch(null)).toBe("-has:branch");
    expect(listHref("rating:1..2 a&b")).toBe("/desk?filter=rating%3A1..2%20a%26b");
  });

  test("knows whether today belongs to a period", () => {
    expect(periodOf("")?.hasToday).toBe(false);
    expect(periodOf("month")?.hasToday).toBe(true);
    expect(periodOf("2026-11-01..2026-11-07")).toBeNull();
  });
});

describe("a small sample", () => {
  const interval = { low: 0.1, high: 0.7 };

  test("has no value, arrow or colour", () => {
    expect(shareFigure({ kind: "not_enough", count: 2, of: 5, interval }, told).value).toBeNull();
    expect(meanFigure({ kind: "not_enough", of: 0 }, told).value).toBeNull();
    for (const change of [
      null,
      { kind: "not_enough" },
      { kind: "no_clear_change", difference: 0.4, interval },
    ]) {
      const shown = shownChange(change as Change | null, "points", "down", told);
      expect([shown.tone, shown.arrow]).toEqual([null, null]);
      expect(shown.text).not.toContain("40");
    }
  });

  test("a change beyond luck has all three", () => {
    const change: Change = { kind: "changed", direction: "up", difference: 0.4, interval };
    const worse = shownChange(change, "points", "down", told);
    expect([worse.tone, worse.arrow]).toEqual(["bad", "up"]);
    expect(worse.text).toContain("+40");
    expect(shownChange(change, "stars", "up", told)).toEqual({ text: "+0.4", tone: "good", arrow: "up" });
  });
});

test("a file holds nothing that a spreadsheet computes, and keeps numbers", () => {
  const table = {
    name: "x",
    about: ["=now()"],
    head: ["a", "b;c"],
    rows: [
      ["-1+1", -0.5],
      [null, 'say "no"'],
    ],
  };
  const lines = ["'=now()", 'a;"b;c"', "'-1+1;-0.5", ';"say ""no"""', ""].join("\r\n");
  expect(csvOf(table, "en")).toBe(`\uFEFF${lines}`);
  expect(csvOf(table, "ru")).toContain("'-1+1;-0,5");
});

describe("the trend", () => {
  const dayOf = (day: number, of: number, low: number): TrendDays[number] => {
    const band = of === 0 ? null : { low95: 0.05, high95: 0.4, low998: 0, high998: 0.6 };
    return { day, of, low, mean: { kind: "shrunk", of, mean: 4 }, band };
  };

  test("by week adds up Monday to Sunday, and its band is narrower than a day's", () => {
    // 15 November 2026 is a Sunday.
    const days = [
      dayOf(20261115, 10, 2),
      dayOf(20261116, 10, 1),
      dayOf(20261117, 0, 0),
      dayOf(20261122, 30, 3),
    ];
    expect(usualShare(days)).toBeCloseTo(0.12);
    const weeks = weekPoints(days);
    expect(weeks.map(({ from, to, of, low }) => [from, to, of, low])).toEqual([
      [20261115, 20261115, 10, 2],
      [20261116, 20261122, 40, 4],
    ]);
    const [one, other] = weeks.map(({ band }) => (band?.high ?? 0) - (band?.low ?? 0));
    expect(other).toBeLessThan(one ?? 0);
  });

  test("a day without ratings has no band", () => {
    expect(dayPoints([dayOf(20261117, 0, 0)])[0]?.band).toBeNull();
    expect(usualShare([dayOf(20261117, 0, 0)])).toBeNull();
  });

  test("a day is the same day in every zone", () => {
    expect(writtenDay(20261109)).toBe("2026-11-09");
    for (const timeZone of ["Asia/Kamchatka", "America/New_York", "Europe/Kaliningrad"]) {
      expect(new Intl.DateTimeFormat("en-CA", { timeZone }).format(instantOfDay(20261109))).toBe(
        "2026-11-09",
      );
    }
  });
});
