// Uses of promotions: how many orders used one, and how much of each of its limits is left.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, minor, nullable, oneOf, output } from "./shape.ts";

/** A limit, how far it is used. */
export const LimitState = output(
  {
    limit: oneOf(["uses", "usesPerCustomer", "usesPerCode", "budget"], "The limit, as promotions name it."),
    period: nullable(
      Type.String(),
      "The running day, week (its Monday) or month, such as day 2026-11-22; null: the limit has no period.",
    ),
    most: count("The limit: a number of uses, or kopecks of a budget."),
    used: count("What is used of it; of limits per customer or code: how many of them used the promotion."),
    left: nullable(count("What is left."), "What is left; null for limits per customer or code."),
    exhausted: nullable(
      count("How many have nothing left."),
      "Customers or codes that have nothing left; null for limits of everybody together.",
    ),
  },
  { title: "LimitState" },
);

/** Uses of one promotion. */
export const getPromotionUses = operation({
  id: "getPromotionUses",
  method: "GET",
  path: "/promotions/{promotionId}/uses",
  tag: "promotions",
  summary: "Read how far the limits of a promotion are used",
  description:
    "One use is one order that was placed and not cancelled. A limit counts the orders placed while it stands in the rules.",
  scope: "promotions:read",
  params: input({ promotionId: identifier("Id of a promotion in force.") }),
  status: 200,
  answer: output(
    {
      promotionId: Type.String({ description: "The promotion." }),
      orders: count("Orders that used it and stand."),
      discountMinor: minor("What it took off in them, kopecks."),
      limits: Type.Array(LimitState, { description: "Each limit of the rules in force, in their order." }),
    },
    { title: "PromotionUses" },
  ),
});
