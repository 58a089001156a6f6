// Whether a thing belongs to the outlets that somebody is set on, and what of a network-wide answer does.
import { reaches } from "../core/people/index.ts";
import { allOutlets, ordersWithin, outletsOfThing, type StoredThing } from "../storage/index.ts";
import type { House } from "./house.ts";

/** Whether somebody who is set on `stores` (null: all) may reach the thing; what there is not, they may not. */
export async function isWithinStores(
  house: House,
  stores: readonly string[] | null,
  thing: StoredThing,
  id: string,
): Promise<boolean> {
  if (stores === null) return true;
  const outlets = await house.database.read((tx) => outletsOfThing(tx, thing, id));
  return outlets.some((outlet) => reaches(stores, outlet));
}

/** Whether an order may be named to somebody who is set on `stores` (null: all). */
export type NameOrder = (orderId: string | null) => string | null;

/** Gives back the orders that were sold within `stores`, and null for the rest: their points are the customer's all the same. */
export async function ordersNamed(
  house: House,
  stores: readonly string[] | null,
  orderIds: readonly (string | null)[],
): Promise<NameOrder> {
  if (stores === null) return (orderId) => orderId;
  const asked = [...new Set(orderIds.filter((id) => id !== null))];
  const within = await house.database.read((tx) => ordersWithin(tx, asked, stores));
  return (orderId) => (orderId !== null && within.has(orderId) ? orderId : null);
}

/** What belongs to outlets under other names than their ids. */
export interface StoreOutlets {
  /** Pickup points: ids of outlets, and what the app calls them. */
  readonly pickupPoints: ReadonlySet<string>;
  /** Places of marketplaces. */
  readonly places: ReadonlySet<string>;
}

/** The names of the outlets `stores`. */
export async function outletsOf(house: House, stores: readonly string[]): Promise<StoreOutlets> {
  const outlets = (await house.database.read(allOutlets)).filter(({ id }) => stores.includes(id));
  const some = (texts: readonly (string | null)[]): ReadonlySet<string> =>
    new Set(texts.filter((text) => text !== null));
  return {
    pickupPoints: some([...stores, ...outlets.map(({ pickupPointId }) => pickupPointId)]),
    places: some(outlets.map(({ id, yandexEatsId }) => yandexEatsId ?? id)),
  };
}
