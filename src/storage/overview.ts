// Short counts for the front page: each is a stretch of an index, whatever the tables hold besides.
import { amongPlaces } from "./among.ts";
import type { Tx } from "./database.ts";

/** Orders placed in a time: how many, what they cost, what was taken off, kopecks. */
export interface OrderSums {
  readonly count: number;
  readonly totalMinor: number;
  readonly discountMinor: number;
}

/** Ids of outlets, or null: of all. */
type Outlets = readonly string[] | null;

function within(column: string, outlets: Outlets): string {
  return outlets === null ? "" : ` and ${column} in (${amongPlaces(outlets)})`;
}

/** Sums of orders placed from `from`, before `until`. */
export async function sumOrders(
  tx: Tx,
  from: number,
  until: number,
  outlets: Outlets = null,
): Promise<OrderSums> {
  const [row] = await tx.rows<{ count: number; total: number | null; discount: number | null }>(
    `select count(*) as count, sum(total_minor) as total, sum(discount_minor) as discount from shop_order
      where coalesce(placed_at, 0) >= ? and coalesce(placed_at, 0) < ?${within("outlet_id", outlets)}`,
    [from, until, ...(outlets ?? [])],
  );
  return { count: row?.count ?? 0, totalMinor: row?.total ?? 0, discountMinor: row?.discount ?? 0 };
}

/** Most that is counted of what waits: beyond it a screen says "and more". */
export const WAITING_COUNTED = 1000;

/** Deliveries that could not be used since an instant, at most WAITING_COUNTED; ids of deliveries sort by time. */
export async function countUnusable(tx: Tx, since: number): Promise<number> {
  return counted(
    tx,
    "select id from delivery where effect in ('rejected', 'quarantined') and received_at >= ? order by id desc",
    [since],
  );
}

/** Answers in a state. */
export async function countAnswers(tx: Tx, state: string, outlets: Outlets = null): Promise<number> {
  const bound = [state, ...(outlets ?? [])];
  return counted(tx, `select id from answer where state = ?${within("branch_id", outlets)}`, bound);
}

/** Corrections of points that wait for a second person. */
export async function countWaitingCorrections(tx: Tx): Promise<number> {
  return counted(tx, "select id from points_request where state = 'waiting'", []);
}

/** Alarms of the desk that nobody has looked at. */
export async function countOpenAlarms(tx: Tx, outlets: Outlets = null): Promise<number> {
  const sql = `select id from desk_alarm where state = 'open'${within("place", outlets)}`;
  return counted(tx, sql, outlets ?? []);
}

async function counted(tx: Tx, sql: string, bound: readonly (string | number)[]): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(`select count(*) as count from (${sql} limit ?) found`, [
    ...bound,
    WAITING_COUNTED,
  ]);
  return row?.count ?? 0;
}

/** A batch of codes none of which can be used any more. */
export interface SpentBatch {
  readonly id: string;
  readonly name: string;
}

/** Of the newest `limit` batches that are on: those with codes, all of which are used up. */
export async function spentBatches(tx: Tx, now: number, limit: number): Promise<SpentBatch[]> {
  return tx.rows<SpentBatch>(
    `select b.id, b.name from (
        select id, name, valid_until from code_batch
        where disabled_at is null and completed_at is not null and codes > 0 order by id desc limit ?
      ) b
      where (b.valid_until is null or b.valid_until > ?) and not exists (
        select 1 from promo_code p where p.batch = b.id and p.state = 'free'
        and not exists (select 1 from code_block k where k.folded = p.folded and k.is_blocked = 1) and (
          p.uses_per_code is null or p.uses_per_code > coalesce(
            (select sum(o.uses) from order_use o where o.code = p.folded and o.released_at is null), 0)))
      order by b.id desc`,
    [limit, now],
  );
}

/** When the schema was made, ms. */
export async function installedAt(tx: Tx): Promise<number | null> {
  const [row] = await tx.rows<{ at: number | null }>("select min(applied_at) as at from schema_version");
  return row?.at ?? null;
}
