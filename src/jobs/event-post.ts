// How an attempt is made: a signed webhook to an endpoint, or a status to IMSHOP.
import { type AttemptResult, type House, type Secrets, webhookBody } from "../flows/index.ts";
import {
  type GuardedCaller,
  type ImshopSettings,
  pushImshopStatus,
  signedHeaders,
} from "../outbound/index.ts";
import type { ClaimedDelivery, StoredEndpoint } from "../storage/index.ts";
import type { Post } from "./event-courier.ts";

/** What attempts are made with. */
export interface PostParts {
  readonly house: House;
  readonly secrets: Secrets;
  readonly caller: GuardedCaller;
  /** Null: no address of IMSHOP is set. */
  readonly imshop: ImshopSettings | null;
}

/** Our own side could not make the call. */
const NOT_SENT: AttemptResult = { outcome: "not_sent", status: null, retryAfterMs: null, note: null, ms: 0 };

/** The maker of attempts. */
export function eventPost(parts: PostParts): Post {
  return async (endpoint, delivery, signal) => {
    if (endpoint.channel === "imshop") {
      if (parts.imshop === null) return NOT_SENT;
      return pushImshopStatus(parts.caller, parts.imshop, delivery.event.body, signal);
    }
    const keys = openedSecrets(parts, endpoint);
    return keys === null ? NOT_SENT : postWebhook(parts, endpoint, delivery, keys, signal);
  };
}

async function postWebhook(
  { house, caller }: PostParts,
  endpoint: StoredEndpoint,
  delivery: ClaimedDelivery,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<AttemptResult> {
  const body = webhookBody(delivery.event);
  const signed = signedHeaders(keys, { id: delivery.event.id, at: house.now(), body });
  const { outcome, status, retryAfterMs, ms } = await caller.post({
    url: endpoint.url,
    headers: { "content-type": "application/json", ...signed },
    body,
    allow: endpoint.allow,
    signal,
  });
  return { outcome, status, retryAfterMs, ms, note: null };
}

/** The secrets that sign now: the newest, and for a day after a rotation the one before. Null: they cannot be read. */
function openedSecrets({ house, secrets }: PostParts, endpoint: StoredEndpoint): string[] | null {
  const { secret, oldSecret, oldSecretUntil } = endpoint;
  const isOldGood = oldSecret !== null && oldSecretUntil !== null && house.now() < oldSecretUntil;
  try {
    return [secret, isOldGood ? oldSecret : null].flatMap((sealed) =>
      sealed === null ? [] : [secrets.open(sealed)],
    );
  } catch {
    // Sealed by another installation's key, or changed in the database: a person has to rotate it.
    house.alarm("webhook_secret_unreadable", { endpoint: endpoint.id });
    return null;
  }
}
