// Takes a customer's own rows out of what is kept, beside their orders: traits, cards, phones, codes, reasons, and texts that could not be read.
import type { Tx } from "./database.ts";
import { withoutNeedles } from "./erasure-copies.ts";

/** Empties what is kept of a customer under these ids; gives how many rows of each kind. Orders and points keep their amounts. */
export async function eraseCustomerRows(tx: Tx, ids: readonly string[]): Promise<Record<string, number>> {
  const counts = { customers: 0, identities: 0, loyaltyNumbers: 0, codes: 0, reasons: 0 };
  for (const id of ids) {
    counts.identities += await tx.run(
      "delete from customer_identity where customer_id = ? or external_id = ?",
      [id, id],
    );
    counts.customers += await tx.run(
      `update customer set segments = '[]', tier = null, birthday = null, order_count = null where id = ?
       and (segments <> '[]' or tier is not null or birthday is not null or order_count is not null)`,
      [id],
    );
    counts.loyaltyNumbers += await tx.run("delete from loyalty_number where customer_id = ?", [id]);
    // A code that only this customer could use is nobody's now, and not everybody's.
    counts.codes += await tx.run(
      `update promo_code set customer_id = null, state = case when state = 'free' then 'blocked' else state end
       where customer_id = ?`,
      [id],
    );
    counts.reasons += await tx.run(
      "update points_request set reason = '' where customer_id = ? and reason <> ''",
      [id],
    );
    counts.reasons += await tx.run(
      "update customer_merge set reason = '' where (from_id = ? or into_id = ?) and reason <> ''",
      [id, id],
    );
    await tx.run("delete from answer_cool_down where customer_id = ?", [id]);
  }
  return counts;
}

/** Bodies that could not be read and hold one of these texts; they hang on no order, so all of them are looked through. */
export async function eraseBodiesWith(tx: Tx, needles: readonly string[]): Promise<number> {
  const find = tx.engine === "sqlite" ? "instr(body, ?)" : "position(? in body)";
  let count = 0;
  for (const needle of needles) {
    count += await tx.run(
      `update delivery set body = ? where length(body) > 0 and effect in ('rejected', 'quarantined') and ${find} > 0`,
      [new Uint8Array(0), Buffer.from(needle)],
    );
  }
  return count;
}

/** What endpoints answered to deliveries, and events of any subject, where they hold one of these texts. */
export async function eraseToldTo(tx: Tx, needles: readonly string[]): Promise<number> {
  const find = (column: string): string =>
    tx.engine === "sqlite" ? `instr(${column}, ?)` : `strpos(${column}, ?)`;
  let count = 0;
  for (const needle of needles) {
    count += await tx.run(
      `update webhook_delivery set last_note = null where last_note is not null and ${find("last_note")} > 0`,
      [needle],
    );
    const rows = await tx.rows<{ id: string; body: string }>(
      `select id, body from event where ${find("body")} > 0`,
      [needle],
    );
    for (const { id, body } of rows)
      count += await tx.run("update event set body = ? where id = ?", [withoutNeedles(body, needles), id]);
  }
  return count;
}
