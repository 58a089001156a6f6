// What is watched: a branch, all branches of a city, or all together; each has a name in the rows of watches and alarms.

import { allOutlets, type Tx } from "../storage/index.ts";

/** All branches of a source together. */
export const TOGETHER = "";

/** No id of an outlet has a line break in it, so none can be taken for a city. */
const CITY = "city\n";

/** A place as people are told of it. */
export interface WatchedPlace {
  readonly branchId: string | null;
  readonly city: string | null;
  /** Null: all together. */
  readonly name: string | null;
}

/** Names for people by the name of a place in a row; null: all together. An outlet that is gone keeps its id. */
export async function placeNames(tx: Tx): Promise<(place: string) => string | null> {
  const outlets = new Map((await allOutlets(tx)).map(({ id, name }) => [id, name]));
  return (place) => outlets.get(place) ?? placeOf(place).name;
}

/** The place of all branches of a city. */
export function cityPlace(city: string): string {
  return CITY + city;
}

/** What the name of a place in a row means. */
export function placeOf(place: string): WatchedPlace {
  if (place === TOGETHER) return { branchId: null, city: null, name: null };
  if (!place.startsWith(CITY)) return { branchId: place, city: null, name: place };
  const city = place.slice(CITY.length);
  return { branchId: null, city, name: city };
}
