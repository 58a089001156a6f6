// Retention of carts: whole carts of a split go after an hour, carts nobody touches after half a year.
import { instant } from "../core/basics/index.ts";
import { forgetCartGroups, forgetStoredCarts } from "../storage/index.ts";
import type { House } from "./house.ts";
import { GROUP_AGE } from "./share-group.ts";

/** How long an untouched cart is kept, ms. */
export const STORED_CART_AGE = 180 * 86_400_000;

/** Rows of one transaction: others must not wait for a clean-up. */
const HANDFUL = 500;

/** Most handfuls of one run; the next run goes on. */
const MOST_HANDFULS = 200;

/** Forgets what is old enough; gives how many of each. To be run every few minutes. */
export async function forgetCarts(house: House): Promise<{ groups: number; carts: number }> {
  const now = house.now();
  const groups = await inHandfuls(() =>
    house.database.transaction((tx) => forgetCartGroups(tx, instant(now - GROUP_AGE), HANDFUL)),
  );
  const carts = await inHandfuls(() =>
    house.database.transaction((tx) => forgetStoredCarts(tx, instant(now - STORED_CART_AGE), HANDFUL)),
  );
  return { groups, carts };
}

async function inHandfuls(forget: () => Promise<number>): Promise<number> {
  let all = 0;
  for (let turn = 0; turn < MOST_HANDFULS; turn += 1) {
    const gone = await forget();
    all += gone;
    if (gone < HANDFUL) break;
  }
  return all;
}
