// Numbers what was committed and queues it for the endpoints, in one transaction: an event is shown when it is on its way.
import {
  hasUnnumbered,
  lockEndpoints,
  type NumberSpan,
  numberEvents,
  queueDeliveries,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { untoldEvents } from "./sift-events.ts";

/** Most events of one transaction: on SQLite a call that comes meanwhile waits for it. */
export const PUBLISH_BATCH = 100;

/** Publishes one batch; null when nothing waited. Any instance may call it at any time: one of them numbers, the others wait. */
export async function publishEvents(house: House): Promise<NumberSpan | null> {
  if (!(await house.database.read(hasUnnumbered))) return null;
  const now = house.now();
  const span = await house.database.transaction(async (tx) => {
    const numbered = await numberEvents(tx, PUBLISH_BATCH);
    if (numbered.last >= numbered.first) {
      const endpoints = await lockEndpoints(tx);
      await queueDeliveries(tx, numbered, now, await untoldEvents(tx, house, numbered, endpoints));
    }
    return numbered;
  });
  return span.last < span.first ? null : span;
}
