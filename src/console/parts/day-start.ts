// Midnight of a day in a time zone: filters say days, the API takes moments.

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
