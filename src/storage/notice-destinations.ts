// Where people are told: a chat, a mailbox, or an endpoint of webhooks, each with its hours and its health.
import type { QuietHours } from "../core/desk/index.ts";
import type { Tx } from "./database.ts";
import type { NoticeTables } from "./tables/notice.ts";

/** How a destination is reached. */
export const DESTINATION_KINDS = ["telegram", "email", "webhook"] as const;

/** One of DESTINATION_KINDS. */
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

/** What a destination may get: alerts about single items, alarms of trends, the weekly digest. */
export const NOTICE_TOPICS = ["items", "alarms", "digest"] as const;

/** One of NOTICE_TOPICS. */
export type NoticeTopic = (typeof NOTICE_TOPICS)[number];

/** What people say of a destination. */
export interface DestinationTerms {
  readonly kind: DestinationKind;
  /** Chat, mailbox, or the id of an endpoint. */
  readonly address: string;
  readonly label: string;
  readonly language: "ru" | "en";
  readonly gets: readonly NoticeTopic[];
  /** Null: never quiet. */
  readonly quiet: QuietHours | null;
  /** IANA zone of the quiet hours; null: the shop's. */
  readonly zone: string | null;
  readonly isOn: boolean;
}

/** A destination. */
export interface Destination extends DestinationTerms {
  readonly id: string;
  /** Nothing is tried before that instant, ms UTC. */
  readonly pausedUntil: number | null;
  /** Why the last try failed, as a word; null: nothing is wrong. */
  readonly problem: string | null;
  readonly problemAt: number | null;
  readonly sentAt: number | null;
  /** Notices that were too many to be kept, not told of yet, and the instant of the oldest. */
  readonly skipped: number;
  readonly skippedSince: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A destination with what it has still to get. */
export interface DestinationState extends Destination {
  readonly waiting: number;
  readonly givenUp: number;
}

type Row = NoticeTables["notice_destination"];

const COLUMN: { readonly [topic in NoticeTopic]: keyof Row } = {
  items: "gets_items",
  alarms: "gets_alarms",
  digest: "gets_digest",
};

/** The column that says whether a destination gets a topic. */
export function topicColumn(topic: NoticeTopic): string {
  return COLUMN[topic];
}

/** All destinations, oldest first, with their queues. */
export async function listDestinations(tx: Tx): Promise<DestinationState[]> {
  const rows = await tx.rows<Row>("select * from notice_destination order by created_at, id");
  const waiting = await counts(
    tx,
    `select destination_id, count(*) as count from notice where state in ('waiting', 'bound') group by destination_id`,
  );
  const lost = await counts(
    tx,
    `select destination_id, count(*) as count from notice_message where state = 'given_up' group by destination_id`,
  );
  return rows.map((row) => ({
    ...destinationOf(row),
    waiting: waiting.get(row.id) ?? 0,
    givenUp: lost.get(row.id) ?? 0,
  }));
}

async function counts(tx: Tx, sql: string): Promise<Map<string, number>> {
  const rows = await tx.rows<{ destination_id: string; count: number }>(sql);
  return new Map(rows.map(({ destination_id, count }) => [destination_id, Number(count)]));
}

/** One destination; with `isForChange` held until the transaction ends. */
export async function destinationById(tx: Tx, id: string, isForChange = false): Promise<Destination | null> {
  const lock = isForChange && tx.engine === "postgres" ? " for update" : "";
  const [row] = await tx.rows<Row>(`select * from notice_destination where id = ?${lock}`, [id]);
  return row === undefined ? null : destinationOf(row);
}

/** Adds a destination or writes what people say of it anew; its health begins anew. */
export async function saveDestination(
  tx: Tx,
  id: string,
  terms: DestinationTerms,
  at: number,
): Promise<void> {
  const { kind, address, label, language, gets, quiet, zone, isOn } = terms;
  await tx.run(
    `insert into notice_destination (id, kind, address, label, language, gets_items, gets_alarms, gets_digest,
       quiet_from, quiet_to, zone, is_on, skipped, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
     on conflict (id) do update set kind = excluded.kind, address = excluded.address, label = excluded.label,
       language = excluded.language, gets_items = excluded.gets_items, gets_alarms = excluded.gets_alarms,
       gets_digest = excluded.gets_digest, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
       zone = excluded.zone, is_on = excluded.is_on, paused_until = null, problem = null, problem_at = null,
       updated_at = excluded.updated_at`,
    [
      id,
      kind,
      address,
      label,
      language,
      ...NOTICE_TOPICS.map((topic) => (gets.includes(topic) ? 1 : 0)),
      quiet?.from ?? null,
      quiet?.to ?? null,
      zone,
      isOn ? 1 : 0,
      at,
      at,
    ],
  );
}

/** Removes a destination with all that it had still to get; false: there is none. */
export async function removeDestination(tx: Tx, id: string): Promise<boolean> {
  await tx.run("delete from notice where destination_id = ?", [id]);
  await tx.run("delete from notice_message where destination_id = ?", [id]);
  return (await tx.run("delete from notice_destination where id = ?", [id])) > 0;
}

/** Says what is wrong with a destination; the instant is that of the first time. */
export async function noteDestinationProblem(
  tx: Tx,
  id: string,
  problem: string | null,
  at: number,
): Promise<void> {
  await tx.run(
    `update notice_destination set problem_at = case when problem = ? then problem_at else ? end, problem = ?
     where id = ?`,
    [problem, problem === null ? null : at, problem, id],
  );
}

/** The destination of a row. */
export function destinationOf(row: Row): Destination {
  const { quiet_from: from, quiet_to: to } = row;
  return {
    id: row.id,
    kind: row.kind as DestinationKind,
    address: row.address,
    label: row.label,
    language: row.language as "ru" | "en",
    gets: NOTICE_TOPICS.filter((topic) => row[COLUMN[topic]] === 1),
    quiet: from === null || to === null ? null : { from, to },
    zone: row.zone,
    isOn: row.is_on === 1,
    pausedUntil: row.paused_until,
    problem: row.problem,
    problemAt: row.problem_at,
    sentAt: row.sent_at,
    skipped: row.skipped,
    skippedSince: row.skipped_since,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
