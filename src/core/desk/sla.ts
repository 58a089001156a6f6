// The clock of the desk: it runs only while the branch is at work, so that a night is no delay.

/** A wall clock of one zone; day is counted from 1 January 1970, minute within the day, weekday 1 Monday to 7 Sunday. */
export interface DeskClock {
  wallClock(at: number): { readonly day: number; readonly minute: number; readonly weekday: number };
  /** The instant at which clocks show these local milliseconds. */
  instantOf(localMs: number): number;
}

/** Hours of one weekday: minutes within the day, 0 to 1440, `to` not included. */
export interface Shift {
  readonly weekday: number;
  readonly from: number;
  readonly to: number;
}

/** When a branch is at work. No shifts: always. */
export type WorkingHours = readonly Shift[];

/** How soon a first answer is due: the first rule that fits counts. */
export interface SlaRule {
  /** Null: any. */
  readonly source: string | null;
  readonly branchId: string | null;
  /** Stars, both included. */
  readonly from: number;
  readonly to: number;
  /** Only feedback with words. */
  readonly isWithText: boolean;
  /** Working minutes; null: nothing is due. */
  readonly minutes: number | null;
}

/** What a rule looks at. */
export interface SlaSubject {
  readonly source: string;
  readonly branchId: string | null;
  readonly rating: number | null;
  readonly comment: string | null;
}

/** Two hours for one and two stars, eight for three, a day for words of the content; nothing for the rest. */
export const USUAL_SLA: readonly SlaRule[] = [
  { source: null, branchId: null, from: 1, to: 2, isWithText: false, minutes: 120 },
  { source: null, branchId: null, from: 3, to: 3, isWithText: false, minutes: 480 },
  { source: null, branchId: null, from: 4, to: 5, isWithText: true, minutes: 1440 },
];

/** Every day from nine in the morning to nine in the evening. */
export const USUAL_HOURS: WorkingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  from: 540,
  to: 1260,
}));

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Longest look ahead, days: hours that leave less than this free are no hours. */
const DAYS_AHEAD = 366;

/** Working minutes until the first answer is due; null: none is. */
export function minutesDue(rules: readonly SlaRule[], subject: SlaSubject): number | null {
  const { rating } = subject;
  if (rating === null) return null;
  const rule = rules.find(
    ({ source, branchId, from, to, isWithText }) =>
      (source === null || source === subject.source) &&
      (branchId === null || branchId === subject.branchId) &&
      rating >= from &&
      rating <= to &&
      (!isWithText || subject.comment !== null),
  );
  return rule?.minutes ?? null;
}

/** The instant at which `minutes` of work have passed since `start`; null when there is no work for a year. */
export function dueAfter(
  start: number,
  minutes: number,
  hours: WorkingHours,
  clock: DeskClock,
): number | null {
  if (hours.length === 0) return start + minutes * MINUTE;
  let left = minutes * MINUTE;
  for (const { from, to } of spansFrom(start, hours, clock)) {
    const begin = Math.max(from, start);
    if (to <= begin) continue;
    if (to - begin >= left) return begin + left;
    left -= to - begin;
  }
  return null;
}

/** Minutes of work between two instants, not rounded; 0 when `end` is not later. */
export function workingMinutes(start: number, end: number, hours: WorkingHours, clock: DeskClock): number {
  if (end <= start) return 0;
  if (hours.length === 0) return (end - start) / MINUTE;
  let worked = 0;
  for (const { from, to } of spansFrom(start, hours, clock)) {
    if (from >= end) break;
    worked += Math.max(0, Math.min(to, end) - Math.max(from, start));
  }
  return worked / MINUTE;
}

/** Spans of work in order, from those of the day before `start` on. */
function* spansFrom(
  start: number,
  hours: WorkingHours,
  clock: DeskClock,
): Generator<{ readonly from: number; readonly to: number }> {
  const first = clock.wallClock(start);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const weekday = ((first.weekday - 1 + ahead) % 7) + 1;
    const midnight = (first.day + ahead) * DAY;
    const shifts = hours.filter((shift) => shift.weekday === weekday).sort((a, b) => a.from - b.from);
    for (const { from, to } of shifts) {
      yield {
        from: clock.instantOf(midnight + from * MINUTE),
        to: clock.instantOf(midnight + to * MINUTE),
      };
    }
  }
}
