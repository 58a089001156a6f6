// Deliveries of vendors as they came: what could not be used is kept, so that it can be looked at and repaired.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const head = {
  id: identifier("Id of the delivery."),
  channel: Type.String({ description: "The channel it came by." }),
  route: Type.String({ description: "The path it came to." }),
  clientId: Type.String({ description: "The client that sent it." }),
  requestId: Type.String({ description: "Id of the request, also in the log." }),
  receivedAt: moment("When it came."),
  contentType: nullable(Type.String(), "Its media type as sent."),
  status: Type.Integer({ minimum: 100, maximum: 599, description: "Status of the answer." }),
  effect: Type.String({ description: "What it did, such as created, rejected or quarantined." }),
  reason: nullable(Type.String(), "Why it could not be used: fields and rules, no values."),
  warnings: Type.Array(Type.String(), { description: "What was remarkable." }),
  recordId: nullable(Type.String(), "The record it belongs to."),
  size: count("Bytes of the body."),
};

/** A delivery without its body. */
export const Delivery = output(head, { title: "Delivery" });

/** A delivery with its body. */
export const DeliveryWithBody = output(
  {
    ...head,
    body: Type.String({ description: "The body as it came." }),
    bodyEncoding: oneOf(["text", "base64"], "text: UTF-8 as it is; base64: the bytes are not UTF-8."),
  },
  { title: "DeliveryWithBody" },
);

/** What could not be used. */
export const listUnusableDeliveries = operation({
  id: "listUnusableDeliveries",
  method: "GET",
  path: "/deliveries/unusable",
  tag: "feedback",
  summary: "List deliveries that could not be used",
  description: "Refused or set aside, newest first; bodies are read one by one.",
  scope: "feedback:read",
  query: input({ from: Type.Optional(moment("Came from here on.")), ...PAGE }),
  status: 200,
  answer: pageOf(Delivery, "DeliveryPage"),
});

/** One delivery with its body. */
export const getDelivery = operation({
  id: "getDelivery",
  method: "GET",
  path: "/deliveries/{deliveryId}",
  tag: "feedback",
  summary: "Read one delivery with its body",
  description: "Any delivery that is still kept, used or not.",
  scope: "feedback:read",
  params: input({ deliveryId: identifier("Id of the delivery.") }),
  status: 200,
  answer: DeliveryWithBody,
});
