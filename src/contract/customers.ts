// What is known of a customer: facts that rules may ask about, never a name, a phone or a card.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, minor, nullable, output } from "./shape.ts";

/** Facts of one customer. */
export const Customer = output(
  {
    id: identifier("Id in the retailer's own system."),
    segments: Type.Array(Type.String(), { description: "Groups that the customer belongs to." }),
    tier: nullable(Type.String(), "Tier of the loyalty programme."),
    birthday: nullable(Type.String(), "MM-DD or YYYY-MM-DD."),
    orderCount: nullable(count("Orders."), "Confirmed orders so far; null: unknown."),
    balancePoints: Type.Integer({ description: "Points that may be spent." }),
    spentLast30DaysMinor: minor("Spent in the last 30 days, kopecks."),
    spentLast365DaysMinor: minor("Spent in the last 365 days, kopecks."),
  },
  { title: "Customer" },
);

/** Facts of one customer. */
export const getCustomer = operation({
  id: "getCustomer",
  method: "GET",
  path: "/customers/{customerId}",
  tag: "customers",
  summary: "Read what is known of a customer",
  scope: "customers:read",
  params: input({ customerId: identifier("Id in the retailer's own system.") }),
  status: 200,
  answer: Customer,
});
