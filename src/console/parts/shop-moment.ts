// A moment as a field gives it, in the shop's zone: the instant that it is.

/** The instant (RFC 3339) of a local date-time such as 2026-12-01T10:00 in an IANA zone. */
export function instantIn(local: string, zone: string): string {
  const wanted = Date.parse(`${local}Z`);
  // The zone's offset is that of the instant itself, so the second look settles moments beside a change of the clocks.
  const first = wanted - offsetAt(wanted, zone);
  return new Date(wanted - offsetAt(first, zone)).toISOString();
}

/** The local date-time, as a field takes it, of an instant (RFC 3339) in an IANA zone; a text that is none stays as it is. */
export function localIn(instant: string, zone: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : new Date(at + offsetAt(at, zone)).toISOString().slice(0, 16);
}

/** What the zone's clocks show at an instant (RFC 3339), as if they were UTC's, ms. */
export function wallMsIn(instant: string, zone: string): number {
  const at = Date.parse(instant);
  return at + offsetAt(at, zone);
}

/** How far the zone's clocks are ahead of UTC at an instant, ms. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return shown - Math.floor(instant / 1000) * 1000;
}
