// Notes an event in the transaction of what it tells: both are there after the commit, or neither.
import type { EventKind } from "../contract/index.ts";
import type { Instant } from "../core/basics/index.ts";
import { insertEvent, type Tx } from "../storage/index.ts";
import type { House } from "./house.ts";

/** What happened, to whom it happened, and what receivers are told of it. */
export interface EventNote {
  readonly kind: EventKind;
  /** Events of one subject reach every endpoint in the order of their noting. */
  readonly subject: { readonly type: string; readonly id: string };
  /** Plain JSON. Keep it small: a webhook carries at most 20 kB, beyond that the receiver has to read the feed. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: Instant;
  /** The one endpoint it is for; absent: all that asked for the kind. */
  readonly addressee?: string;
}

/**
 * Puts the event into the outbox; gives its id, which is the webhook's id at every endpoint. No order waits for a counter:
 * the publisher numbers it after the commit. Two transactions on one subject must already wait for each other (a row of the
 * subject that both have locked or written) before they note, or their order is nobody's.
 */
export async function noteEvent(tx: Tx, house: House, note: EventNote): Promise<string> {
  const id = house.newId();
  await insertEvent(tx, {
    id,
    kind: note.kind,
    subjectType: note.subject.type,
    subjectId: note.subject.id,
    body: JSON.stringify(note.body),
    addressee: note.addressee ?? null,
    at: note.at,
  });
  house.eventNoted?.();
  return id;
}
