// Alarms of the desk and the states of its watches.
import type { TrendAlarm, WatchState } from "../core/numbers/index.ts";
import type { Tx } from "./database.ts";
import type { DeskNumberTables } from "./tables/desk-numbers.ts";

/** How far an alarm is. "known": somebody knows the cause. */
export type AlarmState = "open" | "snoozed" | "acknowledged" | "known";

/** An alarm as it is stored. */
export interface StoredAlarm {
  readonly id: string;
  /** "trend": the cumulative sum. */
  readonly rule: string;
  /** Branch; empty: all together. */
  readonly place: string;
  readonly source: string;
  readonly state: AlarmState;
  readonly evidence: TrendAlarm;
  /** Last day of the period that baselines leave out; null: it is still open. */
  readonly untilDay: number | null;
  readonly raisedAt: number;
  readonly snoozedUntil: number | null;
  readonly note: string | null;
  readonly closedBy: string | null;
  readonly closedAt: number | null;
}

type Row = DeskNumberTables["desk_alarm"];

/** Raises an alarm; false: one of that rule, place and source is open already. */
export async function raiseAlarm(
  tx: Tx,
  alarm: Pick<StoredAlarm, "id" | "rule" | "place" | "source" | "evidence" | "raisedAt">,
): Promise<boolean> {
  const { id, rule, place, source, evidence, raisedAt } = alarm;
  const count = await tx.run(
    `insert into desk_alarm (id, rule, place, source, state, since_day, day, evidence, raised_at)
     values (?, ?, ?, ?, 'open', ?, ?, ?, ?) on conflict do nothing`,
    [id, rule, place, source, evidence.since, evidence.day, JSON.stringify(evidence), raisedAt],
  );
  return count === 1;
}

/** Alarms, latest first; `isOpen`: only those that somebody has to look at. */
export async function listAlarms(tx: Tx, isOpen: boolean, limit: number): Promise<StoredAlarm[]> {
  const only = isOpen ? "where state in ('open', 'snoozed')" : "";
  const rows = await tx.rows<Row>(
    `select * from desk_alarm ${only} order by raised_at desc, id desc limit ?`,
    [limit],
  );
  return rows.map(alarmOf);
}

/** The alarm with that id; null: there is none. */
export async function alarmById(tx: Tx, id: string): Promise<StoredAlarm | null> {
  const [row] = await tx.rows<Row>("select * from desk_alarm where id = ?", [id]);
  return row === undefined ? null : alarmOf(row);
}

/** Alarms of one place and source, which its baseline leaves out. */
export async function alarmsOfPlace(tx: Tx, place: string, source: string): Promise<StoredAlarm[]> {
  const rows = await tx.rows<Row>(
    "select * from desk_alarm where rule = 'trend' and place = ? and source = ? order by raised_at",
    [place, source],
  );
  return rows.map(alarmOf);
}

/** Moves an alarm that is open; null: there is no such alarm, or it is closed. */
export async function moveAlarm(
  tx: Tx,
  id: string,
  to: {
    readonly state: AlarmState;
    readonly by: string;
    readonly at: number;
    readonly day: number;
    readonly note: string | null;
    readonly snoozedUntil: number | null;
  },
): Promise<StoredAlarm | null> {
  const isClosed = to.state === "acknowledged" || to.state === "known";
  const [row] = await tx.rows<Row>(
    `update desk_alarm set state = ?, note = coalesce(?, note), snoozed_until = ?, until_day = ?, closed_by = ?, closed_at = ?
     where id = ? and state in ('open', 'snoozed') returning *`,
    [
      to.state,
      to.note,
      to.snoozedUntil,
      isClosed ? to.day : null,
      isClosed ? to.by : null,
      isClosed ? to.at : null,
      id,
    ],
  );
  return row === undefined ? null : alarmOf(row);
}

/** Opens alarms again that were let sleep until before `now`; gives their ids. */
export async function wakeAlarms(tx: Tx, now: number): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `update desk_alarm set state = 'open', snoozed_until = null where state = 'snoozed' and snoozed_until <= ?
     returning id`,
    [now],
  );
  return rows.map(({ id }) => id);
}

/** A watch with its place. */
export interface StoredWatch extends WatchState {
  readonly mutedUntil: number | null;
}

/** How far a place and source is watched; null: never yet. */
export async function watchOf(tx: Tx, place: string, source: string): Promise<StoredWatch | null> {
  const [row] = await tx.rows<DeskNumberTables["desk_watch"]>(
    "select * from desk_watch where place = ? and source = ?",
    [place, source],
  );
  if (row === undefined) return null;
  return {
    through: row.through_day,
    sum: row.sum,
    risingSince: row.rising_since,
    mutedUntil: row.muted_until,
  };
}

/** Keeps how far it is watched. */
export async function keepWatch(tx: Tx, place: string, source: string, state: WatchState): Promise<void> {
  await tx.run(
    `insert into desk_watch (place, source, through_day, sum, rising_since) values (?, ?, ?, ?, ?)
     on conflict (place, source) do update set through_day = excluded.through_day, sum = excluded.sum,
       rising_since = excluded.rising_since`,
    [place, source, state.through, state.sum, state.risingSince],
  );
}

/** No alarms of that place before the instant; null: again. */
export async function muteWatch(
  tx: Tx,
  place: string,
  source: string,
  until: number | null,
): Promise<boolean> {
  const count = await tx.run("update desk_watch set muted_until = ? where place = ? and source = ?", [
    until,
    place,
    source,
  ]);
  return count === 1;
}

/** A place and source that raise no alarms for a while. */
export interface MutedWatch {
  readonly place: string;
  readonly source: string;
  readonly until: number;
}

/** Those that are muted at `now`, by place. */
export function mutedWatches(tx: Tx, now: number): Promise<MutedWatch[]> {
  return tx.rows<MutedWatch>(
    "select place, source, muted_until as until from desk_watch where muted_until > ? order by place, source",
    [now],
  );
}

/** Low and all ratings of every day, place and source from `from` on, days ascending. */
export async function watchedDays(
  tx: Tx,
  from: number,
): Promise<{ source: string; place: string; day: number; low: number; of: number }[]> {
  const rows = await tx.rows<{ source: string; place: string; day: number; low: number; total: number }>(
    `select source, branch_id as place, day, x1 + x2 as low, x1 + x2 + x3 + x4 + x5 as total from desk_tally
     where day >= ? order by source, branch_id, day`,
    [from],
  );
  return rows.map(({ total, ...row }) => ({ ...row, of: total }));
}

function alarmOf(row: Row): StoredAlarm {
  return {
    id: row.id,
    rule: row.rule,
    place: row.place,
    source: row.source,
    state: row.state as AlarmState,
    evidence: JSON.parse(row.evidence) as TrendAlarm,
    untilDay: row.until_day,
    raisedAt: row.raised_at,
    snoozedUntil: row.snoozed_until,
    note: row.note,
    closedBy: row.closed_by,
    closedAt: row.closed_at,
  };
}
