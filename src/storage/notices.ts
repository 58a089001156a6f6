// What destinations have still to be told: written with what it tells, made into messages by the sender, each key once.
import { COLLAPSE, type Notice, type NoticePlan, type SentMessage } from "../core/desk/index.ts";
import type { Tx } from "./database.ts";
import { type NoticeTopic, topicColumn } from "./notice-destinations.ts";
import type { NoticeTables } from "./tables/notice.ts";

/** What a notice is about. */
export type NoticeKind = "item" | "alarm" | "digest" | "trial";

/** Something to tell: ids only, so that what is erased meanwhile is not told. */
export interface NewNotice {
  /** Nothing of one key goes to a destination twice. */
  readonly key: string;
  readonly kind: NoticeKind;
  /** JSON text. */
  readonly body: string;
  readonly at: number;
}

/** A notice as it is kept. */
export type StoredNotice = NewNotice;

/** A message on its way. */
export interface NoticeMessage {
  readonly id: string;
  readonly attempts: number;
  readonly misses: number;
  /** Notices before it that were too many to be kept. */
  readonly skipped: number;
  readonly skippedSince: number | null;
  readonly notices: readonly StoredNotice[];
}

/** Who is told. */
export interface NoticeAudience {
  readonly topic: NoticeTopic;
  /** Only these of them; empty: all. */
  readonly only: readonly string[];
  /** Only destinations that were there by then, ms UTC; null: all. */
  readonly madeBy: number | null;
}

/** Queues a notice for every destination that is on and gets its topic; one that was told before is not told again. */
export async function queueNotice(tx: Tx, notice: NewNotice, audience: NoticeAudience): Promise<number> {
  const { topic, only, madeBy } = audience;
  const among = only.length === 0 ? "" : ` and id in (${only.map(() => "?").join(", ")})`;
  const before = madeBy === null ? "" : " and created_at <= ?";
  return insertNotices(tx, notice, `is_on = 1 and ${topicColumn(topic)} = 1${among}${before}`, [
    ...only,
    ...(madeBy === null ? [] : [madeBy]),
  ]);
}

/** Queues a notice for one destination, on or off. */
export async function queueNoticeFor(tx: Tx, notice: NewNotice, destinationId: string): Promise<number> {
  return insertNotices(tx, notice, "id = ?", [destinationId]);
}

function insertNotices(
  tx: Tx,
  { key, kind, body, at }: NewNotice,
  where: string,
  bound: readonly (string | number)[],
): Promise<number> {
  const whole = tx.engine === "sqlite" ? "integer" : "bigint";
  return tx.run(
    `insert into notice (destination_id, key, kind, body, at, state)
     select id, cast(? as text), cast(? as text), cast(? as text), cast(? as ${whole}), 'waiting'
     from notice_destination where ${where}
     on conflict (destination_id, key) do nothing`,
    [key, kind, body, at, ...bound],
  );
}

/** Marks that an item passed an alert rule; false: it did before. */
export async function markAlerted(tx: Tx, ruleId: string, itemId: string, at: number): Promise<boolean> {
  const marked = await tx.run(
    `insert into notice (destination_id, key, kind, body, at, state) values ('', ?, 'item', '{}', ?, 'raised')
     on conflict (destination_id, key) do nothing`,
    [`item:${ruleId}:${itemId}`, at],
  );
  return marked === 1;
}

/** Notices of a destination that belong to no message yet, oldest first. */
export async function waitingNotices(tx: Tx, destinationId: string, limit: number): Promise<StoredNotice[]> {
  const rows = await tx.rows<NoticeTables["notice"]>(
    "select * from notice where destination_id = ? and state = 'waiting' order by at, key limit ?",
    [destinationId, limit],
  );
  return rows.map(noticeOf);
}

/** Lets go of the oldest beyond `most` of a destination: they will not be told one by one. Gives how many went. */
export async function skipOldest(tx: Tx, destinationId: string, most: number): Promise<number> {
  const [beyond] = await tx.rows<{ at: number; key: string }>(
    "select at, key from notice where destination_id = ? and state = 'waiting' order by at desc, key desc limit 1 offset ?",
    [destinationId, most],
  );
  if (beyond === undefined) return 0;
  const [oldest] = await waitingNotices(tx, destinationId, 1);
  const skipped = await tx.run(
    "update notice set state = 'skipped' where destination_id = ? and state = 'waiting' and (at, key) <= (?, ?)",
    [destinationId, beyond.at, beyond.key],
  );
  await tx.run(
    "update notice_destination set skipped = skipped + ?, skipped_since = coalesce(skipped_since, ?) where id = ?",
    [skipped, oldest?.at ?? beyond.at, destinationId],
  );
  return skipped;
}

/** When messages were sent in the last ten minutes, without digests and trials. */
export function recentMessages(tx: Tx, destinationId: string, now: number): Promise<SentMessage[]> {
  return tx
    .rows<{ at: number; is_together: number }>(
      `select ended_at as at, is_together from notice_message
       where destination_id = ? and ended_at > ? and state = 'sent' and is_alone = 0`,
      [destinationId, now - COLLAPSE.ms],
    )
    .then((rows) => rows.map(({ at, is_together }) => ({ at, isTogether: is_together === 1 })));
}

/** Makes the messages of a plan; notices that were too many to be kept are told of in the first. */
export async function makeMessages(
  tx: Tx,
  destinationId: string,
  plan: NoticePlan<StoredNotice & Notice>,
  { newId, at }: { newId(): string; readonly at: number },
): Promise<void> {
  const { single, together } = plan;
  const groups = [...single.map((notice) => [notice]), ...(together.length === 0 ? [] : [together])];
  for (const [place, notices] of groups.entries()) {
    const id = newId();
    const isTogether = notices === together ? 1 : 0;
    const isAlone = notices.some((notice) => notice.isAlone) ? 1 : 0;
    await tx.run(
      `insert into notice_message (id, destination_id, place, is_together, is_alone, state, attempts, misses, skipped, made_at)
       values (?, ?, ?, ?, ?, 'waiting', 0, 0, 0, ?)`,
      [id, destinationId, place, isTogether, isAlone, at],
    );
    for (const { key } of notices) {
      await tx.run("update notice set state = 'bound', message_id = ? where destination_id = ? and key = ?", [
        id,
        destinationId,
        key,
      ]);
    }
    if (place === 0) await tellSkipped(tx, destinationId, id);
  }
}

async function tellSkipped(tx: Tx, destinationId: string, messageId: string): Promise<void> {
  await tx.run(
    `update notice_message set skipped = (select skipped from notice_destination where id = ?),
       skipped_since = (select skipped_since from notice_destination where id = ?) where id = ?`,
    [destinationId, destinationId, messageId],
  );
  await tx.run("update notice_destination set skipped = 0, skipped_since = null where id = ?", [
    destinationId,
  ]);
}

/** The message of a destination that is next; null: none is made. */
export async function nextMessage(tx: Tx, destinationId: string): Promise<NoticeMessage | null> {
  const [row] = await tx.rows<NoticeTables["notice_message"]>(
    "select * from notice_message where destination_id = ? and state = 'waiting' order by made_at, place limit 1",
    [destinationId],
  );
  if (row === undefined) return null;
  const notices = await tx.rows<NoticeTables["notice"]>(
    "select * from notice where message_id = ? order by at, key",
    [row.id],
  );
  const { id, attempts, misses, skipped, skipped_since: skippedSince } = row;
  return { id, attempts, misses, skipped, skippedSince, notices: notices.map(noticeOf) };
}

/** A message as people look at it. */
export interface MessageState {
  readonly id: string;
  readonly state: "waiting" | "sent" | "given_up";
  readonly attempts: number;
  /** Why the last try failed. */
  readonly problem: string | null;
  readonly notices: number;
  readonly madeAt: number;
  readonly endedAt: number | null;
}

/** Messages of a destination, latest first. */
export async function listMessages(tx: Tx, destinationId: string, limit: number): Promise<MessageState[]> {
  const rows = await tx.rows<NoticeTables["notice_message"] & { count: number }>(
    `select m.*, (select count(*) from notice n where n.message_id = m.id) as count from notice_message m
     where destination_id = ? order by made_at desc, place desc limit ?`,
    [destinationId, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    state: row.state as MessageState["state"],
    attempts: row.attempts,
    problem: row.problem,
    notices: Number(row.count),
    madeAt: row.made_at,
    endedAt: row.ended_at,
  }));
}

function noticeOf({ key, kind, body, at }: NoticeTables["notice"]): StoredNotice {
  return { key, kind: kind as NoticeKind, body, at };
}

/** Notices made before `before` that wait for nobody, up to `limit`, with messages that have ended; gives how many went. */
export async function forgetNotices(tx: Tx, before: number, limit: number): Promise<number> {
  const gone = await tx.run(
    `delete from notice where (destination_id, key) in
     (select destination_id, key from notice where at < ? and state not in ('waiting', 'bound') order by at limit ?)`,
    [before, limit],
  );
  await tx.run("delete from notice_message where ended_at < ? and state <> 'waiting'", [before]);
  return gone;
}
