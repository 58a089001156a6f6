// Endpoints that events are sent to, and the deliveries to each.
import { webhookCalls, webhookDeliveryCalls } from "../../contract/index.ts";
import {
  changeEndpoint,
  createEndpoint,
  type DeliveryView,
  deliveriesOf,
  deliveryOf,
  disableEndpoint,
  dropEndpoint,
  type EndpointRefusal,
  type EndpointView,
  type EndpointWish,
  enableEndpoint,
  endpointHealth,
  endpointOf,
  endpointsOf,
  eventOf,
  itemDeliveries,
  readDeskFilter,
  replayEvents,
  rotateEndpointSecret,
  testEndpoint,
} from "../../flows/index.ts";
import { filterRefusal } from "./desk-routes.ts";
import { pageOf, pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { type ApiParts, route, shown, shownOrNull } from "./route.ts";

const REFUSALS = {
  not_found: "not_found",
  too_many_endpoints: "too_many_webhooks",
  endpoint_of_settings: "webhook_of_settings",
} as const satisfies Record<EndpointRefusal, string>;

function refused(reason: EndpointRefusal): Refusal {
  return refuse(REFUSALS[reason]);
}

function webhookShown(endpoint: EndpointView) {
  return {
    id: endpoint.id,
    channel: endpoint.channel,
    url: endpoint.url,
    label: endpoint.label,
    kinds: [...endpoint.kinds],
    allow: [...endpoint.allow],
    filter: endpoint.filter,
    state: endpoint.state,
    disabledReason: endpoint.disabledReason,
    disabledAt: shownOrNull(endpoint.disabledAt),
    failures: endpoint.failures,
    lastOutcome: endpoint.lastOutcome,
    lastSuccessAt: shownOrNull(endpoint.lastSuccessAt),
    lastFailureAt: shownOrNull(endpoint.lastFailureAt),
    pausedUntil: shownOrNull(endpoint.pausedUntil),
    oldSecretUntil: shownOrNull(endpoint.oldSecretUntil),
    waiting: endpoint.deliveries.pending ?? 0,
    dead: endpoint.deliveries.dead ?? 0,
    refused: endpoint.deliveries.refused ?? 0,
    createdAt: shown(endpoint.createdAt),
    updatedAt: shown(endpoint.updatedAt),
  };
}

function deliveryShown(delivery: DeliveryView) {
  return {
    eventId: delivery.eventId,
    number: delivery.number,
    kind: delivery.kind,
    subject: delivery.subject,
    state: delivery.state,
    attempts: delivery.attempts,
    lastOutcome: delivery.lastOutcome,
    lastStatus: delivery.lastStatus,
    lastNote: delivery.lastNote,
    lastAt: shownOrNull(delivery.lastAt),
    nextAt: shownOrNull(delivery.nextAt),
  };
}

type WishBody = Pick<EndpointWish, "url" | "kinds"> & {
  readonly label?: string;
  readonly allow?: readonly string[];
  readonly filter?: string | null;
};

function wishOf(body: WishBody): EndpointWish {
  const { url, kinds, label = "", allow = [], filter = null } = body;
  return { url, kinds, label, allow, filter };
}

type Judged = Pick<ApiParts, "house" | "judgeAddress"> & { readonly body: WishBody };

/** Names are looked up, so this is done before the call's transaction. */
async function judge({ house, judgeAddress, body }: Judged) {
  const read = readDeskFilter(house, body.filter ?? "", { me: null, zone: null });
  if (read.kind === "refused") return filterRefusal(read.problem, "/body/filter");
  const reason = await judgeAddress(body.url, body.allow ?? []);
  if (reason === null) return null;
  const path = reason === "bad_allow_entry" ? "/body/allow" : "/body/url";
  return refuse("address_refused", undefined, [{ path, message: ADDRESS_ADVICE[reason] ?? reason }]);
}

const ADDRESS_ADVICE: Readonly<Record<string, string>> = {
  not_an_address: "must be an address of https",
  not_https: "must be of https; http only where `allow` names the place",
  has_credentials: "must not carry a user or a password",
  not_public: "must lead to public addresses only, or to places that `allow` names",
  bad_allow_entry: "must be hosts, addresses or ranges such as 10.1.0.0/16",
};

/** Routes of endpoints. */
export const webhookRoutes = [
  route(webhookCalls.listWebhooks, async ({ house, query }) => {
    const wish = pageWish(query);
    if (wish instanceof Refusal) return wish;
    return pageOfWhole(await endpointsOf(house), wish, ({ id }) => id, webhookShown);
  }),
  route(
    webhookCalls.createWebhook,
    async ({ house, secrets, body }) => {
      const made = await createEndpoint(house, secrets, wishOf(body));
      if (made.kind === "refused") return refused(made.reason);
      return { webhook: webhookShown(made.endpoint), secret: made.secret };
    },
    judge,
  ),
  route(webhookCalls.getWebhook, async ({ house, params }) => {
    const endpoint = await endpointOf(house, params.webhookId);
    return endpoint === null ? refuse("not_found") : webhookShown(endpoint);
  }),
  route(
    webhookCalls.putWebhook,
    async ({ house, params, body }) => {
      const changed = await changeEndpoint(house, params.webhookId, wishOf(body));
      return changed.kind === "refused" ? refused(changed.reason) : webhookShown(changed.endpoint);
    },
    judge,
  ),
  route(webhookCalls.removeWebhook, async ({ house, params }) => {
    const dropped = await dropEndpoint(house, params.webhookId);
    return dropped === "removed" ? undefined : refused(dropped);
  }),
  route(webhookCalls.rotateWebhookSecret, async ({ house, secrets, params }) => {
    const made = await rotateEndpointSecret(house, secrets, params.webhookId);
    if (made.kind === "refused") return refused(made.reason);
    return { webhook: webhookShown(made.endpoint), secret: made.secret };
  }),
  route(webhookCalls.enableWebhook, async ({ house, params }) => {
    const changed = await enableEndpoint(house, params.webhookId);
    return changed.kind === "refused" ? refused(changed.reason) : webhookShown(changed.endpoint);
  }),
  route(webhookCalls.disableWebhook, async ({ house, params }) => {
    const changed = await disableEndpoint(house, params.webhookId);
    return changed.kind === "refused" ? refused(changed.reason) : webhookShown(changed.endpoint);
  }),
  route(webhookCalls.testWebhook, async ({ house, params }) => {
    const sent = await testEndpoint(house, params.webhookId);
    return sent.kind === "refused" ? refused(sent.reason) : { eventId: sent.eventId };
  }),
  route(webhookDeliveryCalls.getWebhookHealth, async ({ house, params }) => {
    const health = await endpointHealth(house, params.webhookId);
    if (health === null) return refuse("not_found");
    const { since, lastError } = health;
    return {
      ...health,
      since: shown(since),
      lastError: lastError === null ? null : { ...lastError, at: shown(lastError.at) },
    };
  }),
  route(webhookDeliveryCalls.replayWebhook, async ({ house, params, body }) => {
    const { after, until, which } = body;
    const wish = { after, which, ...(until === undefined ? {} : { until }) };
    return (await replayEvents(house, params.webhookId, wish)) ?? refuse("not_found");
  }),
  route(webhookDeliveryCalls.listWebhookDeliveries, async ({ house, params, query }) => {
    const wish = pageWish(query);
    if (wish instanceof Refusal) return wish;
    const before = wish.after === null ? null : Number(wish.after);
    if (before !== null && !Number.isSafeInteger(before)) return refuse("bad_cursor");
    const page = { state: query.state ?? null, before, limit: wish.limit + 1 };
    const found = await deliveriesOf(house, params.webhookId, page);
    if (found === null) return refuse("not_found");
    return pageOf(found, wish.limit, ({ number }) => String(number), deliveryShown);
  }),
  route(webhookDeliveryCalls.listItemDeliveries, async ({ house, params }) => ({
    deliveries: (await itemDeliveries(house, params.itemId)).map((delivery) => ({
      webhookId: delivery.endpointId,
      webhook: delivery.label === "" ? new URL(delivery.url).host : delivery.label,
      delivery: deliveryShown(delivery),
    })),
  })),
  route(webhookDeliveryCalls.getWebhookDelivery, async ({ house, params }) => {
    const event = await eventOf(house, params.eventId);
    const found = event === null ? null : await deliveryOf(house, params.webhookId, event.number);
    if (found === null) return refuse("not_found");
    return {
      delivery: deliveryShown(found),
      history: found.history.map((attempt) => ({ ...attempt, at: shown(attempt.at) })),
    };
  }),
  route(webhookDeliveryCalls.replayWebhookDelivery, async ({ house, params }) => {
    const event = await eventOf(house, params.eventId);
    const number = event?.number ?? 0;
    if (event === null || (await deliveryOf(house, params.webhookId, number)) === null)
      return refuse("not_found");
    await replayEvents(house, params.webhookId, { after: number - 1, until: number, which: "all" });
    return undefined;
  }),
];
