// Ratings that customers give in the app.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, output, PAGE, pageOf } from "./shape.ts";

const state = {
  rating: nullable(Type.Integer({ minimum: 1, maximum: 5 }), "Stars; null: not rated."),
  comment: Type.String({ description: "The customer's words; empty: none." }),
  isAsked: Type.Boolean({ description: "The app waits for a rating, and none has come since." }),
};

/** An order's rating with every state it had. */
export const Rating = output(
  {
    id: identifier("Id of the record."),
    orderId: Type.String({ description: "The order." }),
    ...state,
    isOrderKnown: Type.Boolean({ description: "Whether the order is known to us." }),
    firstReceivedAt: moment("First delivery."),
    lastReceivedAt: moment("Last delivery that changed something."),
    revisions: Type.Array(
      output(
        {
          number: count("From 1, oldest first."),
          ...state,
          deliveryId: identifier("The delivery that brought it."),
          receivedAt: moment("When it came."),
        },
        { title: "RatingRevision" },
      ),
      { description: "Oldest first." },
    ),
  },
  { title: "Rating" },
);

/** Ratings, all or of one order. */
export const listRatings = operation({
  id: "listRatings",
  method: "GET",
  path: "/ratings",
  tag: "feedback",
  summary: "List ratings of the app",
  description: "Newest first.",
  scope: "feedback:read",
  query: input({ orderId: Type.Optional(identifier("Only of this order.")), ...PAGE }),
  status: 200,
  answer: pageOf(Rating, "RatingPage"),
});
