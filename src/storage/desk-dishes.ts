// What numbers of dishes are made of: ratings of orders with a dish, by branch and minutes on the way.
import type { Filter } from "../core/desk/index.ts";
import type { Tx } from "./database.ts";
import { spannedCondition } from "./desk-spans.ts";

/** Ratings of one dish (or of all orders with dishes) at a branch after so many minutes on the way. */
export interface DishCount {
  /** Null: all orders. */
  readonly dish: number | null;
  readonly branchId: string | null;
  /** Null: not known. */
  readonly minute: number | null;
  readonly of: number;
  readonly low: number;
}

/** Counts of dishes, and the orders that they were taken from. */
export interface DishCounts {
  readonly orders: number;
  readonly counts: readonly DishCount[];
}

/** Dishes that are looked at: those with most ratings. */
const DISHES = 200;

/** Fewest ratings of a dish that is looked at. */
const RATINGS_LEAST = 30;

/** Rated orders that dishes are told of: the latest ones. */
export const DISH_ORDERS = 50_000;

interface Row {
  readonly dish: number | null;
  readonly branch_id: string | null;
  readonly minute: number | null;
  readonly total: number;
  readonly low: number;
}

/** Counts of the most rated dishes, and of all orders besides, among the latest `most` rated orders with dishes. */
export async function dishCounts(tx: Tx, filter: Filter, most = DISH_ORDERS): Promise<DishCounts> {
  const { sql, bound } = await spannedCondition(tx, filter);
  const rated = `i.rating is not null and ${sql}`;
  const having = `${rated} and exists (select 1 from desk_item_dish d where d.seq = i.seq)`;
  const [last] = await tx.rows<{ seq: number }>(
    `select i.seq from desk_item i where ${having} order by i.seq desc limit 1 offset ?`,
    [...bound, most],
  );
  const after = last?.seq ?? 0;
  const counted = `i.branch_id, i.late_ms / 60000 as minute, count(*) as total,
    sum(case when i.rating <= 2 then 1 else 0 end) as low`;
  const all = await tx.rows<Row>(
    `select null as dish, ${counted} from desk_item i where i.seq > ? and ${having}
     group by i.branch_id, i.late_ms / 60000`,
    [after, ...bound],
  );
  const each = await tx.rows<Row>(
    `select d.dish, ${counted} from desk_item_dish d join desk_item i on i.seq = d.seq
     where d.seq > ? and i.seq > ? and ${rated} group by d.dish, i.branch_id, i.late_ms / 60000`,
    [after, after, ...bound],
  );
  const orders = all.reduce((sum, row) => sum + Number(row.total), 0);
  return { orders, counts: [...all, ...mostRated(each)].map(countOf) };
}

function countOf(row: Row): DishCount {
  return {
    dish: row.dish,
    branchId: row.branch_id,
    minute: row.minute,
    of: Number(row.total),
    low: Number(row.low),
  };
}

function mostRated(rows: readonly Row[]): Row[] {
  const ratings = new Map<number, number>();
  for (const { dish, total } of rows)
    if (dish !== null) ratings.set(dish, (ratings.get(dish) ?? 0) + Number(total));
  const top = [...ratings]
    .filter(([, count]) => count >= RATINGS_LEAST)
    .sort(([left, many], [right, more]) => more - many || left - right)
    .slice(0, DISHES)
    .map(([dish]) => dish);
  const wanted = new Set(top);
  return rows.filter(({ dish }) => dish !== null && wanted.has(dish));
}

/** Names of dishes by their number here. */
export async function dishNames(
  tx: Tx,
  dishes: readonly number[],
): Promise<ReadonlyMap<number, { readonly id: string; readonly name: string }>> {
  if (dishes.length === 0) return new Map();
  const rows = await tx.rows<{ id: number; dish_id: string; name: string }>(
    `select id, dish_id, name from desk_dish where id in (${dishes.map(() => "?").join(", ")})`,
    dishes,
  );
  return new Map(rows.map((row) => [row.id, { id: row.dish_id, name: row.name }]));
}
