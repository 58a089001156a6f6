// Deliveries of events to endpoints: followed, and sent again.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, LARGEST, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const STATES = ["pending", "delivered", "dead", "refused"] as const;

/** One event for one endpoint. */
export const WebhookDelivery = output(
  {
    eventId: identifier("Id of the event."),
    number: count("Number of the event."),
    kind: Type.String({ description: "Kind of the event." }),
    subject: Type.String({ description: "type:id of what it happened to." }),
    state: oneOf(STATES, "dead: given up after ten attempts; refused: understood, and answered with a no."),
    attempts: count("Attempts made."),
    lastOutcome: nullable(Type.String(), "What the last attempt came to, in a word."),
    lastStatus: nullable(Type.Integer(), "HTTP status of the last answer."),
    lastNote: nullable(
      Type.String(),
      "IMSHOP's message when it refused; an endpoint's answers are not kept.",
    ),
    lastAt: nullable(moment("When the last attempt was made.")),
    nextAt: nullable(moment("When it is tried next, once what comes before it has arrived.")),
  },
  { title: "WebhookDelivery" },
);

const webhookId = identifier("Id of the endpoint.");
const byId = input({ webhookId });
const byEvent = input({ webhookId, eventId: identifier("Id of the event.") });

/** How an endpoint has answered lately. */
export const getWebhookHealth = operation({
  id: "getWebhookHealth",
  method: "GET",
  path: "/webhooks/{webhookId}/health",
  tag: "events",
  summary: "Read how an endpoint answered in the last 24 hours",
  description: "Read from the attempts at its latest thousand events at most: see `isWhole`.",
  scope: "events:read",
  params: byId,
  status: 200,
  answer: output(
    {
      since: moment("From then on."),
      attempts: count("Attempts made."),
      arrived: count("Of them, those that arrived or were understood and refused."),
      p95Ms: nullable(
        count("ms."),
        "The time that 95 of 100 did not exceed; null: fewer than twenty attempts.",
      ),
      lastError: nullable(
        output({
          at: moment("When."),
          outcome: Type.String({ description: "What it came to." }),
          status: nullable(Type.Integer(), "HTTP status of the answer."),
        }),
        "The last attempt that failed; null: none did.",
      ),
      isWhole: Type.Boolean({ description: "False: there were more attempts than were read." }),
    },
    { title: "WebhookHealth" },
  ),
});

/** Sends events again. */
export const replayWebhook = operation({
  id: "replayWebhook",
  method: "POST",
  path: "/webhooks/{webhookId}/replay",
  tag: "events",
  summary: "Send events again",
  description:
    "Ids stay as they were, so a receiver that knows an event ignores it. At most 10,000 numbers a call; `until` in the answer says where to go on.",
  scope: "events:write",
  params: byId,
  body: input(
    {
      after: Type.Integer({ minimum: 0, maximum: LARGEST, description: "Events after this number." }),
      until: Type.Optional(Type.Integer({ minimum: 0, maximum: LARGEST, description: "The last number." })),
      which: oneOf(
        ["failed", "missing", "all"],
        "failed: given up or refused; missing: never queued, because it was off or did not ask; all.",
      ),
    },
    { title: "WebhookReplayIn", examples: [{ after: 0, which: "failed" }] },
  ),
  status: 200,
  answer: output(
    { queued: count("Deliveries that will be made."), until: count("The last number that was looked at.") },
    { title: "WebhookReplay" },
  ),
});

/** Deliveries of an endpoint. */
export const listWebhookDeliveries = operation({
  id: "listWebhookDeliveries",
  method: "GET",
  path: "/webhooks/{webhookId}/deliveries",
  tag: "events",
  summary: "List deliveries to an endpoint",
  description: "Newest first.",
  scope: "events:read",
  params: byId,
  query: input({ state: Type.Optional(oneOf(STATES, "Only in this state.")), ...PAGE }),
  status: 200,
  answer: pageOf(WebhookDelivery, "WebhookDeliveryPage"),
});

/** Deliveries of what happened to an item. */
export const listItemDeliveries = operation({
  id: "listItemDeliveries",
  method: "GET",
  path: "/desk/items/{itemId}/deliveries",
  tag: "events",
  summary: "List deliveries of what happened to an item of the desk",
  description: "To all endpoints, newest first, at most a hundred.",
  scope: "events:read",
  params: input({ itemId: identifier("Id of the item.") }),
  status: 200,
  answer: output(
    {
      deliveries: Type.Array(
        output({
          webhookId: identifier("Id of the endpoint."),
          webhook: Type.String({ description: "Its label, or the host that it is at." }),
          delivery: WebhookDelivery,
        }),
      ),
    },
    { title: "ItemDeliveries" },
  ),
});

/** One delivery. */
export const getWebhookDelivery = operation({
  id: "getWebhookDelivery",
  method: "GET",
  path: "/webhooks/{webhookId}/deliveries/{eventId}",
  tag: "events",
  summary: "Read one delivery with its attempts",
  scope: "events:read",
  params: byEvent,
  status: 200,
  answer: output(
    {
      delivery: WebhookDelivery,
      history: Type.Array(
        output({
          attempt: count("1 for the first; again from 1 after a replay."),
          at: moment("When it began."),
          ms: count("How long it took."),
          outcome: Type.String({ description: "What it came to." }),
          status: nullable(Type.Integer(), "HTTP status of the answer."),
        }),
        { description: "Every attempt, oldest first." },
      ),
    },
    { title: "WebhookDeliveryWithHistory" },
  ),
});

/** Sends one delivery again. */
export const replayWebhookDelivery = operation({
  id: "replayWebhookDelivery",
  method: "POST",
  path: "/webhooks/{webhookId}/deliveries/{eventId}/replay",
  tag: "events",
  summary: "Send one event again",
  description: "Whatever its state; the id stays, the time of the attempt is new.",
  scope: "events:write",
  params: byEvent,
  status: 204,
});
