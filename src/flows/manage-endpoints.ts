// Endpoints that get events: made, changed, tried, given new secrets, switched on and off.
import { randomBytes } from "node:crypto";
import type { EventKind } from "../contract/index.ts";
import {
  countDeliveries,
  type DeliveryState,
  endpointById,
  listEndpoints,
  lockEndpoint,
  removeEndpoint,
  type StoredEndpoint,
  saveEndpoint,
  type Tx,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { noteEvent } from "./note-event.ts";
import { IMSHOP_ENDPOINT } from "./push-status.ts";
import type { Secrets } from "./secrets.ts";

/** Most endpoints of one installation. */
const ENDPOINT_LIMIT = 50;

/** How long the secret before a rotation signs along, ms. */
export const OVERLAP_MS = 24 * 3_600_000;

/** What a person says of an endpoint. The address has been judged by the caller. */
export interface EndpointWish {
  readonly url: string;
  readonly label: string;
  readonly kinds: readonly (EventKind | "*")[];
  /** Hosts and ranges inside the house that it may be at. */
  readonly allow: readonly string[];
  /** Which items of the desk it is told of; read by the caller. Null: all. */
  readonly filter: string | null;
}

/** An endpoint as it may be shown: no secret. */
export interface EndpointView extends Omit<StoredEndpoint, "secret" | "oldSecret"> {
  readonly deliveries: Readonly<Partial<Record<DeliveryState, number>>>;
}

/** Why an endpoint was not changed. */
export type EndpointRefusal = "not_found" | "too_many_endpoints" | "endpoint_of_settings";

type Refused = { readonly kind: "refused"; readonly reason: EndpointRefusal };

/** Made, with the secret that is shown this once. */
export type EndpointMade =
  | { readonly kind: "made"; readonly endpoint: EndpointView; readonly secret: string }
  | Refused;

/** Changed as asked. */
export type EndpointChanged = { readonly kind: "changed"; readonly endpoint: EndpointView } | Refused;

/** A secret as Standard Webhooks writes it: 32 random bytes. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** Adds an endpoint; it gets what is published from now on. */
export async function createEndpoint(
  house: House,
  secrets: Secrets,
  wish: EndpointWish,
): Promise<EndpointMade> {
  const now = house.now();
  const secret = newSecret();
  const sealed = secrets.seal(secret);
  const id = house.newId();
  const made = await house.database.transaction(async (tx) => {
    const others = (await listEndpoints(tx)).filter(({ channel }) => channel === "webhook");
    if (others.length >= ENDPOINT_LIMIT) return null;
    const endpoint: StoredEndpoint = { ...blank(id, now), ...cleaned(wish), secret: sealed };
    await saveEndpoint(tx, endpoint);
    return endpoint;
  });
  if (made === null) return { kind: "refused", reason: "too_many_endpoints" };
  return { kind: "made", endpoint: viewOf(made, {}), secret };
}

function blank(id: string, now: number): StoredEndpoint {
  return {
    id,
    channel: "webhook",
    url: "",
    label: "",
    allow: [],
    kinds: [],
    filter: null,
    secret: null,
    oldSecret: null,
    oldSecretUntil: null,
    state: "enabled",
    disabledReason: null,
    disabledAt: null,
    failures: 0,
    failingMs: 0,
    lastFailureAt: null,
    lastSuccessAt: null,
    lastReachedAt: null,
    lastOutcome: null,
    pausedUntil: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Everything includes each of its parts, so it stands alone. */
function cleaned(wish: EndpointWish): EndpointWish {
  const kinds = wish.kinds.includes("*") ? (["*"] as const) : [...new Set(wish.kinds)];
  const filter = wish.filter === null || wish.filter.trim() === "" ? null : wish.filter;
  return { url: wish.url, label: wish.label, kinds, allow: [...new Set(wish.allow)], filter };
}

/** Changes what a person says of an endpoint; what it still has to get goes to the new address. */
export function changeEndpoint(house: House, id: string, wish: EndpointWish): Promise<EndpointChanged> {
  return change(house, id, (before) => ({ ...before, ...cleaned(wish) }));
}

/** Switches an endpoint on, with its health as new; what it still has to get is sent at once. */
export function enableEndpoint(house: House, id: string): Promise<EndpointChanged> {
  return change(house, id, (before) =>
    before.state === "enabled"
      ? before
      : {
          ...before,
          state: "enabled",
          disabledReason: null,
          disabledAt: null,
          failures: 0,
          failingMs: 0,
          lastFailureAt: null,
          pausedUntil: null,
        },
  );
}

/** Switches an endpoint off: nothing is sent to it and nothing is queued for it. */
export function disableEndpoint(house: House, id: string): Promise<EndpointChanged> {
  const now = house.now();
  return change(house, id, (before) =>
    before.state === "disabled"
      ? before
      : { ...before, state: "disabled", disabledReason: "operator", disabledAt: now },
  );
}

/** Gives an endpoint a new secret; the one before signs along for a day, so that the receiver can change without a gap. */
export async function rotateEndpointSecret(
  house: House,
  secrets: Secrets,
  id: string,
): Promise<EndpointMade> {
  const secret = newSecret();
  const sealed = secrets.seal(secret);
  const until = house.now() + OVERLAP_MS;
  const changed = await change(house, id, (before) => ({
    ...before,
    secret: sealed,
    oldSecret: before.secret,
    oldSecretUntil: until,
  }));
  return changed.kind === "refused" ? changed : { kind: "made", endpoint: changed.endpoint, secret };
}

/** Removes an endpoint with all that it still had to get. */
export function dropEndpoint(house: House, id: string): Promise<"removed" | EndpointRefusal> {
  return house.database.transaction(async (tx) => {
    const before = await lockEndpoint(tx, id);
    if (before === null) return "not_found";
    if (before.channel === "imshop") return "endpoint_of_settings";
    await removeEndpoint(tx, id);
    return "removed";
  });
}

/** Sends an endpoint an event of its own, by the way of all others. */
export async function testEndpoint(
  house: House,
  id: string,
): Promise<{ readonly kind: "noted"; readonly eventId: string } | Refused> {
  const at = house.now();
  return house.database.transaction(async (tx) => {
    const endpoint = await endpointById(tx, id);
    if (endpoint === null) return { kind: "refused", reason: "not_found" };
    if (endpoint.channel === "imshop") return { kind: "refused", reason: "endpoint_of_settings" };
    const eventId = await noteEvent(tx, house, {
      kind: "webhook.test",
      subject: { type: "webhook", id },
      body: { endpointId: id },
      at,
      addressee: id,
    });
    return { kind: "noted", eventId };
  });
}

/** All endpoints, in the order of their making. */
export function endpointsOf(house: House): Promise<EndpointView[]> {
  return house.database.read(async (tx) => {
    const views: EndpointView[] = [];
    for (const endpoint of await listEndpoints(tx)) views.push(await shown(tx, endpoint));
    return views;
  });
}

/** One endpoint. */
export function endpointOf(house: House, id: string): Promise<EndpointView | null> {
  return house.database.read(async (tx) => {
    const endpoint = await endpointById(tx, id);
    return endpoint === null ? null : shown(tx, endpoint);
  });
}

/**
 * The endpoint that stands for IMSHOP follows the settings: on with an address, off without one. Its queue is kept, so that
 * a setting that was lost for a day loses no status that was queued before.
 */
export async function followImshopSetting(house: House, statusUrl: string | null): Promise<void> {
  const now = house.now();
  await house.database.transaction(async (tx) => {
    const before = await lockEndpoint(tx, IMSHOP_ENDPOINT);
    if (before === null && statusUrl === null) return;
    const known = before ?? { ...blank(IMSHOP_ENDPOINT, now), channel: "imshop" as const, label: "IMSHOP" };
    const isOn = statusUrl !== null;
    if (known === before && known.url === (statusUrl ?? known.url) && (known.state === "enabled") === isOn)
      return;
    await saveEndpoint(tx, {
      ...known,
      url: statusUrl ?? known.url,
      state: isOn ? "enabled" : "disabled",
      disabledReason: isOn ? null : "not_configured",
      disabledAt: isOn ? null : now,
      updatedAt: now,
    });
  });
}

async function change(
  house: House,
  id: string,
  next: (before: StoredEndpoint) => StoredEndpoint,
): Promise<EndpointChanged> {
  const now = house.now();
  return house.database.transaction(async (tx): Promise<EndpointChanged> => {
    const before = await lockEndpoint(tx, id);
    if (before === null) return { kind: "refused", reason: "not_found" };
    if (before.channel === "imshop") return { kind: "refused", reason: "endpoint_of_settings" };
    const after = { ...next(before), updatedAt: now };
    await saveEndpoint(tx, after);
    return { kind: "changed", endpoint: await shown(tx, after) };
  });
}

async function shown(tx: Tx, endpoint: StoredEndpoint): Promise<EndpointView> {
  return viewOf(endpoint, await countDeliveries(tx, endpoint.id));
}

function viewOf(endpoint: StoredEndpoint, deliveries: EndpointView["deliveries"]): EndpointView {
  const { secret: _secret, oldSecret: _oldSecret, ...rest } = endpoint;
  return { ...rest, deliveries };
}
