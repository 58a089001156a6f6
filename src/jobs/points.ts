// Duties of the points ledger: what time alone does to points is written down every few minutes.
import { DEFAULT_TERMS } from "../core/loyalty/index.ts";
import {
  activatePoints,
  expirePoints,
  type House,
  type RuleShelf,
  releaseStaleHolds,
} from "../flows/index.ts";
import type { Job } from "./scheduler.ts";

/** How often the ledger is looked through, ms. Balances are exact without it: this keeps its book close behind. */
export const POINTS_MS = 300_000;

/** Activation, expiry, and holds of orders of which nothing more was heard. */
export function pointsJobs(house: House, rules: RuleShelf): readonly Job[] {
  return [
    {
      name: "activate-points",
      everyMs: POINTS_MS,
      run: async (signal) => ({ ...(await activatePoints(house, signal)) }),
    },
    {
      name: "expire-points",
      everyMs: POINTS_MS,
      run: async (signal) => ({ ...(await expirePoints(house, signal)) }),
    },
    {
      name: "release-points",
      everyMs: POINTS_MS,
      run: async (signal) => {
        const { programme } = await rules.current();
        return { ...(await releaseStaleHolds(house, programme ?? DEFAULT_TERMS, signal)) };
      },
    },
  ];
}
