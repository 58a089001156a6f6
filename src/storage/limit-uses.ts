// Counters of limits: read for carts, taken by guarded updates when an order is confirmed, given back once when it is not to be.
import type { Tx, Value } from "./database.ts";

/** Names one counter: a promotion, whom or what it counts, and the period ("" where it has none). */
export interface UseKey {
  readonly promotionId: string;
  readonly kind: "all" | "customer" | "code";
  readonly subject: string;
  readonly period: string;
}

/** A counter as it stands: uses, and what they took off in kopecks. */
export interface UseCount extends UseKey {
  readonly uses: number;
  readonly spent: number;
}

/** How far a counter may go; null: as far as it likes. */
export interface UseBounds {
  readonly mostUses: number | null;
  readonly mostSpent: number | null;
  /** When its period ends, exclusive; null: never. */
  readonly endsAt: number | null;
}

/** What an order uses of one promotion. */
export interface OrderUse {
  readonly promotionId: string;
  /** What it took off, kopecks. */
  readonly amount: number;
  readonly customerKey: string;
  /** Folded; null where no code opened the promotion. */
  readonly code: string | null;
  /** Counters that count it: kind and period, the subject being customer or code. */
  readonly counted: readonly (readonly [UseKey["kind"], string])[];
}

interface UseRow {
  promotion_id: string;
  kind: string;
  subject: string;
  period: string;
  uses: number;
  spent: number;
}

function useFromRow(row: UseRow): UseCount {
  return {
    promotionId: row.promotion_id,
    kind: row.kind as UseKey["kind"],
    subject: row.subject,
    period: row.period,
    uses: row.uses,
    spent: row.spent,
  };
}

/** Keys in one parameter, so that one statement serves lists of any length. */
const KEYS = {
  sqlite: "(select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(?))",
  postgres: "(select v ->> 0, v ->> 1, v ->> 2, v ->> 3 from json_array_elements(?::json) r(v))",
} as const;

/** Counters of these keys that were ever used, in no order. */
export async function readUses(tx: Tx, keys: readonly UseKey[]): Promise<UseCount[]> {
  if (keys.length === 0) return [];
  const rows = await tx.rows<UseRow>(
    `select promotion_id, kind, subject, period, uses, spent from limit_use
     where (promotion_id, kind, subject, period) in ${KEYS[tx.engine]}`,
    [JSON.stringify(keys.map(valuesOf))],
  );
  return rows.map(useFromRow);
}

function valuesOf({ promotionId, kind, subject, period }: UseKey): string[] {
  return [promotionId, kind, subject, period];
}

const THIS = "promotion_id = ? and kind = ? and subject = ? and period = ?";

/** Bound of a counter that has none. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/** How long the statement took until it had the row, milliseconds, by the database's own clock. */
const WAITED = {
  sqlite: "0",
  postgres: "(extract(epoch from clock_timestamp() - statement_timestamp()) * 1000)::float8",
} as const;

/**
 * Adds one use for `amount` kopecks, where its bounds allow it; null where they do not, and then nothing was changed. The
 * row stays locked until the transaction ends. `waitedMs`: how long other transactions held it (0 on SQLite, where all
 * writers take turns).
 */
export async function takeUse(
  tx: Tx,
  key: UseKey,
  bounds: UseBounds,
  amount: number,
): Promise<{ readonly waitedMs: number } | null> {
  const [mostUses, mostSpent] = [bounds.mostUses ?? UNBOUNDED, bounds.mostSpent ?? UNBOUNDED];
  if (mostUses < 1 || amount > mostSpent) return null;
  const guarded = async (): Promise<{ waitedMs: number } | null> => {
    const [row] = await tx.rows<{ waited: number }>(
      `update limit_use set uses = uses + 1, spent = spent + ?
       where ${THIS} and uses + 1 <= ? and spent + ? <= ? returning ${WAITED[tx.engine]} as waited`,
      [amount, ...valuesOf(key), mostUses, amount, mostSpent],
    );
    return row === undefined ? null : { waitedMs: row.waited };
  };
  const taken = await guarded();
  if (taken !== null) return taken;
  // No row yet, or none left: the first use makes the row, and whoever made it meanwhile is counted by the second try.
  const isFirst = await tx.run(
    `insert into limit_use (promotion_id, kind, subject, period, uses, spent, ends_at) values (?, ?, ?, ?, 1, ?, ?)
     on conflict do nothing`,
    [...valuesOf(key), amount, bounds.endsAt],
  );
  return isFirst === 1 ? { waitedMs: 0 } : guarded();
}

/** Takes one use for `amount` back; false where the counter has none to give back. */
export async function giveUseBack(tx: Tx, key: UseKey, amount: number): Promise<boolean> {
  const given = await tx.run(
    `update limit_use set uses = uses - 1, spent = spent - ? where ${THIS} and uses >= 1 and spent >= ?`,
    [amount, ...valuesOf(key), amount],
  );
  return given === 1;
}

const INSERT = `insert into order_use (order_id, promotion_id, amount, customer_key, code, counted, at)`;
const ORDER_USES = {
  sqlite: `${INSERT} select ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ?
    from json_each(?) where true on conflict do nothing`,
  postgres: `${INSERT} select ?::text, v ->> 0, (v ->> 1)::bigint, v ->> 2, v ->> 3, v ->> 4, ?::bigint
    from json_array_elements(?::json) r(v) on conflict do nothing`,
} as const;

/** Notes what an order uses, at the instant of its confirmation; false where it was noted before, and then nothing changes. */
export async function noteOrderUses(
  tx: Tx,
  orderId: string,
  uses: readonly OrderUse[],
  at: number,
): Promise<boolean> {
  const rows: Value[][] = uses.map((use) => [
    use.promotionId,
    use.amount,
    use.customerKey,
    use.code,
    JSON.stringify(use.counted),
  ]);
  return (await tx.run(ORDER_USES[tx.engine], [orderId, at, JSON.stringify(rows)])) > 0;
}

/** Marks what an order uses as given back and tells it; empty where it had nothing, or had given it back before. */
export async function releaseOrderUses(tx: Tx, orderId: string, at: number): Promise<OrderUse[]> {
  const rows = await tx.rows<{
    promotion_id: string;
    amount: number;
    customer_key: string;
    code: string | null;
    counted: string;
  }>(
    `update order_use set released_at = ? where order_id = ? and released_at is null
     returning promotion_id, amount, customer_key, code, counted`,
    [at, orderId],
  );
  return rows.map((row) => ({
    promotionId: row.promotion_id,
    amount: row.amount,
    customerKey: row.customer_key,
    code: row.code,
    counted: JSON.parse(row.counted) as OrderUse["counted"],
  }));
}

/** Promotions of which some of these orders hold a use. */
export async function usesHeldBy(tx: Tx, orderIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ promotion_id: string }>(
    `select distinct promotion_id from order_use
     where released_at is null and order_id in (${orderIds.map(() => "?").join(", ")})`,
    orderIds,
  );
  return rows.map((row) => row.promotion_id);
}

/** Gives the uses that an order holds to another, which holds none of the same promotions. */
export async function moveOrderUses(tx: Tx, from: string, to: string): Promise<void> {
  await tx.run(
    `update order_use set order_id = ? where order_id = ? and released_at is null and promotion_id not in
       (select promotion_id from order_use as other where other.order_id = ?)`,
    [to, from, to],
  );
}
