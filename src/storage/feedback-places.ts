// Feedback meets outlets: a source names a place, and it is ours when an outlet goes by that name.
import type { Tx } from "./database.ts";

/**
 * Whether an outlet goes by `placeId`: its id at Yandex Eats or, where it has none, its own id, since the vendor's
 * contract asks for the id of our own system.
 */
export async function isPlaceKnown(tx: Tx, placeId: string): Promise<boolean> {
  const rows = await tx.rows(
    "select 1 as one from outlet where eats_id = ? or (id = ? and eats_id is null) limit 1",
    [placeId, placeId],
  );
  return rows.length > 0;
}

/** Takes feedback whose outlet has become known out of the operators' queue; gives how many. */
export function assignFeedback(tx: Tx): Promise<number> {
  return tx.run(
    `update feedback_item set is_unassigned = 0 where is_unassigned = 1 and exists
       (select 1 from outlet where eats_id = place_id or (outlet.id = place_id and eats_id is null))`,
  );
}
