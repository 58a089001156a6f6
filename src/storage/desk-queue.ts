// The queue of the desk: items by the value at risk, or by the time that is left, as both are at one instant.
import type { Filter } from "../core/desk/index.ts";
import type { Tx, Value } from "./database.ts";
import { type DeskRecord, recordsOf } from "./desk-items.ts";
import type { DeskPlace } from "./desk-lists.ts";
import { readingOf } from "./desk-reading.ts";
import type { DeskTables } from "./tables/desk.ts";

/** Orders that change with the clock. */
export const QUEUE_SORTS = ["value", "left"] as const;

/** One of QUEUE_SORTS: most value at risk first, least time left first; then earliest arrival. */
export type QueueSort = (typeof QUEUE_SORTS)[number];

/** The instant that an order is of: all pages of one walk have the same. */
export interface QueueMoment {
  /** ms UTC. */
  readonly at: number;
  /** Age at which answers stop arriving, ms; null: not known. */
  readonly deadlineMs: number | null;
}

/** Which page. */
export interface QueuePage {
  readonly sort: QueueSort;
  readonly moment: QueueMoment;
  readonly after: DeskPlace | null;
  readonly limit: number;
}

/** An item with what it is sorted by: the value at risk, or the instant until which time is left (NEVER: none runs). */
export interface QueuedItem {
  readonly item: DeskRecord;
  readonly sorted: number;
}

/** Beyond every instant: where no time runs. */
export const NEVER = 9_007_199_254_740_991;

const HOUR = 3_600_000;

/** A piece of SQL with what is bound to it. */
interface Bound {
  readonly sql: string;
  readonly bound: readonly Value[];
}

/** See `queueValue` of the core: the same factors. */
function valueKey({ at }: QueueMoment): Bound {
  const hours = [0, 1, 2, 4, 8, 24];
  const steps = hours.map((_, index) => `when i.due_at <= ? then ${8 - index}`).join(" ");
  return {
    sql: `case when i.rating is null then 1 else 6 - i.rating end
      * case when i.total_minor is null then 500 when i.total_minor < 200 then 1 else i.total_minor / 100 end
      * case when i.due_at is null then 1 ${steps} else 2 end`,
    bound: hours.map((each) => at + each * HOUR),
  };
}

/** States of work and of answers in which somebody may still answer. */
const OPEN = "i.state in ('new', 'in_progress', 'waiting')";
const UNANSWERED = "i.answer in ('no', 'awaiting_approval', 'no_subscription', 'rejected', 'failed')";

/** See `timeEnds` of the core. */
function endKey({ at, deadlineMs }: QueueMoment): Bound {
  const due = `coalesce(i.due_at, ${NEVER})`;
  if (deadlineMs === null) return { sql: due, bound: [] };
  const said = "coalesce((select f.created_at from feedback_item f where f.id = i.id), i.received_at)";
  return {
    sql: `case when i.source <> 'yandex-eats' or not ${OPEN} or not ${UNANSWERED} then ${due}
      when ${said} <= ? then ${NEVER} when ${said} + ? < ${due} then ${said} + ? else ${due} end`,
    bound: [at - deadlineMs, deadlineMs, deadlineMs],
  };
}

/** Items of a page, and where the next page begins; null: this was the last. */
export async function listDeskQueue(
  tx: Tx,
  filter: Filter,
  page: QueuePage,
): Promise<{ readonly items: readonly QueuedItem[]; readonly next: DeskPlace | null }> {
  const reading = await readingOf(tx, filter);
  const key = page.sort === "value" ? valueKey(page.moment) : endKey(page.moment);
  const [order, beyond] = page.sort === "value" ? ["desc", "<"] : ["", ">"];
  const { after } = page;
  const start =
    after === null
      ? { sql: "", bound: [] }
      : {
          sql: `where q.sorted ${beyond} ? or (q.sorted = ? and q.seq > ?)`,
          bound: [after.value, after.value, after.seq],
        };
  const rows = await tx.rows<DeskTables["desk_item"] & { sorted: number }>(
    `select q.* from (select i.*, ${key.sql} as sorted from ${reading.from} where ${reading.sql}) q ${start.sql}
     order by q.sorted ${order}, q.seq limit ?`,
    [...key.bound, ...reading.bound, ...start.bound, page.limit + 1],
  );
  const shown = rows.slice(0, page.limit);
  const records = await recordsOf(tx, shown);
  const items = records.map((item, index) => ({ item, sorted: Number(shown[index]?.sorted) }));
  const last = items.at(-1);
  const hasMore = rows.length > page.limit && last !== undefined;
  return { items, next: hasMore ? { value: last.sorted, seq: last.item.seq } : null };
}
