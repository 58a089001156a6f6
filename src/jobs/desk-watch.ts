// The watch over ratings: every few minutes, so that a bad evening is known before it is over.
import { type House, watchDesk } from "../flows/index.ts";
import type { Job } from "./scheduler.ts";

/** How often ratings are looked at, ms. */
const WATCH_MS = 600_000;

/** Watches all branches and sources. */
export function deskWatchJob(house: House): Job {
  return {
    name: "watch-desk",
    everyMs: WATCH_MS,
    run: async (signal) => ({ ...(await watchDesk(house, signal)) }),
  };
}
