// Who has an item of the desk open just now: a lease a person, renewed while they look and over by itself when they leave.
import type { Tx } from "./database.ts";

/** Somebody at an item. */
export interface DeskLook {
  readonly personId: string;
  /** ms UTC until which it counts. */
  readonly until: number;
}

/** Who has the item open at `now`, in no order that means anything. */
export async function looksAtItem(tx: Tx, itemId: string, now: number): Promise<DeskLook[]> {
  return tx.rows<DeskLook>(
    `select person_id as "personId", until from desk_look where item_id = ? and until > ? order by person_id`,
    [itemId, now],
  );
}

/** Begins or renews a lease, and clears away those that are over. */
export async function noteLook(
  tx: Tx,
  look: DeskLook & { readonly itemId: string; readonly now: number },
): Promise<void> {
  const { itemId, personId, until, now } = look;
  await tx.run("delete from desk_look where until <= ?", [now]);
  await tx.run(
    `insert into desk_look (item_id, person_id, until) values (?, ?, ?)
     on conflict (item_id, person_id) do update set until = excluded.until`,
    [itemId, personId, until],
  );
}

/** An item that somebody has open, and the outlet that it belongs to. */
export interface OpenLook {
  readonly itemId: string;
  readonly branchId: string | null;
  readonly personId: string;
}

/** Everything that is open at `now`, at most `most`. */
export async function openLooks(tx: Tx, now: number, most: number): Promise<OpenLook[]> {
  return tx.rows<OpenLook>(
    `select l.item_id as "itemId", i.branch_id as "branchId", l.person_id as "personId"
     from desk_look l join desk_item i on i.id = l.item_id
     where l.until > ? order by l.item_id, l.person_id limit ?`,
    [now, most],
  );
}
