// Acts of erasure are forgotten when nobody may ask for them any more.
import { forgetErasures } from "../storage/index.ts";
import type { House } from "./house.ts";

/** Forgets acts whose time is over; gives how many. */
export async function forgetErasureActs(house: House): Promise<{ readonly acts: number }> {
  const now = house.now();
  return { acts: await house.database.transaction((tx) => forgetErasures(tx, now)) };
}
