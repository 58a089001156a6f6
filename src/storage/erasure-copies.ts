// Copies of what a person said or is called, beside the feedback itself: bodies, events, texts of orders, calculations, carts.
import type { Tx } from "./database.ts";

/** Bodies that could not be used and name the order. */
export async function eraseUnusable(tx: Tx, numbers: readonly (string | null)[]): Promise<number> {
  let count = 0;
  const names = [...new Set(numbers.filter((number) => number !== null))].map((number) =>
    Buffer.from(number),
  );
  const find = tx.engine === "sqlite" ? "instr(body, ?)" : "position(? in body)";
  for (const name of names) {
    count += await tx.run(
      `update delivery set body = ? where effect in ('rejected', 'quarantined') and ${find} > 0`,
      [new Uint8Array(0), name],
    );
  }
  return count;
}

/** The calculation that the order was placed from, and the whole cart that it is a part of. */
export async function eraseCalculations(tx: Tx, orderId: string): Promise<number> {
  const told = "from shop_order where id = ?";
  const calculations = await tx.run(
    `delete from calculation where id in (select calculation_id ${told} and calculation_id is not null)`,
    [orderId],
  );
  const carts = await tx.run(
    `delete from cart_group where group_id in (select group_id ${told} and group_id is not null)`,
    [orderId],
  );
  return calculations + carts;
}

/** What is kept of a customer's carts. */
export async function eraseCartsOf(tx: Tx, customerId: string): Promise<number> {
  const calculations = await tx.run("delete from calculation where customer_id = ?", [customerId]);
  return calculations + (await tx.run("delete from stored_cart where customer_id = ?", [customerId]));
}

/** Events stay, since their numbers have no holes; what they say of the person goes. */
export async function eraseEvents(
  tx: Tx,
  subjects: readonly string[],
  needles: readonly string[],
): Promise<number> {
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

/** Texts that people wrote to an order. */
const TOLD_BY_PEOPLE = [
  ["order_status", "reason", "order_id"],
  ["order_return", "reason", "order_id"],
  ["shop_order", "status_message", "id"],
] as const;

/** What an order was answered and agreed, and what people wrote to it. */
export async function eraseOrderTexts(tx: Tx, orderId: string, needles: readonly string[]): Promise<number> {
  const rows = await tx.rows<{ answer: string | null; terms: string }>(
    "select answer, terms from order_record where order_id = ?",
    [orderId],
  );
  let count = 0;
  for (const [table, column, key] of TOLD_BY_PEOPLE) {
    for (const needle of needles) {
      const find = tx.engine === "sqlite" ? `instr(${column}, ?)` : `strpos(${column}, ?)`;
      count += await tx.run(`update ${table} set ${column} = null where ${key} = ? and ${find} > 0`, [
        orderId,
        needle,
      ]);
    }
  }
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
export function withoutNeedles(text: string, needles: readonly string[]): string {
  if (needles.length === 0) return text;
  return JSON.stringify(
    JSON.parse(text, (_key, value: unknown) =>
      typeof value === "string" && needles.some((needle) => holds(value, needle)) ? "" : value,
    ),
  );
}

/** Characters from which on a text is found wherever it stands, also within digits that are written together. */
const TELLING = 6;

/**
 * Does a string hold what is looked for? A short word is looked for as a word, and what has not even two letters must be the
 * whole string: the "10" of somebody's comment is no part of an instant.
 */
function holds(value: string, needle: string): boolean {
  if (value === needle) return true;
  if (!value.includes(needle)) return false;
  if (needle.length >= TELLING) return true;
  if ((needle.match(/\p{L}/gu) ?? []).length < 2) return false;
  const isPart = (near: string): boolean => /[\p{L}\p{N}]/u.test(near);
  for (let at = value.indexOf(needle); at >= 0; at = value.indexOf(needle, at + 1)) {
    const before = at === 0 ? "" : value.slice(at - 1, at);
    const after = value.slice(at + needle.length, at + needle.length + 1);
    if (!isPart(before) && !isPart(after)) return true;
  }
  return false;
}
