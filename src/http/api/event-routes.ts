// The feed of events.
import { type EventKind, eventCalls } from "../../contract/index.ts";
import { eventOf, readEvents } from "../../flows/index.ts";
import type { StoredEvent } from "../../storage/index.ts";
import { refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";

/** Events of a page when the caller does not say. */
const USUAL = 100;

function eventShown(event: StoredEvent) {
  return {
    id: event.id,
    number: event.number,
    kind: event.kind as EventKind,
    subject: { type: event.subjectType, id: event.subjectId },
    at: shown(event.at),
    data: JSON.parse(event.body) as Record<string, unknown>,
  };
}

/** Routes of the feed. */
export const eventRoutes = [
  route(eventCalls.listEvents, async ({ house, query }) => {
    const part = await readEvents(house, query.after ?? 0, query.limit ?? USUAL);
    if (part.kind === "refused") {
      return refuse("events_forgotten", `The oldest event that is kept has the number ${part.oldest}.`);
    }
    return { items: part.events.map(eventShown), last: part.last };
  }),
  route(eventCalls.getEvent, async ({ house, params }) => {
    const event = await eventOf(house, params.eventId);
    return event === null ? refuse("not_found") : eventShown(event);
  }),
];
