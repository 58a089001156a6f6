// Feedback of marketplaces: records, their revisions, what was made of the last delivery.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, output, PAGE, pageOf } from "./shape.ts";

const received = "as received";

/** A thing that was ordered, with an own price. */
const orderedPart = {
  id: nullable(Type.String(), "Id in the menu."),
  name: nullable(Type.String(), "Name."),
  quantity: nullable(Type.Number(), "May be fractional."),
  price: nullable(Type.Number(), `Of one unit, ${received}.`),
};

/** The order that a feedback is about, for display only. */
export const FeedbackOrder = output(
  {
    createdAt: nullable(
      Type.String(),
      "A date that the source puts on the order; its meaning is not certain.",
    ),
    comment: nullable(Type.String(), "Additional words about the order."),
    platform: nullable(Type.String(), "Where it was ordered."),
    deliveryKind: nullable(
      Type.String(),
      "How it travelled: yandex, marketplace, pickup or another word of the source.",
    ),
    customerName: nullable(Type.String(), "Personal data."),
    total: nullable(Type.Number(), `Sum of the order ${received}, in an unnamed currency.`),
    items: Type.Array(output({ ...orderedPart, modifications: Type.Array(output(orderedPart)) })),
  },
  { title: "FeedbackOrder" },
);

/** Moments of the feedback, exact to the microsecond. */
const instants = output(
  {
    createdAt: moment("When the customer gave it."),
    takenAt: nullable(moment("Taken then."), "When the courier took the order."),
    deliveredAt: nullable(moment("Delivered then."), "When the order was delivered."),
  },
  { title: "FeedbackInstants", description: "UTC, with as many fraction digits as were told, up to six." },
);

const said = {
  orderId: Type.String({ description: "Id of the order in the retailer's own system." }),
  restaurantId: Type.String({
    description: "Id of the outlet in the retailer's own system, as the source knows it.",
  }),
  rating: Type.Integer({ minimum: 1, maximum: 5, description: "Stars." }),
  comment: nullable(Type.String(), "The customer's words; null: none."),
  predefinedComment: nullable(Type.String(), "Ready-made remarks that the customer ticked."),
  instants,
};

/** One state that a record had. */
export const FeedbackRevision = output(
  {
    number: count("From 1, oldest first."),
    deliveryId: identifier("The delivery that brought it."),
    receivedAt: moment("When it came."),
    ...said,
  },
  { title: "FeedbackRevision" },
);

/** A record with all its revisions. */
export const Feedback = output(
  {
    id: identifier("Id of the record."),
    source: Type.String({ description: "Where it comes from, such as yandex-eats." }),
    clientId: Type.String({ description: "The client that delivered it." }),
    feedbackId: nullable(Type.String(), "Its id at the source; without it nobody can answer."),
    eatsId: Type.String({ description: "Number of the order at the source." }),
    ...said,
    order: nullable(FeedbackOrder, "The order it is about; null: not told."),
    effect: Type.String({ description: "What the last delivery did: created, merged, duplicate, updated." }),
    warnings: Type.Array(Type.String(), { description: "What was remarkable in the last delivery." }),
    canReply: Type.Boolean({ description: "Whether the source takes an answer to it." }),
    isUnassigned: Type.Boolean({ description: "True: its outlet is not one of ours." }),
    deliveries: count("How often it came."),
    firstReceivedAt: moment("First delivery."),
    lastReceivedAt: moment("Last delivery."),
    revisions: Type.Array(FeedbackRevision, {
      description: "Oldest first; the last is what the record says.",
    }),
  },
  { title: "Feedback" },
);

const filter = (description: string) => Type.Optional(identifier(description));

/** Feedback by source, order, outlet. */
export const listFeedback = operation({
  id: "listFeedback",
  method: "GET",
  path: "/feedback",
  tag: "feedback",
  summary: "List feedback",
  description: "Newest first by first arrival. All conditions given must hold.",
  scope: "feedback:read",
  query: input({
    source: filter("Only from this source, such as yandex-eats."),
    eatsId: filter("Only about this order, by its number at the source."),
    orderId: filter("Only about this order, by its id in the retailer's system."),
    restaurantId: filter("Only about this outlet."),
    isUnassigned: Type.Optional(
      Type.Boolean({ description: "Only those whose outlet is (true) or is not (false) unknown to us." }),
    ),
    ...PAGE,
  }),
  status: 200,
  answer: pageOf(Feedback, "FeedbackPage"),
});

/** One record. */
export const getFeedback = operation({
  id: "getFeedback",
  method: "GET",
  path: "/feedback/{recordId}",
  tag: "feedback",
  summary: "Read one feedback",
  scope: "feedback:read",
  params: input({ recordId: identifier("Id of the record.") }),
  status: 200,
  answer: Feedback,
});
