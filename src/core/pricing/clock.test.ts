// The shop's clock over changes of the clocks, and local date-times read in its zone.
import { describe, expect, test } from "vitest";
import { readMinute, readMoment, UTC, type Zone, zoneOf } from "./clock.ts";

const BERLIN = zoneOf("Europe/Berlin") as Zone;

describe("a zone", () => {
  test("is read by its name or not at all", () => {
    expect(zoneOf("Europe/Nowhere")).toBe(null);
    expect(UTC.wallClock(0)).toEqual({ weekday: 4, minute: 0, day: 0, year: 1970 });
    expect(UTC.instantOf(5)).toBe(5);
  });

  test("shows the hour before and after the clocks change", () => {
    expect(BERLIN.wallClock(Date.UTC(2026, 2, 29, 0, 59)).minute).toBe(119);
    expect(BERLIN.wallClock(Date.UTC(2026, 2, 29, 1, 0)).minute).toBe(180);
    expect(BERLIN.wallClock(Date.UTC(2026, 9, 25, 0, 30)).minute).toBe(150);
    expect(BERLIN.wallClock(Date.UTC(2026, 9, 25, 1, 30)).minute).toBe(150);
  });

  test("takes the earlier of two equal times and skips over a time that is not shown", () => {
    expect(readMoment("2026-10-25T02:30", BERLIN)).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(readMoment("2026-03-29T02:30", BERLIN)).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(readMoment("2026-03-29T03:30", BERLIN)).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(readMoment("2026-07-01", BERLIN)).toBe(Date.UTC(2026, 5, 30, 22));
    // Within a day of both changes the offsets around differ, and yet only one of them fits.
    expect(readMoment("2026-03-28T12:00", BERLIN)).toBe(Date.UTC(2026, 2, 28, 11));
    expect(readMoment("2026-03-29T12:00", BERLIN)).toBe(Date.UTC(2026, 2, 29, 10));
    expect(readMoment("2026-10-24T12:00", BERLIN)).toBe(Date.UTC(2026, 9, 24, 10));
    expect(readMoment("2026-10-25T12:00", BERLIN)).toBe(Date.UTC(2026, 9, 25, 11));
  });

  test("knows half-hour zones, and forgets offsets when it has seen many", () => {
    const kolkata = zoneOf("Asia/Kolkata") as Zone;
    for (let quarter = 0; quarter < 600; quarter += 1) {
      expect(kolkata.wallClock(quarter * 900_000).minute).toBe((quarter * 15 + 330) % 1440);
    }
  });
});

describe("moments", () => {
  test.each([
    ["2026-11-21T10:00:00+03:00", Date.UTC(2026, 10, 21, 7)],
    ["2026-11-21T10:00-0330", Date.UTC(2026, 10, 21, 13, 30)],
    ["2026-11-21T10:59:59", Date.UTC(2026, 10, 21, 10, 59, 59)],
    ["2026-11-21T10:00", Date.UTC(2026, 10, 21, 10)],
    ["2026-11-21Z", Date.UTC(2026, 10, 21)],
    ["2026-11-21 10:00:01.5", Date.UTC(2026, 10, 21, 10, 0, 1, 500)],
  ])("%s", (text, expected) => {
    expect(readMoment(text, UTC)).toBe(expected);
  });

  test.each([
    "",
    "tomorrow",
    "2026-02-30",
    "2026-13-01",
    "2026-11-31",
    "2026-01-00",
    "2026-01-01T25:00",
    "2026-01-01T24:00",
    "2026-01-01T10:60",
    "2026-01-01T10:00:60",
    "on 2026-01-01",
    "2026-01-01 or so",
  ])("%j is none", (text) => {
    expect(readMoment(text, UTC)).toBe(null);
  });

  test("times of day", () => {
    expect([
      readMinute("09:30"),
      readMinute("24:00"),
      readMinute("24:01"),
      readMinute("9"),
      readMinute("10:60"),
      readMinute("010:00"),
      readMinute("at 10:00"),
      readMinute("10:005"),
    ]).toEqual([570, 1440, null, null, null, null, null, null]);
    expect(UTC.name).toBe("UTC");
  });
});
