// What each outlet has of each good, as the latest stock file tells.
import type { Minor, Quantity } from "../core/money/index.ts";
import type { Tx } from "./database.ts";

/** One entry of stock. */
export interface StockEntry {
  readonly offerId: string;
  readonly outletId: string;
  readonly quantity: Quantity;
  readonly price: Minor | null;
  readonly oldPrice: Minor | null;
}

const UPSERT = `on conflict (offer_id, outlet_id) do update set
  quantity = excluded.quantity, price = excluded.price, old_price = excluded.old_price, seen = excluded.seen`;

/** Writes entries (each pair once) under the number of the file they come from. */
export async function writeStock(tx: Tx, seen: number, entries: readonly StockEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ offerId, outletId, quantity, price, oldPrice }) => [
    offerId,
    outletId,
    quantity,
    price,
    oldPrice,
    seen,
  ]);
  const columns = "(offer_id, outlet_id, quantity, price, old_price, seen)";
  if (tx.engine === "postgres") {
    await tx.run(
      `insert into stock ${columns} select r.value->>0, r.value->>1, (r.value->>2)::bigint, (r.value->>3)::bigint,
        (r.value->>4)::bigint, (r.value->>5)::bigint from json_array_elements(?::json) r(value) ${UPSERT}`,
      [JSON.stringify(rows)],
    );
    return;
  }
  const insert = `insert into stock ${columns} values (?, ?, ?, ?, ?, ?) ${UPSERT}`;
  for (const row of rows) await tx.run(insert, row);
}

/** Notes the outlets that the file speaks of: only theirs is a stock of their own. */
export async function writeStockOutlets(tx: Tx, seen: number, ids: Iterable<string>): Promise<void> {
  for (const id of ids) {
    await tx.run(
      "insert into stock_outlet (id, seen) values (?, ?) on conflict (id) do update set seen = excluded.seen",
      [id, seen],
    );
  }
}

/** Removes one page of entries that file number `seen` does not have; gives how many and the last good, null at the end. */
export async function removeUnseenStock(
  tx: Tx,
  seen: number,
  after: string,
  limit: number,
): Promise<{ removed: number; last: string | null }> {
  const [row] = await tx.rows<{ last: string | null }>(
    "select max(offer_id) as last from (select offer_id from stock where offer_id > ? order by offer_id limit ?) page",
    [after, limit],
  );
  const last = row?.last ?? null;
  if (last === null) {
    await tx.run("delete from stock_outlet where seen <> ?", [seen]);
    return { removed: 0, last };
  }
  const removed = await tx.run("delete from stock where offer_id > ? and offer_id <= ? and seen <> ?", [
    after,
    last,
    seen,
  ]);
  return { removed, last };
}

/** Makes the written stock count: what was read before is read again. */
export async function publishStock(tx: Tx, seen: number): Promise<void> {
  tx.announce("catalogue");
  await tx.run("update catalogue set stock_version = ? where stock_version < ?", [seen, seen]);
}
