// Lengths of time as the desk tells them: two units, no seconds, rounded down.
import type { Say } from "../../words.ts";

/** From so many hours on minutes say nothing any more. */
const COARSE_HOURS = 6;

/** Minutes, hours or days: "2 h 10 min". Less than a minute is one minute. */
export function spanText(ms: number, say: Say): string {
  const minutes = Math.max(1, Math.floor(Math.abs(ms) / 60_000));
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return say("desk.span.days", { days, hours: hours % 24 });
  if (hours >= COARSE_HOURS) return say("desk.span.onlyHours", { hours });
  if (hours > 0) return say("desk.span.hours", { hours, minutes: minutes % 60 });
  return say("desk.span.minutes", { minutes });
}
