// Whether a thing belongs to the outlets that somebody is set on.
import { reaches } from "../core/people/index.ts";
import { outletOfThing, type StoredThing } from "../storage/index.ts";
import type { House } from "./house.ts";

/** Whether somebody who is set on `stores` (null: all) may reach the thing; what there is not, they may not. */
export async function isWithinStores(
  house: House,
  stores: readonly string[] | null,
  thing: StoredThing,
  id: string,
): Promise<boolean> {
  if (stores === null) return true;
  return reaches(stores, await house.database.read((tx) => outletOfThing(tx, thing, id)));
}
