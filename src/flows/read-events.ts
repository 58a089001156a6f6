// The feed of events: a receiver that asks with its last number gets everything after it, and can prove that nothing is missing.
import { eventById, eventSpan, forgetEvents, listEvents, type StoredEvent } from "../storage/index.ts";
import type { House } from "./house.ts";

/** A part of the feed, or the word that its beginning is no longer kept. */
export type FeedPart =
  | {
      readonly kind: "part";
      readonly events: readonly StoredEvent[];
      /** The newest number there is. */
      readonly last: number;
    }
  | { readonly kind: "refused"; readonly reason: "events_forgotten"; readonly oldest: number };

/** Events after number `after`, at most `limit`, without a gap. */
export function readEvents(house: House, after: number, limit: number): Promise<FeedPart> {
  return house.database.read(async (tx): Promise<FeedPart> => {
    // The events first: whatever is forgotten between the two statements is then noticed by the second.
    const events = await listEvents(tx, { after, limit });
    const { oldest, last } = await eventSpan(tx);
    const first = events[0]?.number ?? oldest;
    if (after + 1 < first && after < last) return { kind: "refused", reason: "events_forgotten", oldest };
    return { kind: "part", events, last };
  });
}

/** One event, once it has its number. */
export function eventOf(house: House, id: string): Promise<StoredEvent | null> {
  return house.database.read((tx) => eventById(tx, id));
}

/** Most events that one transaction forgets. */
const FORGET_BATCH = 1000;

/** Most batches of one run. */
const FORGET_RUNS = 100;

/** Forgets events older than `keepMs` that no endpoint waits for; gives how many. */
export async function forgetOldEvents(house: House, keepMs: number): Promise<{ forgotten: number }> {
  const before = house.now() - keepMs;
  let forgotten = 0;
  for (let run = 0; run < FORGET_RUNS; run += 1) {
    const gone = await house.database.transaction((tx) => forgetEvents(tx, before, FORGET_BATCH));
    forgotten += gone;
    if (gone < FORGET_BATCH) break;
  }
  return { forgotten };
}
