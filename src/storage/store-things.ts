// Which outlets a thing belongs to: asked once for every call of somebody who is set on some outlets.
import { amongPlaces } from "./among.ts";
import type { Tx } from "./database.ts";

const OUTLETS = {
  item: "select branch_id as outlet from desk_item where id = ?",
  answer: "select branch_id as outlet from answer where id = ?",
  alarm: "select place as outlet from desk_alarm where id = ?",
  order: "select outlet_id as outlet from shop_order where id = ?",
  // A cart of the app names no outlet but where it will be fetched: by an id of ours or as an outlet's pickup point.
  calculation: `with cart as (select outlet, pickup from calculation where id = ?)
    select coalesce(outlet, pickup) as outlet from cart
    union all select o.id from cart join outlet o on o.pickup_point_id = cart.pickup where cart.outlet is null`,
  feedback: `select o.id as outlet from feedback_item f
    join outlet o on o.eats_id = f.place_id or (o.id = f.place_id and o.eats_id is null) where f.id = ?`,
} as const;

/** Things that belong to an outlet. */
export type StoredThing = keyof typeof OUTLETS;

/** The outlets of a thing, most often one; none: it belongs to no outlet, or there is no such thing. */
export async function outletsOfThing(tx: Tx, thing: StoredThing, id: string): Promise<readonly string[]> {
  const rows = await tx.rows<{ outlet: string | null }>(OUTLETS[thing], [id]);
  return rows.flatMap(({ outlet }) => (outlet === null ? [] : [outlet]));
}

/** The ids of those of `orderIds` that were sold in one of `outletIds`. */
export async function ordersWithin(
  tx: Tx,
  orderIds: readonly string[],
  outletIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(
    `select id from shop_order where id in (${amongPlaces(orderIds)}) and outlet_id in (${amongPlaces(outletIds)})`,
    [...orderIds, ...outletIds],
  );
  return new Set(rows.map(({ id }) => id));
}
