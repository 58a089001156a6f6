// Destinations, notices and senders for tests: channels that remember instead of sending, and fail on wish.
import type { NoticeEnd } from "../../src/core/desk/index.ts";
import type { House } from "../../src/flows/index.ts";
import { type NoticeBell, NoticeSender } from "../../src/jobs/notice-sender.ts";
import type { Notifier, OutgoingNotice } from "../../src/outbound/index.ts";
import { type DestinationTerms, queueNotice, saveDestination } from "../../src/storage/index.ts";

/** A channel of a test. */
export interface RememberingChannel extends Notifier {
  readonly sent: OutgoingNotice[];
  /** One is used up by each message. */
  readonly ends: NoticeEnd[];
  /** Awaited before a message counts as sent. */
  gate: (() => Promise<void>) | null;
}

/** A channel that remembers. */
export function rememberingChannel(): RememberingChannel {
  const channel: RememberingChannel = {
    sent: [],
    ends: [],
    gate: null,
    send: async (notice) => {
      await channel.gate?.();
      const end = channel.ends.shift() ?? { kind: "sent" as const };
      if (end.kind === "sent") channel.sent.push(notice);
      return end;
    },
  };
  return channel;
}

const USUAL: DestinationTerms = {
  kind: "telegram",
  address: "42",
  label: "Kitchen",
  language: "en",
  gets: ["items", "alarms", "digest"],
  quiet: null,
  zone: "UTC",
  isOn: true,
};

/** Adds a destination. */
export async function destinationAt(house: House, more: Partial<DestinationTerms> = {}): Promise<string> {
  const id = house.newId();
  await house.database.transaction((tx) => saveDestination(tx, id, { ...USUAL, ...more }, house.now()));
  return id;
}

/** Queues trials' texts as alarms would be: one notice of each key for all destinations that get items. */
export function tellAll(house: House, keys: readonly string[]): Promise<number> {
  const at = house.now();
  return house.database.transaction(async (tx) => {
    let queued = 0;
    for (const key of keys) {
      const notice = { key, kind: "item" as const, body: JSON.stringify({ itemId: key, rule: "r" }), at };
      queued += await queueNotice(tx, notice, { topic: "items", only: [], madeBy: null });
    }
    return queued;
  });
}

/** A sender whose faults end the test. */
export function senderOf(
  house: House,
  channels: { readonly telegram?: Notifier | null; readonly email?: Notifier | null },
  bell: Partial<NoticeBell> = {},
): NoticeSender {
  const failed = (_job: string, error: unknown): void => {
    throw error;
  };
  const { telegram = null, email = null } = channels;
  return new NoticeSender(house, { telegram, email }, { failed, ...bell }, "https://shop.test");
}
