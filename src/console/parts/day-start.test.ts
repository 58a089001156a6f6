// Days of a filter begin at midnight of the shop, also where clocks are changed.
import { expect, test } from "vitest";
import { dayStart } from "./day-start.ts";

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
