// The shop's wall clock: weekday, minute and date of an instant in a time zone, and instants of local date-times.

/** An instant as people in the shop's zone read it. */
export interface WallClock {
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Minutes since local midnight, 0 to 1439. */
  readonly minute: number;
  /** Days since 1970-01-01 of the local date. */
  readonly day: number;
  readonly year: number;
}

/** Reads wall clocks of one zone; remembers offsets, so that the calendar library is asked once a quarter of an hour. */
export interface Zone {
  readonly name: string;
  wallClock(at: number): WallClock;
  /** The instant at which the zone's clocks show these local milliseconds; the earlier one where they show it twice. */
  instantOf(localMs: number): number;
}

const QUARTER = 900_000;
const DAY = 86_400_000;
const REMEMBERED = 512;

/** The zone of an IANA name, or null when there is no such zone. */
export function zoneOf(name: string): Zone | null {
  const format = formatOf(name);
  if (format === null) return null;
  const offsets = new Map<number, number>();
  const offset = (at: number): number => {
    const quarter = Math.floor(at / QUARTER);
    let known = offsets.get(quarter);
    if (known === undefined) {
      if (offsets.size >= REMEMBERED) offsets.clear();
      known = offsetAt(format, quarter * QUARTER);
      offsets.set(quarter, known);
    }
    return known;
  };
  return {
    name,
    wallClock: (at) => wallClockOf(at + offset(at)),
    instantOf: (local) => {
      const before = local - offset(local - DAY);
      const after = local - offset(local + DAY);
      const isShown = (at: number): boolean => at + offset(at) === local;
      if (isShown(before) && isShown(after)) return Math.min(before, after);
      // A time that the clocks skip counts with the offset before the skip, so it falls right after it.
      return isShown(after) ? after : before;
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return null;
  }
}

function offsetAt(format: Intl.DateTimeFormat, at: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

function wallClockOf(localMs: number): WallClock {
  const day = Math.floor(localMs / DAY);
  return {
    weekday: ((((day + 3) % 7) + 7) % 7) + 1,
    minute: Math.floor((localMs - day * DAY) / 60_000),
    day,
    year: new Date(localMs).getUTCFullYear(),
  };
}

const LOCAL =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Reads "2026-11-01", "2026-11-01T10:00" (both in the zone) or an ISO 8601 instant with offset; null when it is none. */
export function readMoment(text: string, zone: Zone): number | null {
  const match = LOCAL.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "0", offset] = match;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, "0")),
  );
  const back = new Date(local);
  const isReal =
    back.getUTCMonth() + 1 === Number(month) && back.getUTCDate() === Number(day) && Number(hour) < 24;
  if (!isReal || Number(minute) > 59 || Number(second) > 59) return null;
  if (offset === undefined) return zone.instantOf(local);
  return local - offsetOf(offset);
}

function offsetOf(text: string): number {
  if (text === "Z") return 0;
  const sign = text.startsWith("-") ? -1 : 1;
  return sign * (Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))) * 60_000;
}

/** Minutes since midnight of "HH:MM" ("24:00" is the day's end); null when it is no time of day. */
export function readMinute(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (match === null) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minutes <= 1440 ? minutes : null;
}

/** The zone without offsets, for documents that hold no local times. */
export const UTC: Zone = { name: "UTC", wallClock: wallClockOf, instantOf: (local) => local };
