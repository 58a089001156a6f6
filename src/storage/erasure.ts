// Takes personal data out of what is kept: rows stay, so that numbers stay; names, phones, addresses and words go.
import type { FeedbackContent } from "../core/feedback/index.ts";
import type { Tx } from "./database.ts";
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

/** What is kept of an order that can hold personal data: numbers of rows, for the act. */
export interface ErasedOrder {
  /** Ids of feedback records, ratings and items. */
  readonly itemIds: readonly string[];
  /** How many rows of each kind were emptied. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Empties everything about an order. `stems` gives an item's search text without the customer's words. */
export async function eraseOrder(
  tx: Tx,
  orderId: string,
  stems: (preset: string | null) => string,
): Promise<ErasedOrder> {
  const needles = await needlesOf(tx, orderId);
  const records = await tx.rows<{ id: string; source_order_id: string }>(
    "select id, source_order_id from feedback_item where order_id = ?",
    [orderId],
  );
  const items = await tx.rows<{ id: string; preset: string | null; source_order_id: string | null }>(
    "select id, preset, source_order_id from desk_item where order_id = ?",
    [orderId],
  );
  const ratings = await tx.rows<{ id: string }>("select id from rating where order_id = ?", [orderId]);
  const itemIds = [...new Set([...records, ...items, ...ratings].map(({ id }) => id))].sort();
  const numbers = [...records, ...items].map((row) => row.source_order_id);
  for (const { id, preset } of items) {
    // An empty comment is still a comment: shares of those with words stay what they were.
    await tx.run(
      `update desk_item set comment = case when comment is null then null else '' end, customer_id = null, stems = ?
       where id = ?`,
      [stems(preset), id],
    );
  }
  return {
    itemIds,
    counts: {
      items: items.length,
      records: await eraseRecords(
        tx,
        records.map(({ id }) => id),
      ),
      ratings: await eraseRatings(tx, orderId),
      bodies: await eraseBodies(tx, itemIds, [orderId, ...numbers]),
      notes: await eraseThreads(tx, itemIds),
      answers: await eraseAnswers(tx, itemIds),
      contacts: await tx.run("delete from order_contact where order_id = ?", [orderId]),
      events: await eraseEvents(tx, [orderId, ...itemIds], needles),
      orderTexts: await eraseOrderTexts(tx, orderId, needles),
    },
  };
}

/** Shortest text that is looked for in what is kept of an order besides, characters. */
const SHORTEST = 3;

/** What the order's rows say of the person: to be found again wherever else it was written. */
async function needlesOf(tx: Tx, orderId: string): Promise<string[]> {
  const contacts = await tx.rows<Record<string, string | null>>(
    `select name, phone, email, address, recipient_name, recipient_phone, comment from order_contact where order_id = ?`,
    [orderId],
  );
  const records = await tx.rows<{ content: string }>("select content from feedback_item where order_id = ?", [
    orderId,
  ]);
  const contents = records.map(({ content }) => JSON.parse(content) as FeedbackContent);
  const ratings = await tx.rows<{ comment: string }>("select comment from rating where order_id = ?", [
    orderId,
  ]);
  const texts = [
    ...contacts.flatMap((contact) => Object.values(contact)),
    ...contents.flatMap(({ comment, order }) => [comment, order?.customerName, order?.comment]),
    ...ratings.map(({ comment }) => comment),
  ];
  return [
    ...new Set(texts.filter((text) => typeof text === "string" && text.trim().length >= SHORTEST)),
  ] as string[];
}

async function eraseRecords(tx: Tx, ids: readonly string[]): Promise<number> {
  let count = 0;
  for (const id of ids) {
    for (const [table, key] of [
      ["feedback_item", "id"],
      ["feedback_revision", "item_id"],
    ] as const) {
      const rows = await tx.rows<{ content: string }>(`select content from ${table} where ${key} = ?`, [id]);
      for (const { content } of rows) {
        const told = JSON.parse(content) as FeedbackContent;
        const order = told.order === null ? null : { ...told.order, customerName: null, comment: null };
        const erased: FeedbackContent = { ...told, comment: told.comment === null ? null : "", order };
        const text = JSON.stringify(erased);
        count += await tx.run(`update ${table} set content = ? where ${key} = ? and content = ?`, [
          text,
          id,
          content,
        ]);
      }
    }
  }
  return count;
}

async function eraseRatings(tx: Tx, orderId: string): Promise<number> {
  const rating = await tx.run("update rating set comment = '' where order_id = ? and comment <> ''", [
    orderId,
  ]);
  const states = await tx.run(
    "update rating_revision set comment = '' where order_id = ? and comment <> ''",
    [orderId],
  );
  return rating + states;
}

/** Bodies of what was used, and of what could not be used and names the order. */
async function eraseBodies(
  tx: Tx,
  itemIds: readonly string[],
  numbers: readonly (string | null)[],
): Promise<number> {
  let count = 0;
  const none = new Uint8Array(0);
  for (const id of itemIds)
    count += await tx.run("update delivery set body = ? where item_id = ? and length(body) > 0", [none, id]);
  const names = [...new Set(numbers.filter((number) => number !== null))].map((number) =>
    Buffer.from(number),
  );
  const find = tx.engine === "sqlite" ? "instr(body, ?)" : "position(? in body)";
  for (const name of names) {
    count += await tx.run(
      `update delivery set body = ? where effect in ('rejected', 'quarantined') and ${find} > 0`,
      [none, name],
    );
  }
  return count;
}

/** Words of colleagues, and whatever else an entry quotes. */
async function eraseThreads(tx: Tx, itemIds: readonly string[]): Promise<number> {
  let count = 0;
  for (const id of itemIds) {
    count += await tx.run(
      `update desk_thread set body = '{"erased":true}' where item_id = ? and (kind = 'note' or body like '%"text"%')`,
      [id],
    );
  }
  return count;
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

/** Events stay, since their numbers have no holes; what they say of the person goes. */
async function eraseEvents(tx: Tx, subjects: readonly string[], needles: readonly string[]): Promise<number> {
  let count = 0;
  for (const subject of subjects) {
    const rows = await tx.rows<{ id: string; body: string }>(
      "select id, body from event where subject_id = ?",
      [subject],
    );
    for (const { id, body } of rows) {
      const erased = withoutNeedles(body, needles);
      if (erased !== body) count += await tx.run("update event set body = ? where id = ?", [erased, id]);
    }
  }
  return count;
}

async function eraseOrderTexts(tx: Tx, orderId: string, needles: readonly string[]): Promise<number> {
  const rows = await tx.rows<{ answer: string | null; terms: string }>(
    "select answer, terms from order_record where order_id = ?",
    [orderId],
  );
  let count = 0;
  for (const { answer, terms } of rows) {
    const erased = [answer === null ? null : withoutNeedles(answer, needles), withoutNeedles(terms, needles)];
    if (erased[0] === answer && erased[1] === terms) continue;
    count += await tx.run("update order_record set answer = ?, terms = ? where order_id = ?", [
      erased[0] ?? null,
      erased[1] ?? "",
      orderId,
    ]);
  }
  return count;
}

/** A JSON text in which no string holds a needle any more. */
function withoutNeedles(text: string, needles: readonly string[]): string {
  if (needles.length === 0) return text;
  return JSON.stringify(
    JSON.parse(text, (_key, value: unknown) =>
      typeof value === "string" && needles.some((needle) => value.includes(needle)) ? "" : value,
    ),
  );
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

/** Removes acts whose time is over. */
export function forgetErasures(tx: Tx, now: number): Promise<number> {
  return tx.run("delete from erasure where keep_until < ?", [now]);
}
