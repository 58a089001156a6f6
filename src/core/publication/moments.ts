// A moment at which all demands on time are met, or the proof that there is none.
import type { Zone } from "../pricing/index.ts";
import type { Clause, Demand } from "./clauses.ts";

/** A moment, or the demands that leave none. */
export type MomentFound =
  | { readonly kind: "found"; readonly at: number }
  | { readonly kind: "never"; readonly paths: readonly string[] };

const MINUTE = 60_000;
const QUARTER = 900_000;
const DAY = 86_400_000;

/** Within so many days every weekday and every minute of the day comes by. */
const WHOLE_WEEK = 8 * DAY;

/** The first moment from `now` on that meets the demands on time, which are all there are in the clause; to the minute. */
export function findMoment(clause: Clause, now: number, zone: Zone): MomentFound {
  let [from, until] = [now, Number.POSITIVE_INFINITY];
  const days = new Set([1, 2, 3, 4, 5, 6, 7]);
  const paths: string[] = [];
  const hours: Extract<Demand, { kind: "hours" }>[] = [];
  for (const demand of clause) {
    if (demand.kind === "dates") {
      from = Math.max(from, demand.from);
      until = Math.min(until, demand.until);
    } else if (demand.kind === "weekdays") {
      for (const day of [...days]) if (demand.wanted.includes(day) !== demand.is) days.delete(day);
    } else if (demand.kind === "hours") hours.push(demand);
    paths.push(demand.path);
  }
  const minutes = minutesOf(hours);
  const never: MomentFound = { kind: "never", paths: [...new Set(paths)] };
  if (from >= until || days.size === 0 || !minutes.includes(1)) return never;
  if (days.size === 7 && hours.length === 0) return { kind: "found", at: from };
  const end = Math.min(until, from + WHOLE_WEEK);
  // Days and times of day come together within a week, whatever they are; a shorter window is walked to its end.
  for (let start = from; start < end; start = (Math.floor(start / QUARTER) + 1) * QUARTER) {
    const { weekday, minute } = zone.wallClock(start);
    if (!days.has(weekday)) continue;
    // Clocks are set at full quarters only, so within one they run evenly.
    const last = Math.min(end, (Math.floor(start / QUARTER) + 1) * QUARTER);
    for (let at = start, shown = minute; at < last; at = (Math.floor(at / MINUTE) + 1) * MINUTE, shown += 1)
      if (minutes[shown] === 1) return { kind: "found", at };
  }
  return until > end ? { kind: "found", at: from } : never;
}

/** Minutes of the day that all demands allow, 1 each. */
function minutesOf(demands: readonly Extract<Demand, { kind: "hours" }>[]): Uint8Array {
  const minutes = new Uint8Array(1440).fill(1);
  for (const { spans, is } of demands) {
    for (let minute = 0; minute < 1440; minute += 1) {
      const isIn = spans.some(({ from, to }) =>
        from <= to ? minute >= from && minute < to : minute >= from || minute < to,
      );
      if (isIn !== is) minutes[minute] = 0;
    }
  }
  return minutes;
}

/** True when whenever `inner` is met, `outer` is: both are parts of the day. */
export function isPartOfDay(
  inner: Extract<Demand, { kind: "hours" }>,
  outer: Extract<Demand, { kind: "hours" }>,
): boolean {
  const more = minutesOf([outer]);
  return minutesOf([inner]).every((allowed, minute) => allowed === 0 || more[minute] === 1);
}
