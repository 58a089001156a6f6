// Filters of endpoints: which events about items of the desk an endpoint is not told of. Events about anything else always pass.
import { type Filter, isMatch } from "../core/desk/index.ts";
import {
  deskItemsById,
  eventsOfKinds,
  type HeldEndpoint,
  type NumberSpan,
  type Tx,
  type UntoldEvents,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { standingFilter } from "./raise-alerts.ts";

/** Kinds whose subject is an item of the desk. */
const ITEM_KINDS = ["rating.received", "feedback.received", "feedback.answer", "desk.alert"] as const;

/**
 * Events of `span` that the endpoints' filters leave out. An item is judged as it is now, which is within a second of the event;
 * one that is not on the desk passes no filter, nor does anything a filter that cannot be read any more.
 */
export async function untoldEvents(
  tx: Tx,
  house: House,
  span: NumberSpan,
  endpoints: readonly HeldEndpoint[],
): Promise<UntoldEvents[]> {
  const filtered = endpoints.flatMap(({ id, filter }) =>
    filter === null ? [] : [{ endpointId: id, filter: standingFilter(house, filter) }],
  );
  if (filtered.length === 0) return [];
  const events = await eventsOfKinds(tx, span, ITEM_KINDS);
  const items = await deskItemsById(tx, [...new Set(events.map(({ subjectId }) => subjectId))]);
  return filtered.map(({ endpointId, filter }) => ({
    endpointId,
    numbers: events
      .filter(({ subjectId }) => !passes(filter, items.get(subjectId)))
      .map(({ number }) => number),
  }));
}

function passes(filter: Filter | null, item: Parameters<typeof isMatch>[1] | undefined): boolean {
  return filter !== null && item !== undefined && isMatch(filter, item);
}
