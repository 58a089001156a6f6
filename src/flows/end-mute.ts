// Places that raise no alarms for a while: told, and heard again before their time.
import { type MutedWatch, mutedWatches, muteWatch } from "../storage/index.ts";
import type { House } from "./house.ts";
import { cityPlace, TOGETHER } from "./watched-places.ts";

/** Those that are muted now. */
export function findMutes(house: House): Promise<MutedWatch[]> {
  return house.database.read((tx) => mutedWatches(tx, house.now()));
}

/** A place as people name it. */
export interface NamedPlace {
  readonly branchId: string | null;
  readonly city: string | null;
  readonly source: string;
}

/** Lets the place raise alarms again; one that is not muted stays as it is. */
export async function endMute(house: House, { branchId, city, source }: NamedPlace): Promise<void> {
  const place = branchId ?? (city === null ? TOGETHER : cityPlace(city));
  await house.database.transaction((tx) => muteWatch(tx, place, source, null));
}
