// What was heard of the vendors' channels: last calls, and counts of a day.
import { type ChannelHeard, channelHeard, HOUR_MS, hourCounts } from "../storage/index.ts";
import type { House } from "./house.ts";

/** Hours that are counted. */
const HOURS = 24;

/** What was heard of a channel. */
export interface ChannelTraffic extends ChannelHeard {
  readonly calls: number;
  /** Answered 4xx. */
  readonly refusals: number;
  /** Answered 5xx. */
  readonly faults: number;
}

/** What was heard of these channels, in their order; counts are of the last 24 hours. */
export function readChannels(house: House, channels: readonly string[]): Promise<readonly ChannelTraffic[]> {
  const until = Math.floor(house.now() / HOUR_MS) + 1;
  return house.database.read(async (tx) => {
    const sums = new Map<string, number>();
    for (const kind of ["calls", "refusals", "faults"]) {
      for (const { part, amount } of await hourCounts(tx, kind, until - HOURS, until)) {
        // Calls are counted by face and time: "irp 3".
        const key = `${kind} ${part.split(" ")[0]}`;
        sums.set(key, (sums.get(key) ?? 0) + amount);
      }
    }
    const found: ChannelTraffic[] = [];
    for (const channel of channels) {
      const sum = (kind: string): number => sums.get(`${kind} ${channel}`) ?? 0;
      const heard = await channelHeard(tx, channel);
      found.push({ ...heard, calls: sum("calls"), refusals: sum("refusals"), faults: sum("faults") });
    }
    return found;
  });
}
