// Days of a filter begin at midnight of the shop, also where clocks are changed.
import { expect, test } from "vitest";
import { dayOf, dayStart, momentOf } from "./day-start.ts";

test("a day begins at midnight of the zone", () => {
  expect(dayStart("2026-11-22", "Europe/Moscow")).toBe("2026-11-21T21:00:00.000Z");
  expect(dayStart("2026-11-22", "America/New_York")).toBe("2026-11-22T05:00:00.000Z");
  expect(dayStart("2026-11-22", "Asia/Kolkata", 1)).toBe("2026-11-22T18:30:00.000Z");
});

test("days on which clocks are changed begin at their own offset", () => {
  expect(dayStart("2026-03-29", "Europe/Berlin")).toBe("2026-03-28T23:00:00.000Z");
  expect(dayStart("2026-03-29", "Europe/Berlin", 1)).toBe("2026-03-29T22:00:00.000Z");
  expect(dayStart("2026-10-25", "Europe/Berlin", 1)).toBe("2026-10-25T23:00:00.000Z");
});

test("what is no day has no beginning", () => {
  for (const text of ["", "today", "2026-13-45", "22.11.2026"]) expect(dayStart(text, "UTC")).toBeNull();
});

test("an address names a day or a moment, and what is neither names nothing", () => {
  expect(momentOf("2026-11-22", "Europe/Moscow", 1)).toBe("2026-11-22T21:00:00.000Z");
  expect(momentOf("2026-11-21T21:00:00.000Z", "Europe/Moscow", 1)).toBe("2026-11-21T21:00:00.000Z");
  expect(dayOf("2026-11-21T21:00:00.000Z", "Europe/Moscow")).toBe("2026-11-22");
  expect(dayOf("2026-11-21T20:59:59.999Z", "Europe/Moscow")).toBe("2026-11-21");
  expect(dayOf("2026-11-22", "Europe/Moscow")).toBe("2026-11-22");
  for (const text of ["", "2026-13-45", "2026-11-22T25:61", "<b>"])
    expect([momentOf(text, "UTC"), dayOf(text, "UTC")]).toEqual([null, ""]);
});
