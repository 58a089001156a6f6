// Lists and counts of the desk: one filter, one order, pages that go on where the last one ended.
import type { Filter } from "../core/desk/index.ts";
import type { Tx, Value } from "./database.ts";
import { type DeskRecord, recordsOf } from "./desk-items.ts";
import { readingOf } from "./desk-reading.ts";
import type { DeskTables } from "./tables/desk.ts";

/** What lists are sorted by. */
export const DESK_SORTS = ["newest", "oldest", "due", "stars"] as const;

/** One of DESK_SORTS: latest arrival first, earliest first, what is due soonest, fewest stars (then latest). */
export type DeskSort = (typeof DESK_SORTS)[number];

/** Where a page begins: the sorted value and number of the last item of the page before. */
export interface DeskPlace {
  readonly value: number;
  readonly seq: number;
}

/** Which page. */
export interface DeskPage {
  readonly sort: DeskSort;
  readonly after: DeskPlace | null;
  readonly limit: number;
}

/** Beyond every instant: items without a clock come last. */
const NEVER = 9_007_199_254_740_991;

const SORTS: {
  readonly [sort in DeskSort]: { readonly value: string; readonly order: string; readonly after: string };
} = {
  newest: { value: "i.seq", order: "i.seq desc", after: "i.seq < ?2" },
  oldest: { value: "i.seq", order: "i.seq", after: "i.seq > ?2" },
  due: {
    value: `coalesce(i.due_at, ${NEVER})`,
    order: `coalesce(i.due_at, ${NEVER}), i.seq`,
    after: `(coalesce(i.due_at, ${NEVER}), i.seq) > (?1, ?2)`,
  },
  stars: {
    value: "coalesce(i.rating, 6)",
    order: "coalesce(i.rating, 6), i.seq desc",
    after: "(coalesce(i.rating, 6) > ?1 or (coalesce(i.rating, 6) = ?1 and i.seq < ?2))",
  },
};

/** Items of a page, and where the next page begins; null: this was the last. */
export async function listDeskItems(
  tx: Tx,
  filter: Filter,
  page: DeskPage,
): Promise<{ readonly items: readonly DeskRecord[]; readonly next: DeskPlace | null }> {
  const sort = SORTS[page.sort];
  const reading = await readingOf(tx, filter);
  const start = page.after === null ? { sql: "", bound: [] } : startOf(sort.after, page.after);
  const rows = await tx.rows<DeskTables["desk_item"] & { sorted: number }>(
    `select i.*, ${sort.value} as sorted from ${reading.from} where ${reading.sql}${start.sql}
     order by ${sort.order} limit ?`,
    [...reading.bound, ...start.bound, page.limit + 1],
  );
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next = rows.length > page.limit && last !== undefined ? { value: last.sorted, seq: last.seq } : null;
  return { items: await recordsOf(tx, shown), next };
}

/** `?1` and `?2` of a sort as the placeholders of this house. */
function startOf(
  after: string,
  place: DeskPlace,
): { readonly sql: string; readonly bound: readonly Value[] } {
  const bound: Value[] = [];
  const sql = after.replaceAll(/\?([12])/g, (_, number: string) => {
    bound.push(number === "1" ? place.value : place.seq);
    return "?";
  });
  return { sql: ` and ${sql}`, bound };
}

/** How many items pass, counted no further than `most`. */
export async function countDeskItems(tx: Tx, filter: Filter, most: number): Promise<number> {
  const { from, sql, bound } = await readingOf(tx, filter);
  const [row] = await tx.rows<{ count: number }>(
    `select count(*) as count from (select 1 from ${from} where ${sql} limit ?) as found`,
    [...bound, most],
  );
  return Number(row?.count ?? 0);
}

/** Numbers of all items that pass, ascending, after `after`: for exports and for changes of many. */
export async function deskSeqs(tx: Tx, filter: Filter, after: number, limit: number): Promise<number[]> {
  const { from, sql, bound } = await readingOf(tx, filter);
  const rows = await tx.rows<{ seq: number }>(
    `select i.seq from ${from} where ${sql} and i.seq > ? order by i.seq limit ?`,
    [...bound, after, limit],
  );
  return rows.map(({ seq }) => seq);
}
