// Events: written without a number in the transaction of what they tell, numbered afterwards without gaps, read as a feed.
import type { Tx } from "./database.ts";

/** An event on its way into the outbox. */
export interface NewEvent {
  readonly id: string;
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** JSON text. */
  readonly body: string;
  /** The one endpoint that gets it; null: all that asked for the kind. */
  readonly addressee: string | null;
  readonly at: number;
}

/** A numbered event. */
export interface StoredEvent extends Omit<NewEvent, "addressee"> {
  readonly number: number;
}

/** Puts an event into the outbox of this transaction. */
export async function insertEvent(tx: Tx, event: NewEvent): Promise<void> {
  await tx.run(
    `insert into event (id, kind, subject_type, subject_id, body, addressee, at, number)
      values (?, ?, ?, ?, ?, ?, ?, null)`,
    [event.id, event.kind, event.subjectType, event.subjectId, event.body, event.addressee, event.at],
  );
}

/** Is there an event of that id, numbered or not? */
export async function hasEvent(tx: Tx, id: string): Promise<boolean> {
  return (await tx.rows("select 1 as one from event where id = ?", [id])).length > 0;
}

/** Is there a committed event without a number? Costs a look into an index that is nearly always empty. */
export async function hasUnnumbered(tx: Tx): Promise<boolean> {
  return (await tx.rows("select 1 as one from event where number is null limit 1")).length > 0;
}

/** Numbers from `first` to `last`; nothing was numbered when `last` is smaller than `first`. */
export interface NumberSpan {
  readonly first: number;
  readonly last: number;
}

/**
 * Numbers up to `limit` committed events. Whoever holds the head's row is the publisher; the second statement begins after
 * the row is held, so it sees every event that the publisher before it saw. Rows are found by lacking a number, never by
 * being newer than some other: a transaction that began earlier and commits later is numbered later, and is not skipped.
 * The outer statement does not ask once more for the missing number: SQLite would then compare every waiting event with
 * every one of the batch.
 */
export async function numberEvents(tx: Tx, limit: number): Promise<NumberSpan> {
  const [head] = await tx.rows<{ last: number }>(
    "update event_head set last = last where one = 1 returning last",
  );
  const before = head?.last ?? 0;
  const numbered = await tx.run(
    `update event set number = ? + waiting.place
      from (select id, row_number() over (order by entry, id) as place
        from (select id, entry from event where number is null order by entry, id limit ${limit}) as oldest) as waiting
      where event.id = waiting.id`,
    [before],
  );
  if (numbered > 0) await tx.run("update event_head set last = ? where one = 1", [before + numbered]);
  return { first: before + 1, last: before + numbered };
}

const COLUMNS = "id, kind, subject_type, subject_id, body, at, number";

/** An event as a statement gives it. */
export interface EventRow {
  readonly id: string;
  readonly kind: string;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly body: string;
  readonly at: number;
  readonly number: number;
}

/** The event of a row. */
export function fromEventRow(row: EventRow): StoredEvent {
  const { subject_type: subjectType, subject_id: subjectId, ...rest } = row;
  return { ...rest, subjectType, subjectId };
}

/** Numbered events after `after`, ascending. */
export async function listEvents(
  tx: Tx,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<StoredEvent[]> {
  const rows = await tx.rows<EventRow>(
    `select ${COLUMNS} from event where number > ? order by number limit ?`,
    [after, limit],
  );
  return rows.map(fromEventRow);
}

/** Numbers and subjects of events of these kinds that go to everybody who asked. */
export async function eventsOfKinds(
  tx: Tx,
  span: NumberSpan,
  kinds: readonly string[],
): Promise<{ readonly number: number; readonly subjectId: string }[]> {
  return tx.rows<{ number: number; subjectId: string }>(
    `select number, subject_id as "subjectId" from event where number between ? and ? and addressee is null
       and kind in (${kinds.map(() => "?").join(", ")}) order by number`,
    [span.first, span.last, ...kinds],
  );
}

/** The event of that id, once it has its number. */
export async function eventById(tx: Tx, id: string): Promise<StoredEvent | null> {
  const [row] = await tx.rows<EventRow>(`select ${COLUMNS} from event where id = ? and number is not null`, [
    id,
  ]);
  return row === undefined ? null : fromEventRow(row);
}

/** The last number given, and the oldest that is kept; `oldest` is one more than `last` when nothing is kept. */
export async function eventSpan(tx: Tx): Promise<{ readonly oldest: number; readonly last: number }> {
  const [row] = await tx.rows<{ last: number; oldest: number | null }>(
    "select last, (select min(number) from event) as oldest from event_head where one = 1",
  );
  const last = row?.last ?? 0;
  return { oldest: row?.oldest ?? last + 1, last };
}

/**
 * Forgets up to `limit` numbered events older than `before` from the front of the feed, with what is known of their
 * deliveries; one that an endpoint that is on still has to get stays, and so does everything behind it. Gives how many went.
 */
export async function forgetEvents(tx: Tx, before: number, limit: number): Promise<number> {
  const [front] = await tx.rows<{ until: number | null }>(
    `select min(stays.number) as until from (
       select min(number) as number from event where number is not null and at >= ?
       union all select min(number) from webhook_delivery where state = 'pending'
         and endpoint_id in (select id from webhook_endpoint where state = 'enabled')
       union all select last + 1 from event_head
     ) as stays`,
    [before],
  );
  const [oldest] = await tx.rows<{ number: number | null }>("select min(number) as number from event");
  const from = oldest?.number ?? null;
  if (from === null) return 0;
  const until = Math.min(front?.until ?? 0, from + limit);
  for (const table of ["webhook_attempt", "webhook_delivery"]) {
    // By endpoint, so that the primary key finds them.
    await tx.run(
      `delete from ${table} where number < ? and endpoint_id in (select id from webhook_endpoint)`,
      [until],
    );
  }
  return tx.run("delete from event where number < ?", [until]);
}
