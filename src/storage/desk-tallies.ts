// Keeps the counts of the desk in the transaction of the item, and makes them again from the items: the result is the same.
import { weekday } from "../core/desk/index.ts";
import { type CountedItem, LATE_MOST, partsOf, TALLY_COLUMNS, tallyOf } from "../core/numbers/index.ts";
import type { Tx, Value } from "./database.ts";
import { TALLY_SQL } from "./desk-tally-sql.ts";

/** What an item was and what it is; null: not there. */
export interface CountedChange {
  readonly before: CountedItem | null;
  readonly after: CountedItem | null;
}

/** Counts one item that was written or changed in this transaction. */
export function countDeskItem(tx: Tx, before: CountedItem | null, after: CountedItem | null): Promise<void> {
  return countDeskChanges(tx, [{ before, after }]);
}

/**
 * Counts several. Call it once a transaction, after all items are written and held: rows are taken in one order, items before
 * counts, so that two transactions never wait for each other in a ring.
 */
export async function countDeskChanges(tx: Tx, changes: readonly CountedChange[]): Promise<void> {
  const days = new Sums(TALLY_COLUMNS.length);
  const parts = new Sums(2);
  for (const { before, after } of changes) {
    if (before !== null) add(days, parts, before, -1);
    if (after !== null) add(days, parts, after, 1);
  }
  await write(tx, "desk_tally", ["day", "branch_id", "source"], TALLY_COLUMNS, days);
  await write(tx, "desk_tally_part", PART_KEY, ["total", "low"], parts);
}

const PART_KEY = ["kind", "month", "branch_id", "source", "word"] as const;

function add(days: Sums, parts: Sums, item: CountedItem, sign: 1 | -1): void {
  const counts = tallyOf(item);
  const branch = item.branchId ?? "";
  days.add(
    [item.day, branch, item.source],
    TALLY_COLUMNS.map((column) => sign * counts[column]),
  );
  for (const { kind, word, of, low } of partsOf(item)) {
    parts.add([kind, Math.floor(item.day / 100), branch, item.source, word], [sign * of, sign * low]);
  }
}

/** Numbers summed by key. */
class Sums {
  readonly #width: number;
  readonly #sums = new Map<string, { readonly key: readonly Value[]; readonly sums: number[] }>();

  constructor(width: number) {
    this.#width = width;
  }

  add(key: readonly Value[], numbers: readonly number[]): void {
    const name = JSON.stringify(key);
    const known = this.#sums.get(name) ?? { key, sums: new Array<number>(this.#width).fill(0) };
    this.#sums.set(name, known);
    for (const [index, number] of numbers.entries()) {
      known.sums[index] = (known.sums[index] as number) + number;
    }
  }

  /** What does not cancel out, in the order of the keys. */
  sorted(): { readonly key: readonly Value[]; readonly sums: readonly number[] }[] {
    return [...this.#sums]
      .filter(([, { sums }]) => sums.some((sum) => sum !== 0))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, entry]) => entry);
  }
}

/** Rows of one statement: PostgreSQL binds at most 65 535 values. */
const ROWS = 500;

async function write(
  tx: Tx,
  table: string,
  key: readonly string[],
  columns: readonly string[],
  sums: Sums,
): Promise<void> {
  const rows = sums.sorted();
  for (let from = 0; from < rows.length; from += ROWS) {
    const part = rows.slice(from, from + ROWS);
    const marks = `(${[...key, ...columns].map(() => "?").join(", ")})`;
    await tx.run(
      `insert into ${table} (${[...key, ...columns].join(", ")}) values ${part.map(() => marks).join(", ")}
       on conflict (${key.join(", ")}) do update set
       ${columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(", ")}`,
      part.flatMap((row) => [...row.key, ...row.sums]),
    );
  }
  // The first column counts what is there at all: a row that counts nothing goes, as if it had never been.
  for (const row of rows.filter(({ sums: [first = 0] }) => first < 0)) {
    await tx.run(
      `delete from ${table} where ${key.map((name) => `${name} = ?`).join(" and ")} and ${columns[0]} = 0`,
      row.key,
    );
  }
}

/** Makes all counts again from the items: after a repair, or to prove that they are right. */
export async function recountDesk(tx: Tx): Promise<void> {
  await tx.run("delete from desk_tally");
  await tx.run("delete from desk_tally_part");
  const counted = TALLY_COLUMNS.map((column) => `sum(${TALLY_SQL[column]})`).join(", ");
  await tx.run(
    `insert into desk_tally (day, branch_id, source, ${TALLY_COLUMNS.join(", ")})
     select i.day, coalesce(i.branch_id, ''), i.source, ${counted} from desk_item i
     group by i.day, coalesce(i.branch_id, ''), i.source`,
  );
  const low = "sum(case when i.rating <= 2 then 1 else 0 end)";
  const place = "i.day / 100, coalesce(i.branch_id, ''), i.source";
  const into = "insert into desk_tally_part (kind, month, branch_id, source, word, total, low)";
  const minute = `case when i.late_ms / 60000 > ${LATE_MOST} then ${LATE_MOST} else i.late_ms / 60000 end`;
  await tx.run(
    `${into} select 'late', ${place}, cast(${minute} as text), count(*), ${low} from desk_item i
     where i.rating is not null and i.late_ms is not null group by ${place}, cast(${minute} as text)`,
  );
  await tx.run(
    `${into} select 'topic', ${place}, w.word, count(*), ${low} from desk_item i
     join desk_word w on w.seq = i.seq and w.kind = 'topic' group by ${place}, w.word`,
  );
  await recountHours(tx);
}

/** Weekdays are told by the calendar of the core: month by month, what one transaction can hold. */
async function recountHours(tx: Tx): Promise<void> {
  const months = await tx.rows<{ month: number }>(
    "select distinct day / 100 as month from desk_tally order by month",
  );
  for (const { month } of months) {
    const rows = await tx.rows<{
      day: number;
      branch: string;
      source: string;
      hour: number;
      total: number;
      low: number;
    }>(
      `select i.day, coalesce(i.branch_id, '') as branch, i.source, i.hour, count(*) as total,
         sum(case when i.rating <= 2 then 1 else 0 end) as low
       from desk_item i where i.day between ? and ? and i.rating is not null and i.hour is not null
       group by i.day, coalesce(i.branch_id, ''), i.source, i.hour`,
      [month * 100, month * 100 + 99],
    );
    const sums = new Sums(2);
    for (const { day, branch, source, hour, total, low } of rows) {
      const word = String(weekday(day) * 24 + hour);
      sums.add(["hour", month, branch, source, word], [Number(total), Number(low)]);
    }
    await write(tx, "desk_tally_part", PART_KEY, ["total", "low"], sums);
  }
}

/** Every count there is, as text in one order: two states are alike when their texts are. */
export async function tallyText(tx: Tx): Promise<string> {
  const days = await tx.rows("select * from desk_tally order by day, branch_id, source");
  const parts = await tx.rows("select * from desk_tally_part order by kind, month, branch_id, source, word");
  return JSON.stringify({ days, parts }, null, 1);
}

/** The first delivered answer to an item: how many working minutes it took, and whether it was in time. */
export interface FirstAnswer {
  readonly seq: number;
  readonly day: number;
  readonly branchId: string | null;
  readonly source: string;
  /** ms UTC. */
  readonly at: number;
  readonly minutes: number;
  /** Null: nothing was due. */
  readonly isInTime: boolean | null;
}

/** Notes it; only the first counts. */
export async function noteFirstAnswer(tx: Tx, answer: FirstAnswer): Promise<void> {
  await tx.run(
    `insert into desk_first_answer (seq, day, branch_id, source, at, minutes, is_in_time)
     values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    [
      answer.seq,
      answer.day,
      answer.branchId,
      answer.source,
      answer.at,
      answer.minutes,
      answer.isInTime === null ? null : answer.isInTime ? 1 : 0,
    ],
  );
}
