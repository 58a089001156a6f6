// The vendors' channels as a whole: where they call, and when they last did.
import { channelCalls } from "../../contract/index.ts";
import { type ChannelTraffic, readChannels } from "../../flows/index.ts";
import type { LiveCall, LiveCalls } from "../live-calls.ts";
import { LIVE_LIMITS } from "../live-calls.ts";
import { type ApiParts, route, shown, shownOrNull } from "./route.ts";

/** Paths of IMSHOP's webhooks below the base path; each is set by itself on its side. */
const WEBHOOKS = [
  "/basket",
  "/orders",
  "/orders/history",
  "/orders/cancel",
  "/orders/storage",
  "/rating",
  "/bonuses/history",
  "/loyalty/code",
];

/** Channels with the setting of their base path; a vendor who appends its own paths is given the base. */
const CHANNELS = [
  { id: "irp", setting: "irp.basePath", below: WEBHOOKS },
  { id: "yandex-eats", setting: "yandexEats.basePath", below: [""] },
] as const;

const listChannels = route(channelCalls.listChannels, async ({ house, live, system }) => {
  const traffic = await readChannels(
    house,
    CHANNELS.map(({ id }) => id),
  );
  return {
    channels: CHANNELS.map(({ id, setting, below }, index) => {
      const base = settingOf(system, setting).replace(/\/+$/, "");
      return {
        id,
        isKeyNeeded: id !== "irp" || settingOf(system, "irp.auth") !== "none",
        paths: below.map((path) => base + path),
        ...heard(traffic[index], live, id),
      };
    }),
  };
});

function settingOf({ parts }: ApiParts["system"], name: string): string {
  return parts.settings.find((setting) => setting.name === name)?.value ?? "";
}

function heard(traffic: ChannelTraffic | undefined, live: LiveCalls, channel: string) {
  const calls = live.find({ channel }, 0, LIVE_LIMITS.calls);
  const seenAt = calls.at(-1)?.at ?? 0;
  const lastAt = Math.max(traffic?.calledAt ?? 0, seenAt);
  const fault = calls.findLast(({ status }) => status >= 400);
  return {
    lastCallAt: lastAt === 0 ? null : shown(lastAt),
    lastDeliveryAt: shownOrNull(traffic?.deliveredAt ?? null),
    lastFault: fault === undefined ? null : faultShown(fault),
    day: {
      calls: traffic?.calls ?? 0,
      refusals: traffic?.refusals ?? 0,
      faults: traffic?.faults ?? 0,
    },
  };
}

function faultShown({ at, method, path, status, noted, id }: LiveCall) {
  const { outcome } = noted;
  return {
    at: shown(at),
    method,
    path,
    status,
    outcome: typeof outcome === "string" ? outcome : null,
    callId: id,
  };
}

const testChannels = route(channelCalls.testChannels, async ({ testChannels: test }) => {
  const checks = await test();
  return {
    isSound: checks.every(({ problem }) => problem === null),
    checks: checks.map((check) => ({ ...check })),
  };
});

/** Routes of the channels as a whole. */
export const channelRoutes = [listChannels, testChannels];
