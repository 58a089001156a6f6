// What was used, for those who look: per promotion, per counter, per code; and the forgetting of counters long past.
import type { Tx } from "./database.ts";
import type { UseKey } from "./limit-uses.ts";
import { LIST } from "./promo-codes.ts";

/** Orders that stand, those of one split cart together being one, and what the promotion took off in them, kopecks. */
export interface UsesTotal {
  readonly orders: number;
  readonly spent: number;
}

/** Uses of a promotion by orders that were not cancelled. */
export async function usesTotal(tx: Tx, promotionId: string): Promise<UsesTotal> {
  const [row] = await tx.rows<{ orders: number; spent: number }>(
    `select coalesce(sum(uses), 0) as orders, coalesce(sum(amount), 0) as spent from order_use
     where promotion_id = ? and released_at is null`,
    [promotionId],
  );
  return { orders: row?.orders ?? 0, spent: row?.spent ?? 0 };
}

/** Uses of every promotion by orders that were not cancelled, by id; those that none used are absent. */
export async function usesOfAll(tx: Tx): Promise<ReadonlyMap<string, UsesTotal>> {
  const rows = await tx.rows<{ promotion_id: string; orders: number; spent: number }>(
    `select promotion_id, sum(uses) as orders, sum(amount) as spent from order_use where released_at is null
     group by promotion_id`,
  );
  return new Map(rows.map((row) => [row.promotion_id, { orders: row.orders, spent: row.spent }]));
}

/** How many customers (or codes) have used a promotion in a period, and how many of them `most` times or more. */
export async function usersOf(
  tx: Tx,
  { promotionId, kind, period }: Omit<UseKey, "subject">,
  most: number,
): Promise<{ readonly all: number; readonly full: number }> {
  const [row] = await tx.rows<{ users: number; full_ones: number }>(
    `select count(*) as users, count(case when uses >= ? then 1 end) as full_ones from limit_use
     where promotion_id = ? and kind = ? and period = ? and uses > 0`,
    [most, promotionId, kind, period],
  );
  return { all: row?.users ?? 0, full: row?.full_ones ?? 0 };
}

/** Uses of each of these codes by orders that stand (folded), by code; codes that none used are absent. */
export async function usesOfCodes(tx: Tx, folded: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (folded.length === 0) return new Map();
  const rows = await tx.rows<{ code: string; uses: number }>(
    `select code, sum(uses) as uses from order_use where code ${LIST[tx.engine]} and released_at is null group by code`,
    [JSON.stringify(folded)],
  );
  return new Map(rows.map(({ code, uses }) => [code, uses]));
}

/** Forgets up to `limit` counters of periods that ended before an instant; gives how many. */
export function forgetPeriods(tx: Tx, endedBefore: number, limit: number): Promise<number> {
  const row = tx.engine === "sqlite" ? "rowid" : "ctid";
  return tx.run(
    `delete from limit_use where ${row} in (select ${row} from limit_use where ends_at is not null and ends_at < ? limit ?)`,
    [endedBefore, limit],
  );
}
