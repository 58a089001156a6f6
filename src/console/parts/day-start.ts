// Days and moments of addresses: filters say days of the shop, links from numbers say moments, the API takes moments.

/** Minutes that clocks of `zone` are ahead of UTC at an instant, as ms. */
function offsetAt(instant: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return wall - Math.floor(instant / 1000) * 1000;
}

/**
 * The first moment of `day` ("2026-11-22") in `zone`, `plus` days later, as the API writes it; null: it is no day. Where
 * clocks go forward at midnight the day begins when they have.
 */
export function dayStart(day: string, zone: string, plus = 0): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const wall = Date.parse(`${day}T00:00:00Z`) + plus * 86_400_000;
  if (Number.isNaN(wall)) return null;
  const first = wall - offsetAt(wall - offsetAt(wall, zone), zone);
  return new Date(first).toISOString();
}

/** What begins a moment as the API writes it. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T/;

/** The moment that an address names: itself, or the beginning of a day in `zone`, `plus` days later; null: neither. */
export function momentOf(text: string, zone: string, plus = 0): string | null {
  if (!MOMENT.test(text)) return dayStart(text, zone, plus);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** The day in `zone` that an address names, for a field of days; empty: none. */
export function dayOf(text: string, zone: string): string {
  if (!MOMENT.test(text)) return dayStart(text, zone) === null ? "" : text;
  const at = Date.parse(text);
  return Number.isNaN(at) ? "" : new Date(at + offsetAt(at, zone)).toISOString().slice(0, 10);
}
