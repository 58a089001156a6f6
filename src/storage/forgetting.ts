// Takes words and names out of feedback that is kept: rows stay, so that numbers stay. Used when their time is over, and by erasure.
import { type FeedbackContent, type Forgotten, forgetContent } from "../core/feedback/index.ts";
import type { Tx } from "./database.ts";
import { lockFeedback } from "./feedback.ts";

/** What of a record was taken out, as `forgotten` sums it. */
const BITS = { names: 1, words: 2, erased: 4 } as const;

/** Whether a sum says that all was taken out by an act of erasure. */
export function isErasedBy(sum: number): boolean {
  return (sum & BITS.erased) !== 0;
}

/** A record or rating whose time is over. */
export interface OutlivedRecord {
  readonly id: string;
  readonly orderId: string;
}

/** Records of marketplaces that came before `before` (ms) and still have their words, or names; oldest first. */
export async function outlivedRecords(
  tx: Tx,
  what: "words" | "names",
  before: number,
  limit: number,
): Promise<OutlivedRecord[]> {
  // Letter by letter the condition of an index.
  const kept = what === "words" ? "forgotten in (0, 1)" : "forgotten in (0, 2)";
  return tx.rows<OutlivedRecord>(
    `select id, order_id as "orderId" from feedback_item where ${kept} and first_received_at < ?
     order by first_received_at, id limit ?`,
    [before, limit],
  );
}

/** Ratings of the app, the same way. */
export function outlivedRatings(tx: Tx, before: number, limit: number): Promise<OutlivedRecord[]> {
  return tx.rows<OutlivedRecord>(
    `select id, order_id as "orderId" from rating where forgotten = 0 and first_received_at < ?
     order by first_received_at, id limit ?`,
    [before, limit],
  );
}

/**
 * Holds a record until the transaction ends, against deliveries too: they take their turns by the names that the record has.
 * SQLite has one writer and needs no lock.
 */
export async function lockRecord(tx: Tx, itemId: string): Promise<void> {
  if (tx.engine === "sqlite") return;
  const [row] = await tx.rows<{ source: string; clientId: string; content: string }>(
    'select source, client_id as "clientId", content from feedback_item where id = ?',
    [itemId],
  );
  if (row === undefined) return;
  await lockFeedback(tx, row, JSON.parse(row.content) as FeedbackContent);
  await tx.rows("select id from feedback_item where id = ? for update", [itemId]);
}

/** What may not be kept of a record any more. */
export async function forgottenOf(tx: Tx, itemId: string): Promise<Forgotten> {
  const [row] = await tx.rows<{ forgotten: number }>("select forgotten from feedback_item where id = ?", [
    itemId,
  ]);
  const sum = row?.forgotten ?? 0;
  return { names: (sum & (BITS.names | BITS.erased)) !== 0, words: (sum & (BITS.words | BITS.erased)) !== 0 };
}

/** Notes on a record what was taken out of it; `erased` for good and all. */
export async function noteForgotten(
  tx: Tx,
  itemId: string,
  { words, names, isErased }: Forgotten & { readonly isErased?: true },
): Promise<void> {
  const sum = (names ? BITS.names : 0) + (words ? BITS.words : 0) + (isErased ? BITS.erased : 0);
  await tx.run("update feedback_item set forgotten = forgotten | ? where id = ?", [sum, itemId]);
}

/** Takes them out of a record and all its revisions; gives how many rows changed. */
export async function forgetRecord(tx: Tx, itemId: string, what: Forgotten): Promise<number> {
  let count = 0;
  for (const [table, key] of [
    ["feedback_item", "id"],
    ["feedback_revision", "item_id"],
  ] as const) {
    const rows = await tx.rows<{ content: string }>(
      `select distinct content from ${table} where ${key} = ?`,
      [itemId],
    );
    for (const { content } of rows) {
      const text = JSON.stringify(forgetContent(JSON.parse(content) as FeedbackContent, what));
      if (text === content) continue;
      count += await tx.run(`update ${table} set content = ? where ${key} = ? and content = ?`, [
        text,
        itemId,
        content,
      ]);
    }
  }
  return count;
}

/** Takes the words out of a rating and all its revisions, notes that there were some, and that its time is over. */
export async function forgetRating(tx: Tx, orderId: string, isErased: boolean): Promise<number> {
  const sum = BITS.words + (isErased ? BITS.erased : 0);
  await tx.run("update rating set forgotten = forgotten | ? where order_id = ?", [sum, orderId]);
  let count = 0;
  for (const table of ["rating", "rating_revision"]) {
    const rows = await tx.rows<{ comment: string }>(
      `select distinct comment from ${table} where order_id = ? and comment <> ''`,
      [orderId],
    );
    for (const { comment } of rows) {
      // Blanks are no words: the desk has never shown them as any.
      const mark = comment.trim() === "" ? "" : ", words_gone = 1";
      count += await tx.run(`update ${table} set comment = ''${mark} where order_id = ? and comment = ?`, [
        orderId,
        comment,
      ]);
    }
  }
  return count;
}

/** Takes the words out of items of the desk: an empty comment is still a comment. `stems` is their search text without them. */
export async function forgetItemWords(
  tx: Tx,
  itemId: string,
  stems: (preset: string | null) => string,
): Promise<number> {
  const [item] = await tx.rows<{ preset: string | null }>(
    "select preset from desk_item where id = ? and comment <> ''",
    [itemId],
  );
  if (item === undefined) return 0;
  return tx.run("update desk_item set comment = '', stems = ? where id = ?", [stems(item.preset), itemId]);
}

/** Empties bodies of deliveries that were used. */
export function forgetBodiesOf(tx: Tx, itemId: string): Promise<number> {
  return tx.run("update delivery set body = ? where item_id = ? and length(body) > 0", [
    new Uint8Array(0),
    itemId,
  ]);
}

/** Takes out what colleagues wrote of an item, and whatever else an entry quotes. */
export function forgetThread(tx: Tx, itemId: string): Promise<number> {
  return tx.run(
    `update desk_thread set body = '{"erased":true}'
     where item_id = ? and body <> '{"erased":true}' and (kind = 'note' or body like '%"text"%')`,
    [itemId],
  );
}

/** Takes a name out of what was answered and written about an item; gives how many rows held it. */
export async function forgetNameIn(tx: Tx, itemId: string, name: string): Promise<number> {
  let count = 0;
  for (const [table, column] of [
    ["answer", "text"],
    ["desk_thread", "body"],
  ] as const) {
    const find = tx.engine === "sqlite" ? `instr(${column}, ?)` : `strpos(${column}, ?)`;
    count += await tx.run(
      `update ${table} set ${column} = replace(${column}, ?, '') where item_id = ? and ${find} > 0`,
      [name, itemId, name],
    );
  }
  return count;
}

/** What the customer of a record was called, in any of its revisions. */
export async function namesOf(tx: Tx, itemId: string): Promise<string[]> {
  const rows = await tx.rows<{ content: string }>("select content from feedback_revision where item_id = ?", [
    itemId,
  ]);
  const names = rows.map(({ content }) => (JSON.parse(content) as FeedbackContent).order?.customerName ?? "");
  return [...new Set(names)].filter((name) => name.trim() !== "");
}

/** The salt of hashes of erased sources; null: nothing was erased yet. */
export async function erasedSalt(tx: Tx): Promise<string | null> {
  const [row] = await tx.rows<{ value: string }>("select value from desk_setting where name = 'erased-salt'");
  return row?.value ?? null;
}

/** Keeps the salt unless there is one; gives the one that stands. */
export async function keepErasedSalt(tx: Tx, salt: string, at: number): Promise<string> {
  await tx.run(
    "insert into desk_setting (name, value, changed_at) values ('erased-salt', ?, ?) on conflict do nothing",
    [salt, at],
  );
  return (await erasedSalt(tx)) as string;
}

/** Notes sources as erased. */
export async function addErasedSources(tx: Tx, hashes: readonly string[], at: number): Promise<void> {
  for (const hash of hashes) {
    await tx.run("insert into erased_source (hash, at) values (?, ?) on conflict do nothing", [hash, at]);
  }
}

/** Whether one of these was erased. */
export async function isSourceErased(tx: Tx, hashes: readonly string[]): Promise<boolean> {
  const marks = hashes.map(() => "?").join(", ");
  const rows = await tx.rows(`select 1 as one from erased_source where hash in (${marks}) limit 1`, hashes);
  return rows.length > 0;
}
