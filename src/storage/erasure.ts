// Takes personal data out of what is kept: rows stay, so that numbers stay; names, phones, addresses and words go.
import type { FeedbackContent } from "../core/feedback/index.ts";
import type { Tx } from "./database.ts";
import { eraseCalculations, eraseEvents, eraseOrderTexts, eraseUnusable } from "./erasure-copies.ts";
import {
  forgetBodiesOf,
  forgetItemWords,
  forgetRating,
  forgetRecord,
  forgetThread,
  noteForgotten,
} from "./forgetting.ts";
import type { DeskTables } from "./tables/desk.ts";

/** An act of erasure. */
export type ErasureRow = DeskTables["erasure"];

/** Orders of a customer, by the desk and by the orders themselves. */
export async function ordersOfCustomer(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from shop_order where customer_id = ? union select order_id as id from desk_item where customer_id = ?
     union select item.order_id as id from answer a join desk_item item on item.id = a.item_id where a.customer_id = ?`,
    [customerId, customerId, customerId],
  );
  return rows.map(({ id }) => id).sort();
}

/** Ids of what the desk shows of these orders. */
export async function itemIdsOfOrders(tx: Tx, orderIds: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const orderId of orderIds) {
    const rows = await tx.rows<{ id: string }>("select id from desk_item where order_id = ?", [orderId]);
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

/** What is kept of an order that can hold personal data: numbers of rows, for the act. */
export interface ErasedOrder {
  /** Ids of feedback records, ratings and items. */
  readonly itemIds: readonly string[];
  /** What channels call what was said: none of it is stored again. */
  readonly sources: readonly string[];
  /** Texts of the person, to be looked for wherever else they were written. */
  readonly needles: readonly string[];
  /** How many rows of each kind were emptied. */
  readonly counts: Readonly<Record<string, number>>;
}

/** States of answers that a marketplace may be sent at any moment. */
const ON_THEIR_WAY = "state in ('queued', 'sending', 'retrying')";

/** How many answers about an order are on their way: until they have arrived or were taken back it cannot be erased. */
export async function answersOnTheirWay(tx: Tx, orderId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    `select count(*) as count from answer where ${ON_THEIR_WAY} and item_id in
     (select id from desk_item where order_id = ?)`,
    [orderId],
  );
  return Number(row?.count ?? 0);
}

/** Empties everything about an order. `stems` gives an item's search text without the customer's words. */
export async function eraseOrder(
  tx: Tx,
  orderId: string,
  stems: (preset: string | null) => string,
): Promise<ErasedOrder> {
  const records = await tx.rows<RecordRow>(
    "select id, source, source_id, source_order_id from feedback_item where order_id = ?",
    [orderId],
  );
  const ratings = await tx.rows<{ id: string; revisions: number; stars: number | null; comment: string }>(
    "select id, revisions, stars, comment from rating where order_id = ?",
    [orderId],
  );
  const items = await tx.rows<{ id: string; source_order_id: string | null }>(
    "select id, source_order_id from desk_item where order_id = ?",
    [orderId],
  );
  const itemIds = [...new Set([...records, ...items, ...ratings].map(({ id }) => id))].sort();
  const needles = await needlesOf(tx, orderId, itemIds);
  const numbers = [...records, ...items].map((row) => row.source_order_id);
  const isSaid = ratings.some(
    ({ revisions, stars, comment }) => revisions > 0 && (stars !== null || comment !== ""),
  );
  const counts = {
    items: 0,
    records: 0,
    ratings: await forgetRating(tx, orderId, isSaid),
    bodies: await eraseUnusable(tx, [orderId, ...numbers]),
    notes: 0,
    answers: await eraseAnswers(tx, itemIds),
    contacts: await tx.run("delete from order_contact where order_id = ?", [orderId]),
    events: await eraseEvents(tx, [orderId, ...itemIds], needles),
    orderTexts: await eraseOrderTexts(tx, orderId, needles),
    calculations: await eraseCalculations(tx, orderId),
  };
  for (const id of itemIds) {
    await forgetItemWords(tx, id, stems);
    counts.items += await tx.run("update desk_item set customer_id = null where id = ?", [id]);
    counts.bodies += await forgetBodiesOf(tx, id);
    counts.notes += await forgetThread(tx, id);
  }
  const sources = isSaid ? [sourceOfRating(orderId)] : [];
  for (const record of records) {
    sources.push(...(await sourcesOf(tx, record)));
    counts.records += await forgetRecord(tx, record.id, { words: true, names: true });
    await noteForgotten(tx, record.id, { words: true, names: true, isErased: true });
  }
  return { itemIds, sources, needles, counts };
}

interface RecordRow {
  readonly id: string;
  readonly source: string;
  readonly source_id: string | null;
  readonly source_order_id: string;
}

/** What a channel calls a feedback: its id, and the order's number with each moment that it named. */
async function sourcesOf(tx: Tx, record: RecordRow): Promise<string[]> {
  const moments = await tx.rows<{ created_at: number; created_at_micros: number }>(
    "select created_at, created_at_micros from feedback_revision where item_id = ?",
    [record.id],
  );
  const { source, source_id: id, source_order_id: number } = record;
  return [
    ...(id === null ? [] : [sourceOfId(source, id)]),
    ...moments.map((moment) => sourceOfMoment(source, number, moment.created_at, moment.created_at_micros)),
  ];
}

/** A feedback by its id at its source. */
export function sourceOfId(source: string, id: string): string {
  return `${source}\nid\n${id}`;
}

/** The app's rating of an order. */
export function sourceOfRating(orderId: string): string {
  return `app\n${orderId}`;
}

/** A feedback by its order's number and its moment. */
export function sourceOfMoment(source: string, number: string, at: number, micros: number): string {
  return `${source}\norder\n${number}\n${at}\n${micros}`;
}

/** Shortest text that is looked for in what is kept of an order besides, characters. */
const SHORTEST = 3;

/** What the order's rows say of the person: to be found again wherever else it was written. */
async function needlesOf(tx: Tx, orderId: string, itemIds: readonly string[]): Promise<string[]> {
  const contacts = await tx.rows<Record<string, string | null>>(
    `select name, phone, email, address, recipient_name, recipient_phone, comment from order_contact where order_id = ?`,
    [orderId],
  );
  const records = await tx.rows<{ content: string }>(
    `select content from feedback_item where order_id = ? union
     select r.content from feedback_revision r join feedback_item i on i.id = r.item_id where i.order_id = ?`,
    [orderId, orderId],
  );
  const contents = records.map(({ content }) => JSON.parse(content) as FeedbackContent);
  const ratings = await tx.rows<{ comment: string }>(
    "select comment from rating where order_id = ? union select comment from rating_revision where order_id = ?",
    [orderId, orderId],
  );
  const texts: (string | null | undefined)[] = [
    ...contacts.flatMap((contact) => Object.values(contact)),
    ...contents.flatMap(({ comment, order }) => [comment, order?.customerName, order?.comment]),
    ...ratings.map(({ comment }) => comment),
  ];
  for (const id of itemIds) {
    const answers = await tx.rows<{ text: string }>("select text from answer where item_id = ?", [id]);
    const notes = await tx.rows<{ body: string }>(
      "select body from desk_thread where item_id = ? and kind = 'note'",
      [id],
    );
    texts.push(
      ...answers.map(({ text }) => text),
      ...notes.map(({ body }) => (JSON.parse(body) as { text?: string }).text),
    );
  }
  return [
    ...new Set(texts.filter((text) => typeof text === "string" && text.trim().length >= SHORTEST)),
  ] as string[];
}

async function eraseAnswers(tx: Tx, itemIds: readonly string[]): Promise<number> {
  let count = 0;
  for (const id of itemIds) {
    await tx.run(
      "delete from answer_cool_down where answer_id in (select id from answer where item_id = ?)",
      [id],
    );
    await tx.run(
      "update answer_attempt set note = null where answer_id in (select id from answer where item_id = ?)",
      [id],
    );
    count += await tx.run(
      "update answer set text = '', text_key = null, note = null, problem = null, customer_id = null where item_id = ?",
      [id],
    );
  }
  return count;
}

/** Keeps an act. */
export async function addErasure(tx: Tx, row: ErasureRow): Promise<void> {
  await tx.run(
    `insert into erasure (id, at, actor, subject_kind, subject, act, hash, keep_until) values (?, ?, ?, ?, ?, ?, ?, ?)`,
    [row.id, row.at, row.actor, row.subject_kind, row.subject, row.act, row.hash, row.keep_until],
  );
}

/** The act with that id; null: there is none. */
export async function erasureById(tx: Tx, id: string): Promise<ErasureRow | null> {
  const [row] = await tx.rows<ErasureRow>("select * from erasure where id = ?", [id]);
  return row ?? null;
}

/** Acts, newest first, after `before`. */
export function listErasures(tx: Tx, before: string | null, limit: number): Promise<ErasureRow[]> {
  return tx.rows<ErasureRow>(
    `select * from erasure ${before === null ? "" : "where id < ?"} order by id desc limit ?`,
    before === null ? [limit] : [before, limit],
  );
}

/** Removes acts whose time is over. */
export function forgetErasures(tx: Tx, now: number): Promise<number> {
  return tx.run("delete from erasure where keep_until < ?", [now]);
}
