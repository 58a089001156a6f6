// The stretch of items that a filter's days lie in: arrivals go with days nearly in step, so a list of last March need not walk back from today.
import { addDays, type Filter } from "../core/desk/index.ts";
import type { Tx } from "./database.ts";
import { deskCondition, type SqlCondition } from "./desk-filter.ts";

/** Longest range of days whose ends are looked up one by one; of longer ones most items pass anyway. */
const DAYS_MOST = 100;

/** The filter as a condition, with the first and last number of the items of its days where it names days. */
export async function spannedCondition(tx: Tx, filter: Filter): Promise<SqlCondition> {
  const condition = deskCondition(tx.engine, filter);
  const days = daysOf(filter);
  if (days === null) return condition;
  const [span] = await tx.rows<{ least: number | null; most: number | null }>(
    `select min(least) as least, max(most) as most from (
       select (select min(seq) from desk_item where day = each.day) as least,
         (select max(seq) from desk_item where day = each.day) as most
       from (${days.map(() => "select cast(? as bigint) as day").join(" union all ")}) as each) as ends`,
    days,
  );
  // No item has these days: nothing passes, and nothing need be read to know it.
  const [least, most] = [Number(span?.least ?? 0), Number(span?.most ?? 0)];
  return {
    sql: `${condition.sql} and i.seq between ? and ?`,
    bound: [...condition.bound, least, most],
  };
}

/** All days that a filter lets pass; null: it names none, or too many. */
function daysOf(filter: Filter): number[] | null {
  const days: number[] = [];
  for (const { isNot, test } of filter) {
    if (isNot || test.kind !== "range" || test.field !== "day") continue;
    if (test.from === null || test.to === null) continue;
    for (let day = test.from; day <= test.to; day = addDays(day, 1)) {
      if (days.length === DAYS_MOST) return null;
      days.push(day);
    }
    return days.length === 0 ? null : days;
  }
  return null;
}
