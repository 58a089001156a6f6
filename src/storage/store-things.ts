// Which outlet a thing belongs to: asked once for every call of somebody who is set on some outlets.
import type { Tx } from "./database.ts";

const OUTLETS = {
  item: "select branch_id as outlet from desk_item where id = ?",
  answer: "select branch_id as outlet from answer where id = ?",
  alarm: "select place as outlet from desk_alarm where id = ?",
  order: "select outlet_id as outlet from shop_order where id = ?",
} as const;

/** Things that belong to an outlet. */
export type StoredThing = keyof typeof OUTLETS;

/** The outlet of a thing; null: it belongs to none, or there is no such thing. */
export async function outletOfThing(tx: Tx, thing: StoredThing, id: string): Promise<string | null> {
  const [row] = await tx.rows<{ outlet: string | null }>(OUTLETS[thing], [id]);
  return row?.outlet ?? null;
}
