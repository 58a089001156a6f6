// What endpoints still have to get: deliveries, and lanes that keep those of one subject in a row.
//
// A lane is one subject at one endpoint. Its head, the pending delivery of the smallest number, is sent; the rest waits. Lanes
// and deliveries of an endpoint are changed only by a transaction that holds the endpoint's row (`lockEndpoint`,
// `lockEndpoints`), so nobody sees a lane half emptied.
import type { Tx } from "./database.ts";
import { type EventRow, fromEventRow, type NumberSpan, type StoredEvent } from "./events.ts";

/** How far a delivery is. `refused`: it arrived, was understood, and was answered with a no. */
export type DeliveryState = "pending" | "delivered" | "dead" | "refused";

/** What an endpoint is not told of, though it asked for its kind. */
export interface UntoldEvents {
  readonly endpointId: string;
  readonly numbers: readonly number[];
}

/** Queues freshly numbered events for every endpoint that is on and asked for them; all of them are held. */
export async function queueDeliveries(
  tx: Tx,
  span: NumberSpan,
  at: number,
  untold: readonly UntoldEvents[],
): Promise<number> {
  const queued = await insertDeliveries(tx, span, at, null);
  const left = queued === 0 ? 0 : queued - (await leaveOut(tx, untold));
  if (left > 0) await openLanes(tx, null, span, at);
  return left;
}

/** Takes what was queued just now out again; gives how many. */
async function leaveOut(tx: Tx, untold: readonly UntoldEvents[]): Promise<number> {
  let count = 0;
  for (const { endpointId, numbers } of untold) {
    for (let from = 0; from < numbers.length; from += MARKS) {
      const some = numbers.slice(from, from + MARKS);
      count += await tx.run(
        `delete from webhook_delivery where endpoint_id = ? and state = 'pending' and attempts = 0 and last_at is null
           and number in (${some.map(() => "?").join(", ")})`,
        [endpointId, ...some],
      );
    }
  }
  return count;
}

/** Numbers of one statement. */
const MARKS = 500;

/** Deliveries that are not there yet; `endpointId` null: of every endpoint that is on. */
async function insertDeliveries(
  tx: Tx,
  span: NumberSpan,
  at: number,
  endpointId: string | null,
): Promise<number> {
  return tx.run(
    `insert into webhook_delivery (endpoint_id, number, subject, state, attempts, next_at, created_at)
      select endpoint.id, event.number, event.subject_type || ':' || event.subject_id, 'pending', 0,
        cast(? as ${whole(tx)}), cast(? as ${whole(tx)})
      from event join webhook_endpoint endpoint on ${endpointId === null ? "endpoint.state = 'enabled'" : "endpoint.id = ?"}
        and (event.addressee = endpoint.id or event.addressee is null and exists (
          select 1 from webhook_subscription asked
          where asked.endpoint_id = endpoint.id and asked.kind in ('*', event.kind)))
      where event.number between ? and ?
      on conflict (endpoint_id, number) do nothing`,
    [at, at, ...(endpointId === null ? [] : [endpointId]), span.first, span.last],
  );
}

/** The type of whole numbers, where a bare parameter has none. */
function whole(tx: Tx): string {
  return tx.engine === "sqlite" ? "integer" : "bigint";
}

/** Opens the lanes of pending deliveries of `span`; one that is open stays due when it was. Null: of all endpoints. */
async function openLanes(tx: Tx, endpointId: string | null, span: NumberSpan, at: number): Promise<void> {
  const whose = endpointId === null ? "endpoint_id in (select id from webhook_endpoint)" : "endpoint_id = ?";
  await tx.run(
    `insert into webhook_lane (endpoint_id, subject, due_at, holder)
      select distinct endpoint_id, subject, cast(? as ${whole(tx)}), cast(null as text)
      from webhook_delivery
      where number between ? and ? and state = 'pending' and ${whose}
      on conflict (endpoint_id, subject) do nothing`,
    [at, span.first, span.last, ...(endpointId === null ? [] : [endpointId])],
  );
}

/** Endpoints that are on and have something due by `at`, with the instant it became due. */
export async function dueEndpoints(
  tx: Tx,
  at: number,
): Promise<{ readonly id: string; readonly dueAt: number }[]> {
  return tx.rows<{ id: string; dueAt: number }>(
    `select id, due_at as "dueAt" from (
       select endpoint.id, (
         select min(lane.due_at) from webhook_lane lane where lane.endpoint_id = endpoint.id) as due_at
       from webhook_endpoint endpoint
       where endpoint.state = 'enabled' and (endpoint.paused_until is null or endpoint.paused_until <= ?)
     ) as soonest where due_at <= ? order by due_at, id`,
    [at, at],
  );
}

/** A delivery on its way. */
export interface ClaimedDelivery {
  readonly number: number;
  readonly subject: string;
  /** Attempts made before. */
  readonly attempts: number;
  readonly event: StoredEvent;
}

/** Whose lanes are taken, by whom and until when. */
export interface LaneClaim {
  readonly endpointId: string;
  readonly holder: string;
  /** Then others may take them, ms: the process that took them is gone. */
  readonly until: number;
}

/**
 * Takes up to `most` due lanes of an endpoint, all instances together, and gives their heads. A lane that is held is due
 * again when its time is over. The endpoint is held.
 */
export async function claimLanes(
  tx: Tx,
  claim: LaneClaim,
  now: number,
  { most, inFlight }: { readonly most: number; readonly inFlight: number },
): Promise<ClaimedDelivery[]> {
  const { endpointId, holder, until } = claim;
  const [held] = await tx.rows<{ count: number }>(
    "select count(*) as count from webhook_lane where endpoint_id = ? and holder is not null and due_at > ?",
    [endpointId, now],
  );
  const free = Math.min(most, inFlight - (held?.count ?? 0));
  if (free <= 0) return [];
  const lanes = await tx.rows<{ subject: string }>(
    `update webhook_lane set holder = ?, due_at = ? where endpoint_id = ? and subject in (
       select subject from webhook_lane where endpoint_id = ? and due_at <= ? order by due_at, subject limit ?)
     returning subject`,
    [holder, until, endpointId, endpointId, now, free],
  );
  const heads: ClaimedDelivery[] = [];
  for (const { subject } of lanes) {
    const head = await headOf(tx, endpointId, subject);
    if (head === null) await closeLane(tx, endpointId, subject);
    else heads.push(head);
  }
  return heads.sort((left, right) => left.number - right.number);
}

async function headOf(tx: Tx, endpointId: string, subject: string): Promise<ClaimedDelivery | null> {
  const [row] = await tx.rows<EventRow & { attempts: number }>(
    `select delivery.attempts, event.id, event.kind, event.subject_type, event.subject_id, event.body, event.at, event.number
      from webhook_delivery delivery join event on event.number = delivery.number
      where delivery.endpoint_id = ? and delivery.subject = ? and delivery.state = 'pending'
      order by delivery.number limit 1`,
    [endpointId, subject],
  );
  if (row === undefined) return null;
  const { attempts, ...event } = row;
  return { number: row.number, subject, attempts, event: fromEventRow(event) };
}

async function closeLane(tx: Tx, endpointId: string, subject: string): Promise<void> {
  await tx.run("delete from webhook_lane where endpoint_id = ? and subject = ?", [endpointId, subject]);
}

/** What an attempt came to, as it is stored. */
export interface SettledAttempt {
  readonly endpointId: string;
  readonly number: number;
  readonly subject: string;
  readonly attempt: number;
  readonly at: number;
  readonly ms: number;
  readonly outcome: string;
  readonly status: number | null;
  readonly note: string | null;
  readonly state: DeliveryState;
  /** When the lane goes on. */
  readonly nextAt: number | null;
}

/** Writes down an attempt and what became of its delivery; one that another instance has settled meanwhile stays as it is. */
export async function settleAttempt(tx: Tx, settled: SettledAttempt): Promise<void> {
  const { endpointId, number, attempt, at, ms, outcome, status, note, state, nextAt } = settled;
  const changed = await tx.run(
    `update webhook_delivery set state = ?, attempts = ?, last_outcome = ?, last_status = ?, last_note = ?, last_at = ?, next_at = ?
      where endpoint_id = ? and number = ? and state = 'pending'`,
    [state, attempt, outcome, status, note, at, nextAt, endpointId, number],
  );
  if (changed === 0) return;
  await tx.run(
    `insert into webhook_attempt (endpoint_id, number, attempt, at, ms, outcome, status) values (?, ?, ?, ?, ?, ?, ?)
      on conflict (endpoint_id, number, at) do nothing`,
    [endpointId, number, attempt, at, ms, outcome, status],
  );
}

/**
 * Lets go of a lane that `holder` has: due at `dueAt` if its head waits, at once (`now`) if the head was settled and more
 * waits, closed if nothing does. A lane that another has taken meanwhile is left to it.
 */
export async function releaseLane(
  tx: Tx,
  lane: { readonly endpointId: string; readonly subject: string; readonly holder: string },
  dueAt: number,
): Promise<void> {
  const { endpointId, subject, holder } = lane;
  const isOurs = await tx.run(
    "update webhook_lane set holder = null, due_at = ? where endpoint_id = ? and subject = ? and holder = ?",
    [dueAt, endpointId, subject, holder],
  );
  if (isOurs === 0) return;
  const more = await tx.rows(
    "select 1 as one from webhook_delivery where endpoint_id = ? and subject = ? and state = 'pending' limit 1",
    [endpointId, subject],
  );
  if (more.length === 0) await closeLane(tx, endpointId, subject);
}

/** Makes everything that waits for a retry due at `at`: the endpoint works again. */
export async function hurryLanes(tx: Tx, endpointId: string, at: number): Promise<number> {
  return tx.run(
    "update webhook_lane set due_at = ? where endpoint_id = ? and due_at > ? and holder is null",
    [at, endpointId, at],
  );
}

/** Lets go of every lane: this process is the only one on the database and holds none yet. */
export async function freeLanes(tx: Tx, at: number): Promise<number> {
  return tx.run("update webhook_lane set holder = null, due_at = ? where holder is not null", [at]);
}

/** Which deliveries are sent again: those that were given up or refused, those that were never queued, or all. */
export type ReplayChoice = "failed" | "missing" | "all";

/** Queues events of `span` for one endpoint again, ids as before; gives how many. The endpoint is held. */
export async function requeueDeliveries(
  tx: Tx,
  endpointId: string,
  span: NumberSpan,
  { which, at, untold }: { readonly which: ReplayChoice; readonly at: number; readonly untold: UntoldEvents },
): Promise<number> {
  let queued = 0;
  if (which !== "failed") {
    queued += await insertDeliveries(tx, span, at, endpointId);
    queued -= await leaveOut(tx, [untold]);
  }
  if (which !== "missing") {
    const states = which === "failed" ? "('dead', 'refused')" : "('dead', 'refused', 'delivered')";
    queued += await tx.run(
      `update webhook_delivery set state = 'pending', attempts = 0, next_at = ?
        where endpoint_id = ? and number between ? and ? and state in ${states}`,
      [at, endpointId, span.first, span.last],
    );
  }
  if (queued > 0) await openLanes(tx, endpointId, span, at);
  return queued;
}
