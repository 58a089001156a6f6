// Hours of the week, minutes on the way and topics of what a filter finds: from counted months and days where they answer it,
// from the items themselves otherwise.
import { type Days, type Filter, weekday } from "../core/desk/index.ts";
import { LATE_MOST } from "../core/numbers/index.ts";
import type { Tx } from "./database.ts";
import { deskCondition, type SqlCondition } from "./desk-filter.ts";
import { branchesWanted, isOfAllBranches, overDays, type SplitFilter, splitMonths } from "./desk-months.ts";
import { spannedCondition } from "./desk-reading.ts";

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
  kind: PartKind,
  isByBranch: boolean,
): Promise<PartSlice[]> {
  const split = splitMonths(filter);
  if (split === null) return together(await itemParts(tx, filter, kind, isByBranch));
  const rest = deskCondition(tx.engine, split.rest);
  const isWide = !isByBranch && kind !== "topic" && isOfAllBranches(filter);
  const found: PartSlice[] = [];
  if (split.months !== null)
    found.push(
      ...(isWide
        ? await wideParts(tx, kind, "month", split.months, rest)
        : await monthParts(tx, kind, isByBranch, split.months, split)),
    );
  for (const edge of split.edges)
    found.push(
      ...(isWide
        ? await wideParts(tx, kind, "day", edge, rest)
        : await itemParts(tx, overDays(split.rest, edge), kind, isByBranch)),
    );
  return together(found);
}

type PartKind = "hour" | "late" | "topic";

interface Row {
  readonly branch_id: string | null;
  readonly word: string | number;
  readonly total: number;
  readonly low: number;
}

function partOf(row: Row): PartSlice {
  return { branchId: row.branch_id, word: String(row.word), of: Number(row.total), low: Number(row.low) };
}

/** Parts of the same branch and word as one, by words. */
function together(parts: readonly PartSlice[]): PartSlice[] {
  const sums = new Map<string, PartSlice>();
  for (const part of parts) {
    const key = JSON.stringify([part.branchId, part.word]);
    const known = sums.get(key);
    sums.set(key, { ...part, of: part.of + (known?.of ?? 0), low: part.low + (known?.low ?? 0) });
  }
  return [...sums.values()].sort((one, other) => (one.word < other.word ? -1 : 1));
}

const SUMS = "cast(sum(i.total) as bigint) as total, cast(sum(i.low) as bigint) as low";

async function monthParts(
  tx: Tx,
  kind: PartKind,
  isByBranch: boolean,
  months: Days,
  { rest: filter }: SplitFilter,
): Promise<PartSlice[]> {
  const rest = deskCondition(tx.engine, filter);
  const [each, within] = [monthsIn(months), branchesWanted(filter)];
  const rows = await tx.rows<Row>(
    `select ${isByBranch ? "i.branch_id" : "null"} as branch_id, i.word, ${SUMS}
     from (select month, nullif(branch_id, '') as branch_id, source, kind, word, total, low from desk_tally_part
       where ${within.sql}) i
     where i.kind = ? and ${each.sql} and ${rest.sql}
     group by ${isByBranch ? "i.branch_id, " : ""}i.word`,
    [...within.bound, kind, ...each.bound, ...rest.bound],
  );
  return rows.map(partOf);
}

/** Longest stretch of months that are named one by one, so that each is looked up for the branches that are wanted. */
const MONTHS_MOST = 60;

function monthsIn({ from, to }: Days): SqlCondition {
  const months: number[] = [];
  for (let month = from; month <= to && months.length <= MONTHS_MOST; month += month % 100 === 12 ? 89 : 1)
    months.push(month);
  if (months.length > MONTHS_MOST) return { sql: "i.month between ? and ?", bound: [from, to] };
  return { sql: `i.month in (${months.map(() => "?").join(", ")})`, bound: months };
}

/** Of all branches together. */
async function wideParts(
  tx: Tx,
  kind: PartKind,
  span: "month" | "day",
  periods: Days,
  rest: SqlCondition,
): Promise<PartSlice[]> {
  const rows = await tx.rows<Row>(
    `select null as branch_id, i.word, ${SUMS} from desk_tally_part_wide i
     where i.kind = ? and i.span = ? and i.period between ? and ? and ${rest.sql} group by i.word`,
    [kind, span, periods.from, periods.to, ...rest.bound],
  );
  return rows.map(partOf);
}

async function itemParts(tx: Tx, filter: Filter, kind: PartKind, isByBranch: boolean): Promise<PartSlice[]> {
  const condition = await spannedCondition(tx, filter);
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
  const rows = await tx.rows<Row>(
    `select ${isByBranch ? "i.branch_id" : "null"} as branch_id, ${word} as word, count(*) as total,
       sum(case when i.rating <= 2 then 1 else 0 end) as low
     from ${from} where ${more} and ${condition.sql} group by ${keys}`,
    condition.bound,
  );
  return rows.map((row) => partOf(kind === "hour" ? { ...row, word: hourOfWeek(Number(row.word)) } : row));
}

function hourOfWeek(dayAndHour: number): string {
  return String(weekday(Math.floor(dayAndHour / 100)) * 24 + (dayAndHour % 100));
}
