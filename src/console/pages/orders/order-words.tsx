// How an order's status is written everywhere, and the names of promotions that orders speak of.
import { type ReactNode, useMemo } from "react";
import { type orderCalls, promotionCalls } from "../../../contract/index.ts";
import { type ItemOf, useCall } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { numberText } from "../../parts/amounts.ts";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { type Reader, useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";

/** An order of a list. */
export type OrderHead = ItemOf<typeof orderCalls.listOrders>;

/** An order as the API tells of one. */
export type Order = AnswerOf<typeof orderCalls.getOrder>;

/** Statuses in the order in which an order usually goes through them, and how each looks. */
export const STATUS_TONES = {
  placed: "warn",
  processing: "calm",
  ready_to_dispatch: "calm",
  dispatched: "calm",
  ready_for_pickup: "calm",
  delivered: "calm",
  done: "good",
  canceled: "bad",
  closed: "quiet",
} as const satisfies Readonly<Record<string, Tone>>;

/** A status that we know. */
export type Status = keyof typeof STATUS_TONES;

/** All of them. */
export const STATUSES = Object.keys(STATUS_TONES) as readonly Status[];

/** Statuses that nothing follows. */
export const FINAL: readonly string[] = ["done", "canceled", "closed"];

/** Whether the word is one of ours; imported orders may have any. */
export function isStatus(word: string): word is Status {
  return Object.hasOwn(STATUS_TONES, word);
}

/** A status in the reader's language; another system's word as it is. */
export function statusText(status: string, say: Say): string {
  return isStatus(status) ? say(`orders.statuses.${status}`) : status;
}

/** The status with its colour. */
export function OrderState({ status }: { readonly status: string | null }): ReactNode {
  const { say } = useReader();
  if (status === null) return <span className="soft">—</span>;
  const badge = (
    <StateBadge tone={isStatus(status) ? STATUS_TONES[status] : "quiet"}>
      {statusText(status, say)}
    </StateBadge>
  );
  return isStatus(status) ? badge : <span translate="no">{badge}</span>;
}

/** The address of an order's page. */
export function addressOfOrder(orderId: string): string {
  return `/orders/${encodeURIComponent(orderId)}`;
}

/** Names of the promotions in force; one that is gone goes by its id. */
export function usePromotionName(): (id: string) => string {
  const { language } = useReader();
  const set = useCall(promotionCalls.getPromotionSet, {}, { isOn: useMay("promotions:read") }).data;
  return useMemo(() => {
    const { promotions = [] } = (set?.set ?? {}) as {
      promotions?: readonly { id: string; name: string | { ru: string; en?: string } }[];
    };
    const names = new Map(
      promotions.map(({ id, name }) => [id, typeof name === "string" ? name : (name[language] ?? name.ru)]),
    );
    return (id) => names.get(id) ?? id;
  }, [set, language]);
}

/** How many points, with their word in the right form. */
export function pointsText(points: number, { say, language }: Reader): string {
  return say("parts.points", { count: points, points: numberText(points, language) });
}
