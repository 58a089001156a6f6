// Deliveries as a person follows them: listed with what every attempt came to, and sent again.
import {
  attemptsOf,
  type DeliveryState,
  endpointById,
  eventSpan,
  hurryLanes,
  listDeliveries,
  lockEndpoint,
  type ReplayChoice,
  requeueDeliveries,
  type WebhookAttempt,
  type WebhookDelivery,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { untoldEvents } from "./sift-events.ts";

/** A delivery with the event that it carries. */
export type DeliveryView = WebhookDelivery & { readonly eventId: string; readonly kind: string };

/** Deliveries of an endpoint, newest first; null: there is no such endpoint. */
export function deliveriesOf(
  house: House,
  endpointId: string,
  page: { readonly state: DeliveryState | null; readonly before: number | null; readonly limit: number },
): Promise<DeliveryView[] | null> {
  return house.database.read(async (tx) =>
    (await endpointById(tx, endpointId)) === null ? null : listDeliveries(tx, { endpointId, ...page }),
  );
}

/** One delivery with its attempts; null when it is not there. */
export function deliveryOf(
  house: House,
  endpointId: string,
  number: number,
): Promise<(DeliveryView & { readonly history: readonly WebhookAttempt[] }) | null> {
  return house.database.read(async (tx) => {
    const page = { endpointId, state: null, before: number + 1, limit: 1 };
    const delivery = (await listDeliveries(tx, page)).find((one) => one.number === number);
    if (delivery === undefined) return null;
    return { ...delivery, history: await attemptsOf(tx, endpointId, number) };
  });
}

/** Most numbers that one call goes through. */
export const REPLAY_LIMIT = 10_000;

/** What is sent again. */
export interface ReplayWish {
  /** Events after this number. */
  readonly after: number;
  /** The last number; absent: as far as there are any. */
  readonly until?: number;
  readonly which: ReplayChoice;
}

/** Sends events again, ids as before; `until` is how far it went. Null: there is no such endpoint. */
export function replayEvents(
  house: House,
  endpointId: string,
  wish: ReplayWish,
): Promise<{ readonly queued: number; readonly until: number } | null> {
  const at = house.now();
  const { which } = wish;
  return house.database.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, endpointId);
    if (endpoint === null) return null;
    const { last } = await eventSpan(tx);
    const until = Math.min(wish.until ?? last, last, wish.after + REPLAY_LIMIT);
    const span = { first: wish.after + 1, last: until };
    const [left] = which === "failed" ? [] : await untoldEvents(tx, house, span, [endpoint]);
    const untold = left ?? { endpointId, numbers: [] };
    const queued =
      until < span.first ? 0 : await requeueDeliveries(tx, endpointId, span, { which, at, untold });
    if (queued > 0) await hurryLanes(tx, endpointId, at);
    return { queued, until: Math.max(until, Math.min(wish.after, last)) };
  });
}
