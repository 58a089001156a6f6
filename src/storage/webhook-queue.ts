// What endpoints still have to get: deliveries, and lanes that keep those of one subject in a row.
import type { Tx } from "./database.ts";
import type { NumberSpan } from "./events.ts";

/**
 * Queues freshly numbered events for every endpoint that is on and asked for them. The upsert holds the lane's row until
 * the commit, so that whoever empties the lane at the same time looks again and sees what was added.
 */
export async function queueDeliveries(tx: Tx, span: NumberSpan, at: number): Promise<number> {
  const queued = await tx.run(
    `insert into webhook_delivery (endpoint_id, number, subject, state, attempts, next_at, created_at)
      select endpoint.id, event.number, event.subject_type || ':' || event.subject_id, 'pending', 0, ?, ?
      from event join webhook_endpoint endpoint on endpoint.state = 'enabled' and (
        event.addressee = endpoint.id or event.addressee is null and exists (
          select 1 from webhook_subscription asked
          where asked.endpoint_id = endpoint.id and asked.kind in ('*', event.kind)))
      where event.number between ? and ?
      order by endpoint.id, event.number
      on conflict (endpoint_id, number) do nothing`,
    [at, at, span.first, span.last],
  );
  if (queued > 0) await openLanes(tx, span, at);
  return queued;
}

/** Opens the lanes of the deliveries of `span`; one that is open stays due when it was. */
async function openLanes(tx: Tx, span: NumberSpan, at: number): Promise<void> {
  // Sorted, so that two transactions never wait for each other crosswise.
  await tx.run(
    `insert into webhook_lane (endpoint_id, subject, due_at, holder)
      select endpoint_id, subject, ?, null from webhook_delivery
      where number between ? and ? and state = 'pending' and endpoint_id in (select id from webhook_endpoint)
      group by endpoint_id, subject
      order by endpoint_id, subject
      on conflict (endpoint_id, subject) do update set due_at = webhook_lane.due_at`,
    [at, span.first, span.last],
  );
}
