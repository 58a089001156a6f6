// What a receiver gets of an event: the same bytes at every attempt, and never more than a receiver has to take.
import type { StoredEvent } from "../storage/index.ts";

/** Most bytes of a body, as Standard Webhooks advises. */
export const BODY_MOST_BYTES = 20_000;

/** The body of an event; of one that is too long without its data, to be read from the feed. */
export function webhookBody(event: StoredEvent): string {
  const head = {
    type: event.kind,
    timestamp: new Date(event.at).toISOString(),
    number: event.number,
    subject: { type: event.subjectType, id: event.subjectId },
  };
  const whole = JSON.stringify({ ...head, data: JSON.parse(event.body) as unknown });
  if (Buffer.byteLength(whole) < BODY_MOST_BYTES) return whole;
  return JSON.stringify({ ...head, data: null, isDataOmitted: true });
}
