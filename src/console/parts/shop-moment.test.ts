// Moments of the shop's clocks as instants.
import { expect, test } from "vitest";
import { instantIn, localIn } from "./shop-moment.ts";

test("a moment of the shop is told as its instant, on both sides of a change of the clocks", () => {
  expect(instantIn("2026-12-01T10:00", "Europe/Moscow")).toBe("2026-12-01T07:00:00.000Z");
  expect(instantIn("2026-12-01T00:30", "Asia/Omsk")).toBe("2026-11-30T18:30:00.000Z");
  expect(instantIn("2026-03-29T01:30", "Europe/Berlin")).toBe("2026-03-29T00:30:00.000Z");
  expect(instantIn("2026-03-29T03:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
});

test("an instant is shown as the zone's clocks show it", () => {
  expect(localIn("2026-12-01T07:00:00.000Z", "Europe/Moscow")).toBe("2026-12-01T10:00");
  expect(localIn("2026-11-30T18:30:00.000Z", "Asia/Omsk")).toBe("2026-12-01T00:30");
  expect(localIn("", "Asia/Omsk")).toBe("");
});
