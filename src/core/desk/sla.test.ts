// The clock of the desk by example and against a minute-by-minute count, over nights, week-ends and changes of summer time.
import fc from "fast-check";
import { expect, test } from "vitest";
import { UTC, zoneOf } from "../pricing/index.ts";
import {
  type DeskClock,
  dueAfter,
  minutesDue,
  USUAL_HOURS,
  USUAL_SLA,
  type WorkingHours,
  workingMinutes,
} from "./sla.ts";

const MOSCOW = zoneOf("Europe/Moscow") as DeskClock;
const BERLIN = zoneOf("Europe/Berlin") as DeskClock;
const MINUTE = 60_000;
const subject = { source: "app", branchId: "lesnaya", rating: 2, comment: null };

test("the first rule that fits says how soon", () => {
  expect(minutesDue(USUAL_SLA, subject)).toBe(120);
  expect(minutesDue(USUAL_SLA, { ...subject, rating: 3 })).toBe(480);
  expect(minutesDue(USUAL_SLA, { ...subject, rating: 5 })).toBeNull();
  expect(minutesDue(USUAL_SLA, { ...subject, rating: 5, comment: "Спасибо" })).toBe(1440);
  expect(minutesDue(USUAL_SLA, { ...subject, rating: null })).toBeNull();
  const own = { source: "yandex-eats", branchId: "mira", from: 1, to: 5, isWithText: false, minutes: 15 };
  expect(minutesDue([own, ...USUAL_SLA], subject)).toBe(120);
  expect(minutesDue([own], { ...subject, source: "yandex-eats" })).toBeNull();
  expect(minutesDue([own], { ...subject, source: "yandex-eats", branchId: "mira" })).toBe(15);
});

test("what comes in the evening is due in the morning", () => {
  // 20:30 in Moscow: half an hour today, an hour and a half from nine on.
  expect(dueAfter(Date.UTC(2026, 10, 20, 17, 30), 120, USUAL_HOURS, MOSCOW)).toBe(
    Date.UTC(2026, 10, 21, 7, 30),
  );
  // 03:00 in Moscow.
  expect(dueAfter(Date.UTC(2026, 10, 20, 0), 60, USUAL_HOURS, MOSCOW)).toBe(Date.UTC(2026, 10, 20, 7));
});

test("without hours the clock always runs; hours that never come are told", () => {
  expect(dueAfter(0, 90, [], UTC)).toBe(90 * MINUTE);
  expect(workingMinutes(0, 90 * MINUTE, [], UTC)).toBe(90);
  expect(dueAfter(0, 90, [{ weekday: 1, from: 600, to: 600 }], UTC)).toBeNull();
});

test("nothing was worked before it began", () => {
  expect(workingMinutes(MINUTE, 0, USUAL_HOURS, UTC)).toBe(0);
});

const anyHours: fc.Arbitrary<WorkingHours> = fc.array(
  fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    from: fc.integer({ min: 0, max: 11 }).map((hour) => hour * 60),
    to: fc.integer({ min: 12, max: 24 }).map((hour) => hour * 60),
  }),
  { minLength: 1, maxLength: 5 },
);

/** Once a weekday, as the settings allow. */
const once = (hours: WorkingHours): WorkingHours =>
  hours.filter((shift, index) => hours.findIndex(({ weekday }) => weekday === shift.weekday) === index);

/** Every minute asked for itself whether it is worked. */
function slowly(start: number, end: number, hours: WorkingHours, clock: DeskClock): number {
  let worked = 0;
  for (let at = start; at < end; at += MINUTE) {
    const { weekday, minute } = clock.wallClock(at);
    if (hours.some((shift) => shift.weekday === weekday && minute >= shift.from && minute < shift.to))
      worked += 1;
  }
  return worked;
}

test.each([
  ["Moscow in November", MOSCOW, Date.UTC(2026, 10, 20)],
  ["Berlin as summer time ends", BERLIN, Date.UTC(2026, 9, 24)],
  ["Berlin as summer time begins", BERLIN, Date.UTC(2026, 2, 28)],
])("minutes are those that a patient clerk counts: %s", (_where, clock, around) => {
  fc.assert(
    fc.property(
      anyHours,
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 0, max: 3000 }),
      (drawn, before, length) => {
        const hours = once(drawn);
        const start = around + before * MINUTE;
        const end = start + length * MINUTE;
        const worked = workingMinutes(start, end, hours, clock);
        expect(worked).toBe(slowly(start, end, hours, clock));
        if (worked > 0) {
          const due = dueAfter(start, worked, hours, clock) as number;
          expect(due).toBeLessThanOrEqual(end);
          expect(workingMinutes(start, due, hours, clock)).toBe(worked);
        }
      },
    ),
    { numRuns: 200, seed: 20_261_122 },
  );
});
