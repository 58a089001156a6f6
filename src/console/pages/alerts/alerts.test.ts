// What alarms and destinations tell, without a browser: the feedback behind an alarm, and why something waits.
import { expect, test } from "vitest";
import { type Alarm, filterOfAlarm } from "./alarm-filter.ts";
import { clockText, type Destination, readClock, whyWaiting } from "./waiting.ts";

const alarm = {
  source: "app",
  since: "2026-11-01",
  day: "2026-11-07",
  branchId: "На углу",
  city: null,
} as Alarm;
const outlets = [
  { id: "a", city: "Омск" },
  { id: "b", city: "Омск" },
  { id: "c", city: null },
];

test("the feedback behind an alarm is that of its days, source and place", () => {
  expect(filterOfAlarm(alarm, outlets)).toBe('day:2026-11-01..2026-11-07 source:app branch:"На углу"');
  expect(filterOfAlarm({ ...alarm, branchId: null, city: "Омск" }, outlets)).toBe(
    "day:2026-11-01..2026-11-07 source:app branch:a,b",
  );
  expect(filterOfAlarm({ ...alarm, branchId: null }, outlets)).toBe("day:2026-11-01..2026-11-07 source:app");
});

test("what waits says why: a failure before a pause, a pause before quiet hours on its own clock", () => {
  const now = Date.UTC(2026, 10, 20, 20, 30);
  const night = { from: 22 * 60, to: 8 * 60 };
  const one = { waiting: 2, problem: null, pausedUntil: null, quiet: night, zone: null } as Destination;
  const why = (change: Partial<Destination>, zone = "Europe/Moscow") =>
    whyWaiting({ ...one, ...change }, now, zone)?.kind ?? null;
  expect(why({ waiting: 0 })).toBeNull();
  expect(why({ problem: "not_configured", pausedUntil: "2026-11-20T21:00:00Z" })).toBe("problem");
  expect(why({ pausedUntil: "2026-11-20T21:00:00Z" })).toBe("paused");
  expect(why({ pausedUntil: "2026-11-20T20:00:00Z" })).toBe("quiet");
  expect(why({ zone: "UTC" })).toBe("soon");
  expect(why({}, "UTC")).toBe("soon");
  expect(why({ quiet: { from: 20 * 60, to: 21 * 60 } }, "UTC")).toBe("quiet");
  expect([clockText(485), readClock("08:05")]).toEqual(["08:05", 485]);
});
