// Reports over the points ledger: what is out, what will end, what came and went in a time; and the history of a customer.
import { type Instant, instant } from "../core/basics/index.ts";
import type { Account, MovementKind } from "../core/loyalty/index.ts";
import type { Tx } from "./database.ts";
import { fromRow, type Movement, type MovementRow } from "./points-movements.ts";

/** Points that customers have, by account. */
export interface PointsOut {
  readonly pending: number;
  readonly available: number;
  readonly held: number;
}

/** Points that customers have by the book now. */
export async function pointsOut(tx: Tx): Promise<PointsOut> {
  const [row] = await tx.rows<PointsOut>(
    `select coalesce(sum(pending), 0) as pending, coalesce(sum(available), 0) as available,
       coalesce(sum(held), 0) as held from points_account`,
  );
  return row as PointsOut;
}

/** The same at a past instant: what is there now without all that was posted after it, in one statement. */
export async function pointsOutAt(tx: Tx, at: Instant): Promise<PointsOut> {
  const since = (account: string): string =>
    `coalesce(sum(case when account = '${account}' then amount else 0 end), 0) as ${account}`;
  const [row] = await tx.rows<PointsOut>(
    `select now.pending - since.pending as pending, now.available - since.available as available,
       now.held - since.held as held
     from (select coalesce(sum(pending), 0) as pending, coalesce(sum(available), 0) as available,
             coalesce(sum(held), 0) as held from points_account) as now,
       (select ${since("pending")}, ${since("available")}, ${since("held")}
        from points_entry where at > ? and customer_id is not null) as since`,
    [at],
  );
  return row as PointsOut;
}

/** Points that end in a time, and how many customers have them. */
export interface PointsEnding {
  readonly points: number;
  readonly customers: number;
}

/** Points that may be spent now or later and end after `from` and by `until`. */
export async function pointsEnding(tx: Tx, from: Instant, until: Instant): Promise<PointsEnding> {
  const [row] = await tx.rows<PointsEnding>(
    `select coalesce(sum(pending + available), 0) as points, count(distinct customer_id) as customers
     from points_lot where pending + available > 0 and expires_at > ? and expires_at <= ?`,
    [from, until],
  );
  return row as PointsEnding;
}

/** What arrived on (above 0) and left an account of the programme by movements of a kind. */
export interface PointsFlow {
  readonly account: Exclude<Account, keyof PointsOut>;
  readonly kind: MovementKind;
  readonly arrived: number;
  readonly left: number;
}

/** All that came to or went from the programme's accounts from `from` on and before `until`. */
export async function pointsFlows(tx: Tx, from: Instant, until: Instant): Promise<PointsFlow[]> {
  return tx.rows<PointsFlow>(
    `select account, kind, sum(case when amount > 0 then amount else 0 end) as arrived,
       sum(case when amount < 0 then -amount else 0 end) as "left"
     from points_entry join points_movement on points_movement.id = points_entry.movement_id
     where points_entry.at >= ? and points_entry.at < ? and points_entry.customer_id is null
     group by account, kind order by account, kind`,
    [from, until],
  );
}

/** A movement as a customer sees it: what it changed of theirs. */
export interface PointsEvent extends Movement {
  readonly pending: number;
  readonly available: number;
  readonly held: number;
  /** Of points that it brought: when they become active, and when the first of them end. Null where it brought none. */
  readonly activeFrom: Instant | null;
  readonly expiresAt: Instant | null;
}

/** A place in a history: movements at that instant with a smaller id, or before it. */
export interface HistoryPlace {
  readonly at: Instant;
  readonly id: string;
}

/**
 * Movements of customers, newest first, at most `limit` of those before `before`. Name all ids of one customer (see
 * `idsOfCustomer`): what was posted before a merge stands under the old id. Amounts are sums over these ids.
 */
export async function pointsHistory(
  tx: Tx,
  customerIds: readonly string[],
  before: HistoryPlace | null,
  limit: number,
): Promise<PointsEvent[]> {
  const places = customerIds.map(() => "?").join(", ");
  const [at, id] = [before?.at ?? Number.MAX_SAFE_INTEGER, before?.id ?? ""];
  const sum = (account: string): string => `sum(case when account = '${account}' then e.amount else 0 end)`;
  const rows = await tx.rows<
    MovementRow & PointsOut & { active_from: number | null; expires_at: number | null }
  >(
    `select m.id, m.movement_key, m.kind, m.customer_id, m.order_id, m.actor, m.reason, m.control, m.at,
       ${sum("pending")} as pending, ${sum("available")} as available, ${sum("held")} as held,
       min(case when e.amount > 0 then lot.active_from end) as active_from,
       min(case when e.amount > 0 then lot.expires_at end) as expires_at
     from (select * from points_movement where customer_id in (${places}) and (at < ? or (at = ? and id < ?))
       order by at desc, id desc limit ?) as m
     join points_entry as e on e.movement_id = m.id and e.customer_id in (${places})
     join points_lot as lot on lot.id = e.lot_id
     group by m.id, m.movement_key, m.kind, m.customer_id, m.order_id, m.actor, m.reason, m.control, m.at
     order by m.at desc, m.id desc`,
    [...customerIds, at, at, id, limit, ...customerIds],
  );
  return rows.map((row) => ({
    ...fromRow(row),
    pending: row.pending,
    available: row.available,
    held: row.held,
    activeFrom: row.active_from === null ? null : instant(row.active_from),
    expiresAt: row.expires_at === null ? null : instant(row.expires_at),
  }));
}
