// What numbers of the work are made of: first answers, clocks that run, low raters who came again, lags of answers.
import type { Filter } from "../core/desk/index.ts";
import type { LowRater } from "../core/numbers/index.ts";
import type { Tx } from "./database.ts";
import { deskCondition } from "./desk-filter.ts";
import { isTallied } from "./desk-months.ts";
import { spannedCondition } from "./desk-reading.ts";

/** First answers that took so many working minutes. */
export interface AnswerMinutes {
  readonly minutes: number;
  readonly count: number;
  /** Of these, in time and late; the rest had nothing due. */
  readonly inTime: number;
  readonly late: number;
}

/** First answers to what the filter finds. */
export async function firstAnswers(tx: Tx, filter: Filter): Promise<AnswerMinutes[]> {
  const { sql, bound } = deskCondition(tx.engine, filter);
  const from = isTallied(filter)
    ? `desk_first_answer i where ${sql}`
    : `desk_first_answer f join desk_item i on i.seq = f.seq where ${sql}`;
  const f = isTallied(filter) ? "i" : "f";
  const rows = await tx.rows<{ minutes: number; count: number; in_time: number; late: number }>(
    `select ${f}.minutes, count(*) as count,
       sum(case when ${f}.is_in_time = 1 then 1 else 0 end) as in_time,
       sum(case when ${f}.is_in_time = 0 then 1 else 0 end) as late
     from ${from} group by ${f}.minutes order by ${f}.minutes`,
    bound,
  );
  return rows.map((row) => ({
    minutes: row.minutes,
    count: Number(row.count),
    inTime: Number(row.in_time),
    late: Number(row.late),
  }));
}

/** Clocks that run, past due and not yet; how long the slowest tenth of open feedback waits, ms; how often work was opened again. */
export interface OpenWork {
  readonly overdue: number;
  readonly running: number;
  readonly openAgeP90Ms: number | null;
  readonly reopened: number;
}

/** Fewest open items of which an age is told. */
const AGES_LEAST = 10;

/** See `OpenWork`. */
export async function openWork(tx: Tx, filter: Filter, now: number): Promise<OpenWork> {
  const { sql, bound } = deskCondition(tx.engine, filter);
  const [due] = await tx.rows<{ overdue: number; running: number }>(
    `select coalesce(sum(case when i.due_at < ? then 1 else 0 end), 0) as overdue,
       coalesce(sum(case when i.due_at >= ? then 1 else 0 end), 0) as running
     from desk_item i where i.due_at is not null and ${sql}
       and not exists (select 1 from desk_first_answer f where f.seq = i.seq)`,
    [now, now, ...bound],
  );
  const isOpen = "i.state in ('new', 'in_progress', 'waiting')";
  const [open] = await tx.rows<{ count: number }>(
    `select count(*) as count from desk_item i where ${isOpen} and ${sql}`,
    bound,
  );
  const count = Number(open?.count ?? 0);
  const [aged] = await tx.rows<{ received_at: number }>(
    `select i.received_at from desk_item i where ${isOpen} and ${sql} order by i.received_at limit 1 offset ?`,
    [...bound, count - Math.ceil(0.9 * count)],
  );
  const [again] = await tx.rows<{ count: number }>(
    `select count(distinct i.seq) as count from desk_thread t join desk_item i on i.id = t.item_id
     where t.kind = 'reopened' and ${sql}`,
    bound,
  );
  return {
    overdue: Number(due?.overdue ?? 0),
    running: Number(due?.running ?? 0),
    openAgeP90Ms: count < AGES_LEAST || aged === undefined ? null : now - aged.received_at,
    reopened: Number(again?.count ?? 0),
  };
}

/** Low raters that recovery is told of: the latest ones. */
const RATERS = 1000;

/** How long a next rating is waited for, ms. */
const RECOVERY_MS = 60 * 86_400_000;

/** Low raters among what the filter finds whose sixty days are over, each with the same customer's next rating. */
export async function lowRaters(tx: Tx, filter: Filter, now: number): Promise<LowRater[]> {
  const { sql, bound, isSpanned } = await spannedCondition(tx, filter);
  const rows = await tx.rows<{ answer: string; next: number | null }>(
    `select i.answer, (select n.rating from desk_item n where n.customer_id = i.customer_id
         and n.order_id <> i.order_id and n.rating is not null
         and n.received_at > i.received_at and n.received_at <= i.received_at + ${RECOVERY_MS}
       order by n.received_at, n.seq limit 1) as next
     from desk_item i where i.rating <= 2 and i.customer_id is not null and i.received_at < ? and ${sql}
     order by ${isSpanned ? "i.seq" : "i.received_at"} desc limit ?`,
    [now - RECOVERY_MS, ...bound, RATERS],
  );
  return rows.map(({ answer, next }) => ({ isAnswered: answer === "delivered", next }));
}

/** From ask to answer, ms, of the latest answered asks of a source. */
export async function answerLags(tx: Tx, source: string, limit: number): Promise<number[]> {
  const rows = await tx.rows<{ id: string; received_at: number }>(
    `select id, received_at from desk_item
     where was_asked = 1 and rating is not null and source = ? order by seq + 0 desc limit ?`,
    [source, limit],
  );
  const lags: number[] = [];
  for (let from = 0; from < rows.length; from += 500) {
    const part = rows.slice(from, from + 500);
    const first = await tx.rows<{ item_id: string; at: number }>(
      `select item_id, min(at) as at from desk_thread
       where item_id in (${part.map(() => "?").join(", ")}) and kind in ('received', 'revised')
         and body not like '%"stars":null%' group by item_id`,
      part.map(({ id }) => id),
    );
    const known = new Map(first.map(({ item_id, at }) => [item_id, Number(at)]));
    for (const { id, received_at } of part)
      lags.push(Math.max(0, (known.get(id) ?? received_at) - received_at));
  }
  return lags;
}
