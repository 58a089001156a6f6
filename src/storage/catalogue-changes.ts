// What an import changed, offer by offer: the first of each kind; how many there were stands in the import's counts.
import type { Tx } from "./database.ts";

/** Kinds of changes: `changed` is anything but the price. */
export const CHANGE_KINDS = ["added", "vanished", "dearer", "cheaper", "changed"] as const;

/** One of CHANGE_KINDS. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What became of one offer; prices in kopecks, null where there was or will be none. */
export interface CatalogueChange {
  readonly kind: ChangeKind;
  readonly offerId: string;
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
}

const ROWS = {
  sqlite: `select ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(?)`,
  postgres: `select ?::text, v ->> 0, v ->> 1, v ->> 2, (v ->> 3)::bigint, (v ->> 4)::bigint
    from json_array_elements(?::json) r(v)`,
} as const;

/** Keeps the changes of an import, whose record stands already. */
export async function saveChanges(
  tx: Tx,
  importId: string,
  changes: readonly CatalogueChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ kind, offerId, name, before, after }) => [kind, offerId, name, before, after]);
  await tx.run(
    `insert into catalogue_change (import_id, kind, offer_id, name, price_before, price_after) ${ROWS[tx.engine]}`,
    [importId, JSON.stringify(rows)],
  );
}

/** Changes of an import of one kind, by offer, after the id `after`. */
export async function changesOfImport(
  tx: Tx,
  wish: {
    readonly importId: string;
    readonly kind: ChangeKind;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<CatalogueChange[]> {
  return tx.rows<CatalogueChange>(
    `select kind, offer_id as "offerId", name, price_before as "before", price_after as "after"
     from catalogue_change where import_id = ? and kind = ? and offer_id > ? order by offer_id limit ?`,
    [wish.importId, wish.kind, wish.after ?? "", wish.limit],
  );
}

/** Removes the changes of imports whose records are gone. */
export async function forgetChanges(tx: Tx): Promise<void> {
  await tx.run("delete from catalogue_change where import_id not in (select id from catalogue_import)");
}
