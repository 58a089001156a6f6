// Customers: facts that rules may ask about, never a name, a phone or a card; and what makes one customer of two.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, minor, moment, nullable, output, PAGE, pageOf } from "./shape.ts";

/** Most cards and most phones of one customer. */
const IDENTITY_LIMIT = 100;

/** Facts of one customer. */
export const Customer = output(
  {
    id: identifier("Id in the retailer's own system; of merged customers the one that stayed."),
    segments: Type.Array(Type.String(), { description: "Groups that the customer belongs to." }),
    tier: nullable(Type.String(), "Tier of the loyalty programme."),
    birthday: nullable(Type.String(), "MM-DD or YYYY-MM-DD."),
    orderCount: nullable(count("Orders."), "Confirmed orders so far; null: unknown."),
    balancePoints: Type.Integer({ description: "Points that may be spent." }),
    spentLast30DaysMinor: minor("Spent in the last 30 days, kopecks."),
    spentLast365DaysMinor: minor("Spent in the last 365 days, kopecks."),
    mergedIds: Type.Array(Type.String(), {
      description: "Ids that were merged into this customer and lead here.",
    }),
    cards: count("How many loyalty cards the customer has."),
    phones: count("How many phones the customer has."),
  },
  { title: "Customer" },
);

const byCustomer = input({ customerId: identifier("Id in the retailer's own system.") });

/** Customers by id. */
export const listCustomers = operation({
  id: "listCustomers",
  method: "GET",
  path: "/customers",
  tag: "customers",
  summary: "List customers, or those whose id begins with a text",
  description: "By id. By card or phone: POST /customers/find.",
  scope: "customers:read",
  query: input({
    query: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: "Beginning of an id, letters as they are." }),
    ),
    ...PAGE,
  }),
  status: 200,
  answer: pageOf(
    output(
      {
        id: identifier("Id in the retailer's own system."),
        segments: Type.Array(Type.String(), { description: "Groups that the customer belongs to." }),
        tier: nullable(Type.String(), "Tier of the loyalty programme."),
        orderCount: nullable(count("Orders."), "Confirmed orders so far; null: unknown."),
        balancePoints: Type.Integer({ description: "Points that may be spent." }),
      },
      { title: "CustomerHead" },
    ),
    "CustomerPage",
  ),
});

/** Facts of one customer. */
export const getCustomer = operation({
  id: "getCustomer",
  method: "GET",
  path: "/customers/{customerId}",
  tag: "customers",
  summary: "Read what is known of a customer",
  scope: "customers:read",
  params: byCustomer,
  status: 200,
  answer: Customer,
});

/** The same by any name. */
export const findCustomer = operation({
  id: "findCustomer",
  method: "POST",
  path: "/customers/find",
  tag: "customers",
  summary: "Find a customer by id, card or phone",
  description:
    "The first of them that is given counts. In the body, since addresses end up in logs: cards and phones must not.",
  scope: "customers:read",
  body: input(
    {
      customerId: Type.Optional(identifier("Id in the retailer's own system.")),
      card: Type.Optional(identifier("Number of a loyalty card; blanks and hyphens do not count.")),
      phone: Type.Optional(identifier("A phone in any spelling.")),
    },
    { title: "CustomerNames", minProperties: 1, examples: [{ phone: "+7 912 000-00-12" }] },
  ),
  status: 200,
  answer: Customer,
  problems: ["not_found"],
  isReading: true,
});

/** Adds or changes a customer. */
export const putCustomer = operation({
  id: "putCustomer",
  method: "PUT",
  path: "/customers/{customerId}",
  tag: "customers",
  summary: "Add a customer or replace its traits",
  description: "Traits that are left out are forgotten. Cards and phones stay as they are.",
  scope: "customers:write",
  params: byCustomer,
  body: input(
    {
      segments: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
          maxItems: 100,
          description: "Groups that the customer belongs to.",
        }),
      ),
      tier: Type.Optional(
        nullable(Type.String({ minLength: 1, maxLength: 100 }), "Tier of the loyalty programme."),
      ),
      birthday: Type.Optional(
        nullable(Type.String({ pattern: "^(\\d{4}-)?\\d{2}-\\d{2}$" }), "MM-DD or YYYY-MM-DD."),
      ),
      orderCount: Type.Optional(
        nullable(
          Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
          "Confirmed orders so far; null: unknown.",
        ),
      ),
    },
    {
      title: "CustomerIn",
      examples: [{ segments: ["coffee"], tier: "gold", birthday: "05-17", orderCount: 3 }],
    },
  ),
  status: 200,
  answer: Customer,
  problems: ["customer_merged"],
  hasOwnHistory: true,
});

/** Replaces cards and phones. */
export const putIdentities = operation({
  id: "putCustomerIdentities",
  method: "PUT",
  path: "/customers/{customerId}/identities",
  tag: "customers",
  summary: "Replace cards or phones of a customer",
  description:
    "A list that is left out stays as it is. A card or phone that was another customer's changes hands. They are kept as keyed hashes and never shown.",
  scope: "customers:write",
  params: byCustomer,
  body: input(
    {
      cards: Type.Optional(Type.Array(identifier("Number of a card."), { maxItems: IDENTITY_LIMIT })),
      phones: Type.Optional(Type.Array(identifier("A phone in any spelling."), { maxItems: IDENTITY_LIMIT })),
    },
    { title: "CustomerIdentities", minProperties: 1, examples: [{ phones: ["+7 912 000-00-12"] }] },
  ),
  status: 200,
  answer: output(
    { cards: count("How many cards there are now."), phones: count("How many phones there are now.") },
    { title: "CustomerIdentityCounts" },
  ),
  problems: ["customer_merged"],
  hasOwnHistory: true,
});

/** Everything kept of a customer. */
export const exportCustomer = operation({
  id: "exportCustomer",
  method: "GET",
  path: "/customers/{customerId}/export",
  tag: "customers",
  summary: "Export everything that is kept of a customer",
  description:
    "For a person who asks what is known of them: every row of every table that speaks of them or of their orders, as it is kept. Instants are milliseconds UTC, money is kopecks. Cards and phones are kept as keyed hashes, which nobody can read; phones that came with orders are among the contacts.",
  scope: "customers:write",
  params: byCustomer,
  status: 200,
  answer: output(
    {
      customerId: Type.String({ description: "The id that was asked for." }),
      ids: Type.Array(Type.String(), { description: "Every id that the person has or had." }),
      exportedAt: moment("When this was read."),
      records: Type.Record(Type.String(), Type.Array(Type.Unsafe<object>({ type: "object" })), {
        description:
          "Rows by what they are: customers, orders, contacts, pointsLots and so on; kinds without rows are left out.",
      }),
    },
    { title: "CustomerExport" },
  ),
});

/** A merge. */
const CustomerMerge = output(
  {
    id: identifier("Id of the merge."),
    fromId: identifier("The id that went; it leads to the other one now."),
    intoId: identifier("The id that stayed."),
    reason: Type.String({ description: "Why, as whoever merged wrote it." }),
    actor: Type.String({ description: "Id of the token, or cli." }),
    moved: Type.Record(Type.String(), Type.Integer(), { description: "How many of each noun went over." }),
    mergedAt: moment("When."),
  },
  { title: "CustomerMerge" },
);

/** Merges two customers. */
export const mergeCustomers = operation({
  id: "mergeCustomers",
  method: "POST",
  path: "/customer-merges",
  tag: "customers",
  summary: "Make one customer of two",
  description:
    "Cards, phones, orders, points, promo codes, uses of limits and the kept cart go to the one that stays; the other id leads to it everywhere from then on. It cannot be undone. The same merge again changes nothing and answers the first one.",
  scope: "customers:write",
  body: input(
    {
      fromId: identifier("The id that goes."),
      intoId: identifier("The id that stays."),
      reason: Type.String({ minLength: 1, maxLength: 500, description: "Why; kept with the merge." }),
    },
    {
      title: "CustomerMergeIn",
      examples: [{ fromId: "u-104513", intoId: "u-104512", reason: "The same person signed up twice" }],
    },
  ),
  status: 200,
  answer: CustomerMerge,
  problems: ["customer_unknown", "same_customer", "merged_elsewhere", "into_merged"],
});

/** Merges there were. */
export const listCustomerMerges = operation({
  id: "listCustomerMerges",
  method: "GET",
  path: "/customer-merges",
  tag: "customers",
  summary: "List merges of customers",
  description: "Newest first.",
  scope: "customers:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(CustomerMerge, "CustomerMergePage"),
});
