// Reads counts of the desk for a filter: from the days and months that are counted already when it speaks of branch, source
// and day only, from the items themselves otherwise.
import type { Filter } from "../core/desk/index.ts";
import { TALLY_COLUMNS, type TallyColumn, type TallyCounts } from "../core/numbers/index.ts";
import type { Tx } from "./database.ts";
import { deskCondition, type SqlCondition } from "./desk-filter.ts";
import { isOfAllBranches, isTallied, overDays, splitMonths } from "./desk-months.ts";
import { TALLY_SQL } from "./desk-tally-sql.ts";

/** Counts of a source and, where they were asked for, of a day or branch. */
export interface TallySlice {
  readonly source: string;
  readonly day: number | null;
  readonly branchId: string | null;
  readonly counts: TallyCounts;
}

type By = "source" | "day" | "branch";

const KEYS: { readonly [by in By]: readonly string[] } = {
  source: ["i.source"],
  day: ["i.source", "i.day"],
  branch: ["i.source", "i.branch_id"],
};

/** Counts by source, and by day or branch besides. */
export async function talliesOf(tx: Tx, filter: Filter, by: By): Promise<TallySlice[]> {
  if (!isTallied(filter)) {
    const counted = (column: TallyColumn): string => TALLY_SQL[column];
    return slicesOf(tx, "desk_item i", counted, deskCondition(tx.engine, filter), by);
  }
  if (by !== "branch") {
    const from = isOfAllBranches(filter) ? "desk_tally_wide i" : DAYS;
    return slicesOf(tx, from, readyOf, deskCondition(tx.engine, filter), by);
  }
  const split = splitMonths(filter);
  if (split === null) return slicesOf(tx, DAYS, readyOf, deskCondition(tx.engine, filter), by);
  const found: TallySlice[] = [];
  if (split.months !== null) {
    const { sql, bound } = deskCondition(tx.engine, split.rest);
    const whole = {
      sql: `i.month between ? and ? and ${sql}`,
      bound: [split.months.from, split.months.to, ...bound],
    };
    found.push(...(await slicesOf(tx, MONTHS, readyOf, whole, by)));
  }
  for (const edge of split.edges)
    found.push(
      ...(await slicesOf(tx, DAYS, readyOf, deskCondition(tx.engine, overDays(split.rest, edge)), by)),
    );
  return together(found);
}

/** Counts of days and of months under the names that filters use. */
const named = (table: string, period: string): string =>
  `(select ${period}, nullif(branch_id, '') as branch_id, source, ${TALLY_COLUMNS.join(", ")} from ${table}) i`;
const DAYS = named("desk_tally", "day");
const MONTHS = named("desk_tally_month", "month");

/** PostgreSQL adds up integers in half the time of bigints; kopecks of a day may be too many for one. */
function readyOf(column: TallyColumn): string {
  return column === "promo_minor" ? `i.${column}` : `cast(i.${column} as integer)`;
}

async function slicesOf(
  tx: Tx,
  from: string,
  counted: (column: TallyColumn) => string,
  { sql, bound }: SqlCondition,
  by: By,
): Promise<TallySlice[]> {
  const keys = KEYS[by].join(", ");
  const sums = TALLY_COLUMNS.map((column) => `cast(sum(${counted(column)}) as bigint) as ${column}`);
  const rows = await tx.rows<
    { source: string; day?: number; branch_id?: string | null } & Record<string, number>
  >(`select ${keys}, ${sums.join(", ")} from ${from} where ${sql} group by ${keys} order by ${keys}`, bound);
  return rows.map((row) => ({
    source: row.source,
    day: by === "day" ? Number(row.day) : null,
    branchId: by === "branch" ? (row.branch_id ?? null) : null,
    counts: Object.fromEntries(TALLY_COLUMNS.map((column) => [column, Number(row[column])])) as TallyCounts,
  }));
}

/** Ratings of a branch and day. */
export interface BranchDay {
  readonly source: string;
  readonly branchId: string | null;
  /** yyyymmdd. */
  readonly day: number;
  readonly of: number;
  readonly low: number;
}

/** Ratings and low ones by source, branch and day; days without ratings are left out. */
export async function branchDays(tx: Tx, filter: Filter): Promise<BranchDay[]> {
  const isReady = isTallied(filter);
  const counted = (column: TallyColumn): string => (isReady ? readyOf(column) : TALLY_SQL[column]);
  const sumOf = (columns: readonly TallyColumn[]): string =>
    columns.map((one) => `sum(${counted(one)})`).join(" + ");
  const { sql, bound } = deskCondition(tx.engine, filter);
  const rows = await tx.rows<{
    source: string;
    branch_id: string | null;
    day: number;
    rated: number;
    low: number;
  }>(
    `select * from (select i.source, i.branch_id, i.day, cast(${sumOf(STARS)} as bigint) as rated,
        cast(${sumOf(STARS.slice(0, 2))} as bigint) as low
      from ${isReady ? DAYS : "desk_item i"} where ${sql} group by i.source, i.branch_id, i.day) counted
      where rated > 0 order by source, branch_id, day`,
    bound,
  );
  return rows.map(({ source, branch_id, day, rated, low }) => ({
    source,
    branchId: branch_id ?? null,
    day: Number(day),
    of: Number(rated),
    low: Number(low),
  }));
}

const STARS: readonly TallyColumn[] = ["x1", "x2", "x3", "x4", "x5"];

/** Slices of the same source and branch as one, in the order of sources and branches. */
function together(slices: readonly TallySlice[]): TallySlice[] {
  const sums = new Map<string, TallySlice>();
  for (const slice of slices) {
    const key = JSON.stringify([slice.source, slice.branchId]);
    const known = sums.get(key);
    const counts = TALLY_COLUMNS.map((column) => [
      column,
      (known?.counts[column] ?? 0) + slice.counts[column],
    ]);
    sums.set(key, { ...slice, counts: Object.fromEntries(counts) as TallyCounts });
  }
  return [...sums.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, slice]) => slice);
}
