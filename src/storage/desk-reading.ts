// How items that a filter finds are read without reading all there are: by the stretch that its days lie in, and by its words
// where few items have them.
import { addDays, type Condition, type Filter } from "../core/desk/index.ts";
import type { Tx } from "./database.ts";
import { deskCondition, type SqlCondition } from "./desk-filter.ts";

/** Longest range of days whose ends are looked up one by one; of longer ones most items pass anyway. */
const DAYS_MOST = 100;

/** As many items with a word at most, and they are read by the index of words, sorted afterwards. */
const FEW = 20_000;

/** Items under the name `i`, and the condition that they pass; what is bound stands in the order of both texts together. */
export interface DeskReading extends SqlCondition {
  readonly from: string;
}

/** Where to read the items of a filter from, in the order of a list. */
export async function readingOf(tx: Tx, filter: Filter, few = FEW): Promise<DeskReading> {
  const span = await spanOf(tx, filter);
  const words = filter.filter(({ isNot, test }) => !isNot && test.kind === "words");
  if (tx.engine === "sqlite" || words.length === 0)
    return { from: "desk_item i", ...both(inOrder(tx, deskCondition(tx.engine, filter)), span) };
  const rarest = await rarestOf(tx, words);
  const rest = filter.filter((each) => each !== rarest.condition);
  const having = deskCondition(tx.engine, [rarest.condition]);
  // The other words are tried on what the rarest finds: words come together, and PostgreSQL takes each for chance.
  const others = both(deskCondition(tx.engine, rest, "walked"), span);
  const bound = [...having.bound, ...others.bound];
  if (rarest.items > few) return { from: "desk_item i", sql: `${having.sql} and ${others.sql}`, bound };
  return { from: `(select * from desk_item i where ${having.sql} offset 0) i`, sql: others.sql, bound };
}

/** The words that fewest items have, and about how many these are. */
async function rarestOf(
  tx: Tx,
  words: readonly Condition[],
): Promise<{ readonly condition: Condition; readonly items: number }> {
  const stems = words.flatMap(({ test }) => (test.kind === "words" ? test.stems : []));
  const known = await tx.rows<{ stem: string; items: number }>(
    `select f.stem, f.share * (select reltuples from pg_class where oid = 'desk_item'::regclass) as items
     from pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as f (stem, share)
     where s.schemaname = current_schema() and s.tablename = 'desk_item_stems'
       and f.stem in (${stems.map(() => "?").join(", ")})`,
    stems,
  );
  // Of words that are not among the most common ones hardly any item has one.
  const items = new Map(known.map((each) => [each.stem, Number(each.items)]));
  const counted = words.map((condition) => ({
    condition,
    items: Math.min(
      ...(condition.test.kind === "words" ? condition.test.stems : []).map((stem) => items.get(stem) ?? 0),
    ),
  }));
  return counted.reduce((least, each) => (each.items < least.items ? each : least));
}

/** The filter as a condition, with the first and last number of the items of its days where it names days (`isSpanned`). */
export async function spannedCondition(
  tx: Tx,
  filter: Filter,
): Promise<SqlCondition & { readonly isSpanned: boolean }> {
  const span = await spanOf(tx, filter);
  return { ...both(inOrder(tx, deskCondition(tx.engine, filter)), span), isSpanned: span !== null };
}

/** SQLite would rather sort a year by the index of days than walk the latest items: of days only the stretch is for it to search by. */
function inOrder(tx: Tx, { sql, bound }: SqlCondition): SqlCondition {
  return { sql: tx.engine === "sqlite" ? sql.replaceAll("i.day ", "+i.day ") : sql, bound };
}

function both(condition: SqlCondition, span: SqlCondition | null): SqlCondition {
  if (span === null) return condition;
  return { sql: `${condition.sql} and ${span.sql}`, bound: [...condition.bound, ...span.bound] };
}

/** Arrivals go with days nearly in step, so a list of last March need not walk back from today. */
async function spanOf(tx: Tx, filter: Filter): Promise<SqlCondition | null> {
  const days = daysOf(filter);
  if (days === null) return null;
  const [span] = await tx.rows<{ least: number | null; most: number | null }>(
    `select min(least) as least, max(most) as most from (
       select (select min(seq) from desk_item where day = each.day) as least,
         (select max(seq) from desk_item where day = each.day) as most
       from (${days.map(() => "select cast(? as bigint) as day").join(" union all ")}) as each) as ends`,
    days,
  );
  // No item has these days: nothing passes, and nothing need be read to know it.
  return { sql: "i.seq between ? and ?", bound: [Number(span?.least ?? 0), Number(span?.most ?? 0)] };
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
