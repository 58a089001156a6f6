// The thread of an item: everything that happened to it, in order, each with who did it.
import type { Tx } from "./database.ts";
import type { DeskTables } from "./tables/desk.ts";

/** Something that happened. */
export interface ThreadEntry {
  /** ms UTC. */
  readonly at: number;
  /** A word such as received, revised, assigned, note. */
  readonly kind: string;
  /** A person's or token's name; null: the server itself. */
  readonly actor: string | null;
  /** What there is to know besides, as JSON. */
  readonly body: object;
}

/** An entry with its number, from 1. */
export interface NumberedEntry extends ThreadEntry {
  readonly number: number;
}

/** Adds an entry; whoever adds holds the item. */
export async function addDeskThread(tx: Tx, itemId: string, entry: ThreadEntry): Promise<void> {
  await tx.run(
    `insert into desk_thread (item_id, number, at, kind, actor, body)
     select ?, coalesce(max(number), 0) + 1, ?, ?, ?, ? from desk_thread where item_id = ?`,
    [itemId, entry.at, entry.kind, entry.actor, JSON.stringify(entry.body), itemId],
  );
}

/** The whole thread, oldest first. */
export async function deskThread(tx: Tx, itemId: string): Promise<NumberedEntry[]> {
  const rows = await tx.rows<DeskTables["desk_thread"]>(
    "select * from desk_thread where item_id = ? order by number",
    [itemId],
  );
  return rows.map(({ number, at, kind, actor, body }) => ({
    number,
    at,
    kind,
    actor,
    body: JSON.parse(body) as object,
  }));
}
