// Deliveries as a person follows them: listed with what every attempt came to, and sent again.
import { type AttemptOutcome, isSettled } from "../core/webhooks/index.ts";
import {
  attemptsOf,
  attemptsSince,
  type DeliveryState,
  deliveriesOfItem,
  endpointById,
  eventSpan,
  hurryLanes,
  type ItemDelivery,
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

/** Most deliveries of one item that are told. */
const ITEM_MOST = 100;

/** Deliveries of what happened to an item of the desk, newest first, at most a hundred. */
export function itemDeliveries(house: House, itemId: string): Promise<ItemDelivery[]> {
  return house.database.read((tx) => deliveriesOfItem(tx, itemId, ITEM_MOST));
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

/** How an endpoint answered lately. */
export interface EndpointHealth {
  readonly since: number;
  readonly attempts: number;
  /** Arrived, or were understood and refused. */
  readonly arrived: number;
  /** Null: too few attempts to speak of 95 of 100. */
  readonly p95Ms: number | null;
  readonly lastError: Pick<WebhookAttempt, "at" | "outcome" | "status"> | null;
  /** False: there were more attempts than were read. */
  readonly isWhole: boolean;
}

const DAY_MS = 86_400_000;
/** Attempts that one look reads. */
const HEALTH_MOST = 1000;
/** Fewest attempts of which 95 of 100 can be told. */
const P95_LEAST = 20;

/** The last day of an endpoint; null: there is no such endpoint. */
export function endpointHealth(house: House, endpointId: string): Promise<EndpointHealth | null> {
  const since = house.now() - DAY_MS;
  return house.database.read(async (tx) => {
    if ((await endpointById(tx, endpointId)) === null) return null;
    const made = await attemptsSince(tx, endpointId, since, HEALTH_MOST);
    const failed = made.filter(({ outcome }) => !isSettled(outcome as AttemptOutcome));
    const times = made.map(({ ms }) => ms).sort((left, right) => left - right);
    const last = failed.at(-1);
    return {
      since,
      attempts: made.length,
      arrived: made.length - failed.length,
      p95Ms: made.length < P95_LEAST ? null : (times[Math.ceil(made.length * 0.95) - 1] ?? null),
      lastError: last === undefined ? null : { at: last.at, outcome: last.outcome, status: last.status },
      isWhole: made.length < HEALTH_MOST,
    };
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
