// Days as numbers: what the calendar says, and no day that it does not have.
import { describe, expect, test } from "vitest";
import { AssertionFailed } from "../basics/index.ts";
import { addDays, dayOf, dayOfEpoch, daysBetween, daysOf, readDay, weekday, writeDay } from "./day.ts";

test("a day is written as it is read", () => {
  expect(readDay("2026-11-04")).toBe(20261104);
  expect(writeDay(20261104)).toBe("2026-11-04");
});

test.each(["2026-02-30", "2026-13-01", "2026-00-10", "0999-01-01", "26-11-04", "2026-11-04T10:00", ""])(
  "%j is no day",
  (text) => {
    expect(readDay(text)).toBeNull();
  },
);

test("29 February stands in leap years only", () => {
  expect(readDay("2028-02-29")).toBe(20280229);
  expect(readDay("2026-02-29")).toBeNull();
  expect(() => dayOf(2026, 2, 29)).toThrow(AssertionFailed);
});

test("days are counted over the ends of months and years", () => {
  expect(addDays(20261231, 1)).toBe(20270101);
  expect(addDays(20280301, -1)).toBe(20280229);
  expect(daysBetween(20261230, 20270102)).toBe(3);
  expect(daysBetween(20270102, 20261230)).toBe(-3);
});

test("days since 1970 are days of the calendar", () => {
  expect([dayOfEpoch(0), dayOfEpoch(-1), dayOfEpoch(20_779)]).toEqual([19700101, 19691231, 20261122]);
});

test("the week begins on Monday", () => {
  expect([weekday(20261123), weekday(20261122)]).toEqual([1, 7]);
});

describe("told on Sunday, 22 November 2026,", () => {
  test.each([
    ["today", 20261122, 20261122],
    ["yesterday", 20261121, 20261121],
    ["7d", 20261115, 20261121],
    ["30d", 20261023, 20261121],
    ["90d", 20260824, 20261121],
    ["week", 20261116, 20261122],
    ["month", 20261101, 20261122],
    ["last-month", 20261001, 20261031],
    ["quarter", 20261001, 20261122],
    ["year", 20260101, 20261122],
  ] as const)("%s is %i to %i", (period, from, to) => {
    expect(daysOf(period, 20261122)).toEqual({ from, to });
  });
});
