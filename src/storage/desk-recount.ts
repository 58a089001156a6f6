// Makes the counts of the desk again from its items: the result is what was kept with them.
import { createHash } from "node:crypto";
import { weekday } from "../core/desk/index.ts";
import { LATE_MOST, TALLY_COLUMNS } from "../core/numbers/index.ts";
import type { Tx } from "./database.ts";
import { addSums, PART_KEY, Sums, WIDE_KEY, WIDE_SLOTS } from "./desk-tallies.ts";
import { TALLY_SQL } from "./desk-tally-sql.ts";

const COUNTS = [
  "desk_tally",
  "desk_tally_month",
  "desk_tally_wide",
  "desk_tally_part",
  "desk_tally_part_wide",
] as const;

/**
 * Keeps everybody else from writing items until the transaction ends, however long it takes; on SQLite a transaction does.
 * Intake waits meanwhile and is refused after a while, to be sent again.
 */
export async function holdDesk(tx: Tx): Promise<void> {
  if (tx.engine === "sqlite") return;
  await tx.run("set local statement_timeout = 0");
  await tx.run("set local lock_timeout = '60s'");
  await tx.run("lock table desk_item in share row exclusive mode");
}

/** Makes all counts again from the items: after a repair, or to prove that they are right. */
export async function recountDesk(tx: Tx): Promise<void> {
  for (const table of COUNTS) await tx.run(`delete from ${table}`);
  const counted = TALLY_COLUMNS.map((column) => `sum(${TALLY_SQL[column]})`).join(", ");
  await tx.run(
    `insert into desk_tally (day, branch_id, source, ${TALLY_COLUMNS.join(", ")})
     select i.day, coalesce(i.branch_id, ''), i.source, ${counted} from desk_item i
     group by i.day, coalesce(i.branch_id, ''), i.source`,
  );
  const summed = TALLY_COLUMNS.map((column) => `sum(${column})`).join(", ");
  await tx.run(
    `insert into desk_tally_month (month, branch_id, source, ${TALLY_COLUMNS.join(", ")})
     select day / 100, branch_id, source, ${summed} from desk_tally group by day / 100, branch_id, source`,
  );
  await tx.run(
    `insert into desk_tally_wide (day, slot, source, ${TALLY_COLUMNS.join(", ")})
     select i.day, i.seq % ${WIDE_SLOTS}, i.source, ${counted} from desk_item i
     group by i.day, i.seq % ${WIDE_SLOTS}, i.source`,
  );
  const low = "sum(case when i.rating <= 2 then 1 else 0 end)";
  const place = "i.day / 100, coalesce(i.branch_id, ''), i.source";
  const into = "insert into desk_tally_part (kind, month, branch_id, source, word, total, low)";
  const minute = `case when i.late_ms / 60000 > ${LATE_MOST} then ${LATE_MOST} else i.late_ms / 60000 end`;
  await tx.run(
    `${into} select 'late', ${place}, cast(${minute} as text), count(*), ${low} from desk_item i
     where i.rating is not null and i.late_ms is not null group by ${place}, cast(${minute} as text)`,
  );
  for (const [span, period] of [
    ["month", "i.day / 100"],
    ["day", "i.day"],
  ]) {
    const key = `${period}, i.seq % ${WIDE_SLOTS}, i.source, cast(${minute} as text)`;
    await tx.run(
      `insert into desk_tally_part_wide (kind, span, period, slot, source, word, total, low)
       select 'late', '${span}', ${key}, count(*), ${low} from desk_item i
       where i.rating is not null and i.late_ms is not null group by ${key}`,
    );
  }
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
      slot: number;
      hour: number;
      total: number;
      low: number;
    }>(
      `select i.day, coalesce(i.branch_id, '') as branch, i.source, i.seq % ${WIDE_SLOTS} as slot, i.hour,
         count(*) as total,
         sum(case when i.rating <= 2 then 1 else 0 end) as low
       from desk_item i where i.day between ? and ? and i.rating is not null and i.hour is not null
       group by i.day, coalesce(i.branch_id, ''), i.source, i.seq % ${WIDE_SLOTS}, i.hour`,
      [month * 100, month * 100 + 99],
    );
    const [sums, wide] = [new Sums(2), new Sums(2)];
    for (const { day, branch, source, slot, hour, total, low } of rows) {
      const word = String(weekday(day) * 24 + hour);
      const part = [Number(total), Number(low)];
      sums.add(["hour", month, branch, source, word], part);
      wide.add(["hour", "month", month, Number(slot), source, word], part);
      wide.add(["hour", "day", day, Number(slot), source, word], part);
    }
    await addSums(tx, "desk_tally_part", PART_KEY, ["total", "low"], sums);
    await addSums(tx, "desk_tally_part_wide", WIDE_KEY, ["total", "low"], wide);
  }
}

/** SHA-256 of every count there is, base64url: two states are alike when their hashes are. */
export async function tallyHash(tx: Tx): Promise<string> {
  const hash = createHash("sha256");
  for (const table of COUNTS) {
    const rows = await tx.rows<Record<string, number | string>>(`select * from ${table}`);
    for (const row of rows.map((each) => JSON.stringify(each)).sort()) hash.update(`${table} ${row}\n`);
  }
  return hash.digest("base64url");
}

/** Every count there is, as text in one order: two states are alike when their texts are. */
export async function tallyText(tx: Tx): Promise<string> {
  const all: Record<string, unknown> = {};
  for (const table of COUNTS) {
    const rows = await tx.rows<Record<string, number | string>>(`select * from ${table}`);
    all[table] = rows
      .map((row) => JSON.stringify(row))
      .sort()
      .map((row) => JSON.parse(row));
  }
  return JSON.stringify(all, null, 1);
}
