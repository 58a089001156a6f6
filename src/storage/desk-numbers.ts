// Reads counts of the desk for a filter: from the days that are counted already when it speaks of branch, source and day
// only, from the items themselves otherwise.
import { type Condition, type Filter, weekday } from "../core/desk/index.ts";
import { LATE_MOST, TALLY_COLUMNS, type TallyCounts } from "../core/numbers/index.ts";
import type { Tx } from "./database.ts";
import { deskCondition, type SqlCondition } from "./desk-filter.ts";
import { TALLY_SQL } from "./desk-tally-sql.ts";

/** Counts of a source and, where they were asked for, of a day or branch. */
export interface TallySlice {
  readonly source: string;
  readonly day: number | null;
  readonly branchId: string | null;
  readonly counts: TallyCounts;
}

/** Whether counts by day answer the filter. */
export function isTallied(filter: Filter): boolean {
  return filter.every(
    ({ test }) =>
      (test.kind === "word" && (test.field === "source" || test.field === "branch")) ||
      (test.kind === "range" && test.field === "day") ||
      (test.kind === "has" && test.what === "branch"),
  );
}

/** Counts by source, and by day or branch besides. */
export async function talliesOf(
  tx: Tx,
  filter: Filter,
  by: "source" | "day" | "branch",
): Promise<TallySlice[]> {
  const { sql, bound } = deskCondition(tx.engine, filter);
  const keys = { source: ["i.source"], day: ["i.source", "i.day"], branch: ["i.source", "i.branch_id"] }[by];
  const isReady = isTallied(filter);
  const counted = TALLY_COLUMNS.map((column) => {
    // PostgreSQL adds up integers in half the time of bigints; kopecks of a day may be too many for one.
    const ready = column === "promo_minor" ? `i.${column}` : `cast(i.${column} as integer)`;
    return `cast(sum(${isReady ? ready : TALLY_SQL[column]}) as bigint) as ${column}`;
  });
  const rows = await tx.rows<
    { source: string; day?: number; branch_id?: string | null } & Record<string, number>
  >(
    `select ${[...keys, ...counted].join(", ")} from ${isReady ? TALLIED : "desk_item i"} where ${sql}
     group by ${keys.join(", ")} order by ${keys.join(", ")}`,
    bound,
  );
  return rows.map((row) => ({
    source: row.source,
    day: by === "day" ? Number(row.day) : null,
    branchId: by === "branch" ? (row.branch_id ?? null) : null,
    counts: Object.fromEntries(TALLY_COLUMNS.map((column) => [column, Number(row[column])])) as TallyCounts,
  }));
}

/** The counts under the names that filters use. */
const TALLIED = `(select day, nullif(branch_id, '') as branch_id, source, ${TALLY_COLUMNS.join(", ")} from desk_tally) i`;
const TALLIED_PARTS =
  "(select month, nullif(branch_id, '') as branch_id, source, kind, word, total, low from desk_tally_part) i";

/** A count of an hour of the week, a minute on the way, or a topic. */
export interface PartSlice {
  readonly branchId: string | null;
  readonly word: string;
  readonly of: number;
  readonly low: number;
}

/** Parts by branch, or of all branches together (then without a branch). */
export async function partsByFilter(
  tx: Tx,
  filter: Filter,
  kind: "hour" | "late" | "topic",
  isByBranch: boolean,
): Promise<PartSlice[]> {
  const sums = new Map<string, { branchId: string | null; word: string; of: number; low: number }>();
  const take = (branchId: string | null, word: string, of: number, low: number): void => {
    const key = JSON.stringify([branchId, word]);
    const known = sums.get(key) ?? { branchId, word, of: 0, low: 0 };
    sums.set(key, known);
    known.of += of;
    known.low += low;
  };
  const split = splitMonths(filter);
  if (split !== null && split.months !== null) {
    const { sql, bound } = deskCondition(tx.engine, split.rest);
    const branch = isByBranch ? "i.branch_id" : "null";
    const rows = await tx.rows<{ branch_id: string | null; word: string; total: number; low: number }>(
      `select ${branch} as branch_id, i.word, cast(sum(i.total) as bigint) as total, cast(sum(i.low) as bigint) as low
       from ${TALLIED_PARTS} where i.kind = ? and i.month between ? and ? and ${sql}
       group by ${isByBranch ? "i.branch_id, " : ""}i.word`,
      [kind, split.months.from, split.months.to, ...bound],
    );
    for (const row of rows) take(row.branch_id, row.word, Number(row.total), Number(row.low));
  }
  for (const part of split === null ? [filter] : split.edges) {
    for (const row of await itemParts(tx, part, kind, isByBranch)) {
      take(row.branchId, row.word, row.of, row.low);
    }
  }
  return [...sums.values()].sort((one, other) => (one.word < other.word ? -1 : 1));
}

/** Months that the filter's days hold whole, and filters of the days at both ends; null: items must be looked at. */
function splitMonths(filter: Filter): {
  readonly months: { readonly from: number; readonly to: number } | null;
  readonly edges: readonly Filter[];
  readonly rest: Filter;
} | null {
  if (!isTallied(filter)) return null;
  const isDay = ({ test }: Condition): boolean => test.kind === "range" && test.field === "day";
  if (filter.some((each) => isDay(each) && each.isNot)) return null;
  const rest = filter.filter((each) => !isDay(each));
  let [from, to] = [FIRST_DAY, LAST_DAY];
  for (const { test } of filter) {
    if (test.kind !== "range") continue;
    from = Math.max(from, test.from ?? from);
    to = Math.min(to, test.to ?? to);
  }
  if (from > to) return { months: null, edges: [], rest };
  const days = (first: number, last: number): Filter => [
    ...rest,
    { isNot: false, test: { kind: "range", field: "day", from: first, to: last } },
  ];
  const [first, last] = [from % 100 === 1 ? month(from) : nextMonth(from), lastWhole(to)];
  if (first > last) return { months: null, edges: [days(from, to)], rest };
  const edges: Filter[] = [];
  if (from % 100 !== 1) edges.push(days(from, month(from) * 100 + 31));
  if (month(to) > last) edges.push(days(month(to) * 100 + 1, to));
  return { months: { from: first, to: last }, edges, rest };
}

const FIRST_DAY = 19_000_101;
const LAST_DAY = 99_981_231;
const month = (day: number): number => Math.floor(day / 100);
const nextMonth = (day: number): number => (month(day) % 100 === 12 ? month(day) + 89 : month(day) + 1);

/** The last month that ends by that day. */
function lastWhole(day: number): number {
  const length = new Date(Date.UTC(Math.floor(day / 10_000), month(day) % 100, 0)).getUTCDate();
  if (day % 100 >= length) return month(day);
  return month(day) % 100 === 1 ? month(day) - 89 : month(day) - 1;
}

async function itemParts(
  tx: Tx,
  filter: Filter,
  kind: "hour" | "late" | "topic",
  isByBranch: boolean,
): Promise<PartSlice[]> {
  const condition: SqlCondition = deskCondition(tx.engine, filter);
  const minute = `case when i.late_ms / 60000 > ${LATE_MOST} then ${LATE_MOST} else i.late_ms / 60000 end`;
  const { word, from, more } = {
    hour: {
      word: "i.day * 100 + i.hour",
      from: "desk_item i",
      more: "i.rating is not null and i.hour is not null",
    },
    late: { word: minute, from: "desk_item i", more: "i.rating is not null and i.late_ms is not null" },
    topic: {
      word: "w.word",
      from: "desk_item i join desk_word w on w.seq = i.seq",
      more: "w.kind = 'topic'",
    },
  }[kind];
  const keys = `${isByBranch ? "i.branch_id, " : ""}${word}`;
  const rows = await tx.rows<{
    branch_id: string | null;
    word: string | number;
    total: number;
    low: number;
  }>(
    `select ${isByBranch ? "i.branch_id" : "null"} as branch_id, ${word} as word, count(*) as total,
       sum(case when i.rating <= 2 then 1 else 0 end) as low
     from ${from} where ${more} and ${condition.sql} group by ${keys}`,
    condition.bound,
  );
  return rows.map((row) => ({
    branchId: row.branch_id,
    word: kind === "hour" ? hourOfWeek(Number(row.word)) : String(row.word),
    of: Number(row.total),
    low: Number(row.low),
  }));
}

function hourOfWeek(dayAndHour: number): string {
  return String(weekday(Math.floor(dayAndHour / 100)) * 24 + (dayAndHour % 100));
}
