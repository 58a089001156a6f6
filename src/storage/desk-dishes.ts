// What numbers of dishes are made of: ratings of orders with a dish, by branch and minutes on the way.
import type { Filter } from "../core/desk/index.ts";
import type { Tx } from "./database.ts";
import { readingOf } from "./desk-reading.ts";

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
export const DISH_ORDERS = 20_000;

interface Row {
  readonly dish: number | null;
  readonly branch_id: string | null;
  readonly minute: number | null;
  readonly total: number;
  readonly low: number;
}

/** Counts of the most rated dishes, and of all orders besides, among the latest `most` rated orders with dishes. */
export async function dishCounts(tx: Tx, filter: Filter, most = DISH_ORDERS): Promise<DishCounts> {
  const { from, sql, bound } = await readingOf(tx, filter);
  const counted = "l.branch_id, l.minute, count(*) as total, sum(l.low) as low";
  const rows = await tx.rows<Row>(
    `with latest as materialized (
       select i.seq, i.branch_id, i.late_ms / 60000 as minute, case when i.rating <= 2 then 1 else 0 end as low
       from ${from} where i.rating is not null and ${sql}
         and exists (select 1 from desk_item_dish d where d.seq = i.seq) order by i.seq desc limit ?)
     select cast(null as bigint) as dish, ${counted} from latest l group by l.branch_id, l.minute
     union all
     select d.dish, ${counted} from latest l join desk_item_dish d on d.seq = l.seq
     group by d.dish, l.branch_id, l.minute`,
    [...bound, most],
  );
  const all = rows.filter(({ dish }) => dish === null);
  const orders = all.reduce((sum, row) => sum + Number(row.total), 0);
  return { orders, counts: [...all, ...mostRated(rows)].map(countOf) };
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
