// What must hold of a shop with orders, whichever engine holds it, and the columns of both engines added up by themselves.
import type { Database, Tx } from "../../src/storage/index.ts";
import { rebuildBalances, type TableShape } from "../../src/storage/index.ts";

/** Each says what is wrong and counts it: 0 in a sound database. */
const CHECKS: readonly (readonly [string, string])[] = [
  [
    "orders without a key",
    "select count(*) as n from shop_order o where not exists (select 1 from order_key k where k.number = o.number and cast(k.number as text) = o.id)",
  ],
  [
    "keys without an order",
    "select count(*) as n from order_key k where not exists (select 1 from shop_order o where o.id = cast(k.number as text) and o.number = k.number)",
  ],
  [
    "orders whose answer is not theirs",
    'select count(*) as n from shop_order o where not exists (select 1 from order_record r join order_key k on k.number = o.number where r.order_id = o.id and r.answer like \'%"uuid":"\' || k.uuid || \'","id":"\' || o.id || \'"%\')',
  ],
  [
    "orders whose lines do not add up",
    "select count(*) as n from shop_order o where o.total_minor <> coalesce((select sum(l.total_minor) from order_line l where l.order_id = o.id), -1)",
  ],
  [
    "orders whose status is not their last step",
    "select count(*) as n from shop_order o where o.status <> coalesce((select s.status from order_status s where s.order_id = o.id order by s.number desc limit 1), '')",
  ],
  [
    "orders without the hold of their points",
    "select count(*) as n from shop_order o where o.points_spent > 0 and not exists (select 1 from points_hold h where h.order_id = o.id and h.amount = o.points_spent and h.customer_id = o.customer_id)",
  ],
  [
    "orders without one event of their placement",
    "select count(*) as n from shop_order o where (select count(*) from event e where e.subject_type = 'order' and e.subject_id = o.id and e.kind = 'order.placed') <> 1",
  ],
  [
    "counters and budgets beside what orders use",
    `select count(*) as n from limit_use c left join (
       select promotion_id, 'all' as kind, '' as subject, sum(uses) as uses, sum(amount) as spent
       from order_use where released_at is null group by promotion_id
       union all
       select promotion_id, 'customer', customer_key, sum(uses), sum(amount)
       from order_use where released_at is null group by promotion_id, customer_key
     ) u on u.promotion_id = c.promotion_id and u.kind = c.kind and u.subject = c.subject
     where c.uses <> coalesce(u.uses, 0) or c.spent <> coalesce(u.spent, 0)`,
  ],
  [
    "gaps in the numbers of events",
    "select (select last from event_head) - count(number) + (max(number) - count(*)) as n from event",
  ],
  [
    "imports beside their rows",
    "select count(*) as n from balance_import i where i.total <> (select sum(r.points) from balance_import_row r where r.import_id = i.id)",
  ],
];

/** What an audit found. */
export interface ShopAudit {
  readonly orders: number;
  readonly movements: number;
  readonly entries: number;
  readonly ledgerSum: number;
  /** Sentences; none in a sound shop. */
  readonly faults: readonly string[];
}

/** Looks at everything: the product's own audit of the ledger, and what orders, limits and events say of each other. */
export async function auditShop(database: Database): Promise<ShopAudit> {
  return database.transaction(async (tx) => {
    const { differences, movements, entries, sum } = await rebuildBalances(tx);
    const faults = [...differences];
    for (const [what, sql] of CHECKS) {
      const n = await numberOf(tx, sql);
      if (n !== 0) faults.push(`${what}: ${n}`);
    }
    const orders = await numberOf(tx, "select count(*) as n from shop_order");
    return { orders, movements, entries, ledgerSum: sum, faults };
  });
}

async function numberOf(tx: Tx, sql: string): Promise<number> {
  const [row] = await tx.rows<{ n: number }>(sql);
  return Number(row?.n ?? Number.NaN);
}

/** Larger than any remainder, and prime, so that sums of remainders tell numbers apart. */
const PRIME = 1_000_003;

const INTEGER = { sqlite: "integer", postgres: "bigint" } as const;

/**
 * Every column of a table as the engine itself adds it up: whole numbers, lengths of texts, values that are there. Knows
 * nothing of the move's own sums.
 */
export async function columnSums(tx: Tx, { name, columns }: TableShape): Promise<string> {
  const sums = columns.map(({ name: column, kind }) => {
    const text = tx.engine === "sqlite" ? `cast("${column}" as text)` : `"${column}"::text`;
    const whole =
      kind === "real" ? `cast(round("${column}" * 1000000) as ${INTEGER[tx.engine]})` : `"${column}"`;
    const isNumber = kind === "whole" || kind === "real";
    const measured = kind === "bytes" ? `length("${column}")` : `length(${text})`;
    const value = isNumber ? `${whole} % ${PRIME}` : measured;
    return `count("${column}"), coalesce(sum(${value}), 0)`;
  });
  const named = sums
    .join(", ")
    .split(/, (?=count|coalesce)/)
    .map((each, index) => `${each} as s${index}`);
  const [row] = await tx.rows<Record<string, number>>(
    `select count(*) as rows, ${named.join(", ")} from "${name}"`,
  );
  return Object.values(row ?? {})
    .map(Number)
    .join(" ");
}
