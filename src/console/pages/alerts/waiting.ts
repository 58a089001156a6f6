// Why something waits for a destination: a failure, a pause that the other side asked for, quiet hours, or nothing but a turn.
import type { deskNoticeCalls } from "../../../contract/index.ts";
import type { ItemOf } from "../../api.ts";

/** A destination. */
export type Destination = ItemOf<typeof deskNoticeCalls.listDeskDestinations>;

/** The reason; null: nothing waits. */
export type Waiting =
  | { readonly kind: "problem"; readonly problem: string }
  | { readonly kind: "paused"; readonly until: string }
  /** `until`: minute of the destination's day. */
  | { readonly kind: "quiet"; readonly until: number }
  | { readonly kind: "soon" }
  | null;

/** Problems that have words of their own. */
export const PROBLEMS = [
  "not_configured",
  "connection_refused",
  "no_connection",
  "token_refused",
  "sign_in_refused",
  "chat_refused",
  "mailbox_refused",
  "unknown_endpoint",
  "endpoint_disabled",
] as const;

/** Why it waits at `now`; `shopZone` where the destination has no zone of its own. */
export function whyWaiting(one: Destination, now: number, shopZone: string): Waiting {
  if (one.waiting === 0) return null;
  if (one.problem !== null) return { kind: "problem", problem: one.problem };
  if (one.pausedUntil !== null && Date.parse(one.pausedUntil) > now)
    return { kind: "paused", until: one.pausedUntil };
  if (one.quiet !== null && isWithin(one.quiet, minuteOf(now, one.zone ?? shopZone)))
    return { kind: "quiet", until: one.quiet.to };
  return { kind: "soon" };
}

/** Quiet hours may go over midnight; `to` is not within. */
function isWithin({ from, to }: { readonly from: number; readonly to: number }, minute: number): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The minute of the day in a zone. */
function minuteOf(now: number, zone: string): number {
  const text = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(now);
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

/** A minute of the day as "22:00". */
export function clockText(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

/** "22:00" as a minute of the day. */
export function readClock(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}
