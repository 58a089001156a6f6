// Retention of raw bodies: after their time only what was made of a delivery is known, not what it said.
import { deliveriesWithBody, emptyBodies } from "../storage/index.ts";
import type { House } from "./house.ts";

/** Rows of one transaction: others must not wait for a clean-up. */
const HANDFUL = 200;

/** Most handfuls of one run; the next run goes on. */
const MOST_HANDFULS = 500;

/** How far a run came: the next one begins there instead of looking through everything again. */
export interface BodiesForgotten {
  readonly emptied: number;
  /** Instant, ms, before which no body is left. */
  readonly until: number;
}

/** Empties bodies older than `keepMs`, looking from the instant `from` on. */
export async function forgetBodies(house: House, keepMs: number, from: number): Promise<BodiesForgotten> {
  const until = house.now() - keepMs;
  let emptied = 0;
  for (let turn = 0; turn < MOST_HANDFULS; turn += 1) {
    const old = await house.database.read((tx) => deliveriesWithBody(tx, from, until, HANDFUL));
    const ids = old.map(({ id }) => id);
    emptied += await house.database.transaction((tx) => emptyBodies(tx, ids));
    if (ids.length < HANDFUL) return { emptied, until: Math.max(from, until) };
  }
  return { emptied, until: from };
}
