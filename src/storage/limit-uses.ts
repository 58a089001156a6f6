// Counters of limits: read for carts, taken by guarded updates when an order is confirmed, given back once when it is not to be.
import { assert } from "../core/basics/index.ts";
import type { Tx, Value } from "./database.ts";
import { LIST } from "./promo-codes.ts";

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
  /** 0: it takes money only; another order of the same cart holds their one use. */
  readonly uses: 0 | 1;
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

/** What an order takes of a counter. */
export interface UseClaim extends UseKey, UseBounds {
  /** Kopecks. */
  readonly amount: number;
  readonly uses: 0 | 1;
}

/**
 * Adds what is claimed to each of these counters, in their order, as far as their bounds allow; gives the first that has no room, and
 * then the transaction must be rolled back. The guard stands in the update itself. On PostgreSQL it is said together with the
 * commit: counters are looked at now, and should one be full by then the whole transaction is run again and finds it so here.
 */
export async function takeUses<Claim extends UseClaim>(
  tx: Tx,
  claims: readonly Claim[],
): Promise<{ readonly full: Claim; readonly used: UseCount } | null> {
  const used = new Map((await readUses(tx, claims)).map((each) => [valuesOf(each).join("\n"), each]));
  const countOf = (claim: Claim): UseCount =>
    used.get(valuesOf(claim).join("\n")) ?? { ...claim, uses: 0, spent: 0 };
  const full = claims.find((claim) => !hasRoom(claim, countOf(claim)));
  if (full !== undefined) return { full, used: countOf(full) };
  if (tx.last === null) {
    for (const claim of claims)
      assert(await takeUse(tx, claim), "a counter does not change while its only writer looks at it");
  } else {
    tx.last({
      sql: TAKE_ALL,
      input: JSON.stringify(claims.map((claim) => [...valuesOf(claim), ...figuresOf(claim)])),
      turns: claims.filter(({ kind }) => kind === "all").map((claim) => valuesOf(claim).join(" ")),
    });
  }
  return null;
}

function hasRoom({ mostUses, mostSpent, amount, uses }: UseClaim, used: UseCount): boolean {
  return (
    (mostUses === null || used.uses + uses <= mostUses) &&
    (mostSpent === null || used.spent + amount <= mostSpent)
  );
}

function figuresOf({ amount, mostUses, mostSpent, endsAt, uses }: UseClaim) {
  return [amount, mostUses ?? UNBOUNDED, mostSpent ?? UNBOUNDED, endsAt, uses] as const;
}

/** One guarded step; false where there was no room. */
async function takeUse(tx: Tx, claim: UseClaim): Promise<boolean> {
  const [amount, mostUses, mostSpent, endsAt, uses] = figuresOf(claim);
  const taken = await tx.run(
    `update limit_use set uses = uses + ?, spent = spent + ?
     where ${THIS} and uses + ? <= ? and spent + ? <= ?`,
    [uses, amount, ...valuesOf(claim), uses, mostUses, amount, mostSpent],
  );
  if (taken === 1) return true;
  const isFirst = await tx.run(
    `insert into limit_use (promotion_id, kind, subject, period, uses, spent, ends_at)
     values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    [...valuesOf(claim), uses, amount, endsAt],
  );
  return isFirst === 1;
}

/**
 * The same for all counters of an order. The guarded update first: a row that is full is told so without waiting for it. Then
 * the row's first use; whoever made the row meanwhile is counted by the second update. Ends in a notice of how long it took.
 */
const TAKE_ALL = `do $last$
declare
  one record;
  began timestamptz := clock_timestamp();
begin
  for one in
    select v ->> 0 as promotion, v ->> 1 as kind, v ->> 2 as subject, v ->> 3 as period, (v ->> 4)::bigint as amount,
      (v ->> 5)::bigint as most_uses, (v ->> 6)::bigint as most_spent, (v ->> 7)::bigint as ends_at,
      (v ->> 8)::bigint as taken
    from json_array_elements(current_setting('prilavok.last')::json) with ordinality as r(v, place) order by place
  loop
    for step in 1..2 loop
      update limit_use set uses = uses + one.taken, spent = spent + one.amount
      where promotion_id = one.promotion and limit_use.kind = one.kind and limit_use.subject = one.subject
        and limit_use.period = one.period and uses + one.taken <= one.most_uses and spent + one.amount <= one.most_spent;
      exit when found;
      if step = 2 then
        raise exception 'a limit was reached meanwhile' using errcode = '40001';
      end if;
      insert into limit_use (promotion_id, kind, subject, period, uses, spent, ends_at)
      values (one.promotion, one.kind, one.subject, one.period, one.taken, one.amount, one.ends_at) on conflict do nothing;
      exit when found;
    end loop;
  end loop;
  raise notice using errcode = 'PL001', message = extract(epoch from clock_timestamp() - began) * 1000;
end $last$`;

/** A counter that changes without a question: uses are given back, or pass from one counter to another. */
export interface UseChange {
  readonly key: UseKey;
  readonly uses: number;
  /** Kopecks. */
  readonly amount: number;
}

/** Makes the change; false where the counter has not so much to give back. */
export async function changeUses(tx: Tx, { key, uses, amount }: UseChange): Promise<boolean> {
  const changed = await tx.run(
    `update limit_use set uses = uses + ?, spent = spent + ? where ${THIS} and uses + ? >= 0 and spent + ? >= 0`,
    [uses, amount, ...valuesOf(key), uses, amount],
  );
  return changed === 1;
}

const INSERT = `insert into order_use (order_id, promotion_id, amount, customer_key, code, counted, uses, at)`;
const ORDER_USES = {
  sqlite: `${INSERT} select ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, ?
    from json_each(?) where true on conflict do nothing`,
  postgres: `${INSERT} select ?::text, v ->> 0, (v ->> 1)::bigint, v ->> 2, v ->> 3, v ->> 4, (v ->> 5)::bigint, ?::bigint
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
    use.uses,
  ]);
  return (await tx.run(ORDER_USES[tx.engine], [orderId, at, JSON.stringify(rows)])) > 0;
}

interface OrderUseRow {
  promotion_id: string;
  amount: number;
  uses: number;
  customer_key: string;
  code: string | null;
  counted: string;
}

const ORDER_USE = "promotion_id, amount, uses, customer_key, code, counted";

function orderUseFromRow(row: OrderUseRow): OrderUse {
  return {
    promotionId: row.promotion_id,
    amount: row.amount,
    uses: row.uses === 0 ? 0 : 1,
    customerKey: row.customer_key,
    code: row.code,
    counted: JSON.parse(row.counted) as OrderUse["counted"],
  };
}

/** Marks what an order uses as given back and tells it; empty where it had nothing, or had given it back before. */
export async function releaseOrderUses(tx: Tx, orderId: string, at: number): Promise<OrderUse[]> {
  const rows = await tx.rows<OrderUseRow>(
    `update order_use set released_at = ? where order_id = ? and released_at is null returning ${ORDER_USE}`,
    [at, orderId],
  );
  return rows.map(orderUseFromRow);
}

/** Of which promotions one of these orders holds a use, and since when. */
export async function usesHeldBy(tx: Tx, orderIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (orderIds.length === 0) return new Map();
  const rows = await tx.rows<{ promotion_id: string; at: number }>(
    `select promotion_id, at from order_use where uses = 1 and released_at is null and order_id ${LIST[tx.engine]}`,
    [JSON.stringify(orderIds)],
  );
  return new Map(rows.map(({ promotion_id, at }) => [promotion_id, at]));
}

/** Makes one of these orders, which took money of the promotion beside another, the holder of their use; null: none did. */
export async function inheritUse(
  tx: Tx,
  promotionId: string,
  orderIds: readonly string[],
): Promise<OrderUse | null> {
  if (orderIds.length === 0) return null;
  const [heir] = await tx.rows<OrderUseRow>(
    `update order_use set uses = 1 where promotion_id = ? and order_id =
       (select min(order_id) from order_use
        where promotion_id = ? and uses = 0 and released_at is null and order_id ${LIST[tx.engine]})
     returning ${ORDER_USE}`,
    [promotionId, promotionId, JSON.stringify(orderIds)],
  );
  return heir === undefined ? null : orderUseFromRow(heir);
}
