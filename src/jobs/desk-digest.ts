// The weekly digest on its way, and notices that have had their time.
import { type DigestTime, forgetOldNotices, type House, queueDigest } from "../flows/index.ts";
import type { Job } from "./scheduler.ts";

/** How often the clock is looked at, ms. */
const DIGEST_MS = 300_000;

/** Queues the digest when its hour has come; null: never. */
export function deskDigestJob(house: House, time: DigestTime | null): readonly Job[] {
  if (time === null) return [];
  return [
    {
      name: "desk-digest",
      everyMs: DIGEST_MS,
      run: async () => ({ queued: await queueDigest(house, time) }),
    },
  ];
}

/** How often old notices are looked for, ms. */
const FORGET_MS = 3_600_000;

/** Forgets notices after half a year. */
export function forgetNoticesJob(house: House): Job {
  return {
    name: "forget-notices",
    everyMs: FORGET_MS,
    run: async () => ({ gone: await forgetOldNotices(house) }),
  };
}
