// Webhooks: endpoints that events are sent to, and the deliveries to each.
import { Type } from "typebox";
import { filterText } from "./desk-item.ts";
import { OPEN_KINDS } from "./event-kinds.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, label, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const kinds = Type.Array(oneOf(["*", ...OPEN_KINDS], "A kind of event; *: all."), {
  minItems: 1,
  maxItems: 50,
  description: "What it gets.",
});

/** An endpoint, without its secrets. */
export const Webhook = output(
  {
    id: identifier("Id of the endpoint."),
    channel: oneOf(["webhook", "imshop"], "imshop: order statuses for IMSHOP; it follows the settings."),
    url: Type.String({ description: "Where it is." }),
    label: label("What it is for."),
    kinds: Type.Array(Type.String(), { description: "Kinds of events that it gets; *: all." }),
    allow: Type.Array(Type.String(), { description: "Hosts and ranges inside the house that it may be at." }),
    filter: nullable(Type.String(), "Which items of the desk it is told of; null: all."),
    state: oneOf(["enabled", "disabled"], "disabled: nothing is sent to it and nothing is queued for it."),
    disabledReason: nullable(
      Type.String(),
      "operator; gone: it answered 410; failing: five days of only failures; not_configured; null: it is on.",
    ),
    disabledAt: nullable(moment("Off since then.")),
    failures: count("Failures in a row."),
    lastOutcome: nullable(Type.String(), "What the last attempt came to."),
    lastSuccessAt: nullable(moment("Last success.")),
    lastFailureAt: nullable(moment("Last failure since the last success.")),
    pausedUntil: nullable(moment("It asked not to be called before.")),
    oldSecretUntil: nullable(moment("Until then the secret before the last rotation signs along.")),
    waiting: count("Deliveries that are still to be made."),
    dead: count("Deliveries that were given up."),
    refused: count("Deliveries that were understood and refused."),
    createdAt: moment("When it was made."),
    updatedAt: moment("When a person changed it last."),
  },
  { title: "Webhook" },
);

/** An endpoint that was just made, or its new secret. */
const WebhookSecret = output(
  {
    webhook: Webhook,
    secret: Type.String({ description: "whsec_ and base64: shown once, in this answer." }),
  },
  { title: "WebhookSecret" },
);

const WebhookIn = input(
  {
    url: Type.String({
      minLength: 1,
      maxLength: 2000,
      description: "https, or http where `allow` names the place.",
    }),
    label: Type.Optional(label("What it is for.")),
    kinds,
    allow: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 255 }), {
        maxItems: 20,
        description:
          "Only for places inside the house: hosts (crm.shop.example), addresses or ranges (10.1.0.0/16). Everything else must be public.",
      }),
    ),
    filter: Type.Optional(
      nullable(
        filterText,
        "For rating.received, feedback.received, feedback.answer and desk.alert: only items that pass it. Other kinds always come.",
      ),
    ),
  },
  {
    title: "WebhookIn",
    examples: [
      { url: "https://crm.shop.example/prilavok", label: "CRM", kinds: ["order.placed", "order.done"] },
    ],
  },
);

const webhookId = identifier("Id of the endpoint.");
const byId = input({ webhookId });

/** All endpoints. */
export const listWebhooks = operation({
  id: "listWebhooks",
  method: "GET",
  path: "/webhooks",
  tag: "events",
  summary: "List endpoints",
  scope: "events:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(Webhook, "WebhookPage"),
});

/** Makes an endpoint. */
export const createWebhook = operation({
  id: "createWebhook",
  method: "POST",
  path: "/webhooks",
  tag: "events",
  summary: "Make an endpoint",
  description: "It gets what happens from now on, signed with the secret that is shown once, in this answer.",
  scope: "events:write",
  body: WebhookIn,
  status: 201,
  answer: WebhookSecret,
  problems: ["too_many_webhooks", "address_refused", "filter_refused"],
  isCreating: true,
});

/** One endpoint. */
export const getWebhook = operation({
  id: "getWebhook",
  method: "GET",
  path: "/webhooks/{webhookId}",
  tag: "events",
  summary: "Read one endpoint",
  scope: "events:read",
  params: byId,
  status: 200,
  answer: Webhook,
});

/** Changes an endpoint. */
export const putWebhook = operation({
  id: "putWebhook",
  method: "PUT",
  path: "/webhooks/{webhookId}",
  tag: "events",
  summary: "Change an endpoint",
  description: "What it still has to get goes to the new address, with the same secret.",
  scope: "events:write",
  params: byId,
  body: WebhookIn,
  status: 200,
  answer: Webhook,
  problems: ["address_refused", "filter_refused", "webhook_of_settings"],
});

/** Removes an endpoint. */
export const removeWebhook = operation({
  id: "removeWebhook",
  method: "DELETE",
  path: "/webhooks/{webhookId}",
  tag: "events",
  summary: "Remove an endpoint",
  description: "With everything that it still had to get.",
  scope: "events:write",
  params: byId,
  status: 204,
  problems: ["webhook_of_settings"],
});

/** Gives a new secret. */
export const rotateWebhookSecret = operation({
  id: "rotateWebhookSecret",
  method: "POST",
  path: "/webhooks/{webhookId}/rotate",
  tag: "events",
  summary: "Make a new secret",
  description:
    "For a day both secrets sign, so that the receiver can change over. Shown once, in this answer.",
  scope: "events:write",
  params: byId,
  status: 201,
  answer: WebhookSecret,
  problems: ["webhook_of_settings"],
  isCreating: true,
});

/** Switches on. */
export const enableWebhook = operation({
  id: "enableWebhook",
  method: "POST",
  path: "/webhooks/{webhookId}/enable",
  tag: "events",
  summary: "Switch an endpoint on",
  description: "What waits is sent at once. Events that came while it was off are sent with `replay`.",
  scope: "events:write",
  params: byId,
  status: 200,
  answer: Webhook,
  problems: ["webhook_of_settings"],
});

/** Switches off. */
export const disableWebhook = operation({
  id: "disableWebhook",
  method: "POST",
  path: "/webhooks/{webhookId}/disable",
  tag: "events",
  summary: "Switch an endpoint off",
  scope: "events:write",
  params: byId,
  status: 200,
  answer: Webhook,
  problems: ["webhook_of_settings"],
});

/** Tries an endpoint. */
export const testWebhook = operation({
  id: "testWebhook",
  method: "POST",
  path: "/webhooks/{webhookId}/test",
  tag: "events",
  summary: "Send an endpoint a trial event",
  description:
    "An event of the kind webhook.test goes to this endpoint only; see its delivery for what came of it.",
  scope: "events:write",
  params: byId,
  status: 201,
  answer: output({ eventId: identifier("Id of the event.") }, { title: "WebhookTest" }),
  problems: ["webhook_of_settings"],
  isCreating: true,
});
