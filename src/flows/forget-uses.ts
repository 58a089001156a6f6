// Counters of days, weeks and months long past are forgotten: nothing is counted by them, and nothing given back any more.
import { forgetPeriods } from "../storage/index.ts";
import type { House } from "./house.ts";

/** How long after its end a period's counters are kept for orders that are cancelled late, ms. */
export const PERIODS_KEPT = 180 * 86_400_000;

/** Counters forgotten in one transaction. */
const BATCH = 1000;

/** Forgets them; gives how many. */
export async function forgetUses(house: House): Promise<{ readonly counters: number }> {
  const endedBefore = house.now() - PERIODS_KEPT;
  let counters = 0;
  for (;;) {
    const gone = await house.database.transaction((tx) => forgetPeriods(tx, endedBefore, BATCH));
    counters += gone;
    if (gone < BATCH) return { counters };
  }
}
