// A cart tried by hand: priced by the server, or everything that the engine needs to price it elsewhere, as in a browser.
import { Type } from "typebox";
import { rulesTried } from "./calculation-repeats.ts";
import { outcome } from "./calculation-shapes.ts";
import { cartSchema } from "./cart.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, minor, moment, nullable, oneOf, output } from "./shape.ts";

/** Most lines of a cart to try. */
export const CART_LINES_LIMIT = 500;

const names = (description: string) =>
  Type.Array(identifier("Name."), { maxItems: 50, description: `${description} Left out: none.` });

const supposed = input(
  {
    segments: Type.Optional(names("Groups that the customer belongs to.")),
    tier: Type.Optional(identifier("Tier of the programme; left out: none.")),
    birthday: Type.Optional(
      Type.String({ pattern: "^(\\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$", description: "MM-DD." }),
    ),
    orderCount: Type.Optional(count("Confirmed orders so far; left out: unknown.")),
    balancePoints: Type.Optional(count("Points that may be spent; left out: none.")),
    spentMinor: Type.Optional(count("Spent in every period that the rules ask about, kopecks.")),
  },
  {
    title: "SupposedCustomer",
    description: "A customer who is made up; without any key still one who is known.",
  },
);

const line = Type.Object(
  {
    ...cartSchema.properties.lines.items.properties,
    addons: Type.Optional(
      Type.Array(identifier("Offer id."), {
        maxItems: 20,
        description: "Goods added to this one: they raise its price where the shop prices them.",
      }),
    ),
  },
  { additionalProperties: false, title: "TriedLine", description: "One good." },
);

const cart = Type.Object(
  { ...cartSchema.properties, lines: Type.Array(line, { maxItems: CART_LINES_LIMIT }) },
  { additionalProperties: false, title: "TriedCart", description: "The cart." },
);

const chosenRules = {
  version: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: "A version of the rules." }),
  ),
  draftId: Type.Optional(identifier("A draft of the rules.")),
};

const EXAMPLE = { lines: [{ offer: "milk-1", quantity: 2 }] };

/** Prices a cart as the server prices carts. */
export const priceCart = operation({
  id: "priceCart",
  method: "POST",
  path: "/carts/price",
  tag: "calculations",
  summary: "Price a cart that is tried by hand",
  description:
    "By the goods, customers and limits as they stand, under the rules in force, a version of them or a draft. Nothing is written down and nothing is spent. A customer by id takes customers:read.",
  scope: "promotions:read",
  body: input(
    { cart, supposed: Type.Optional(supposed), rules: Type.Optional(input(chosenRules)) },
    { title: "CartToPrice", examples: [{ cart: EXAMPLE }] },
  ),
  status: 200,
  answer: output(
    {
      at: moment("The moment that it was priced at."),
      rules: rulesTried,
      ...outcome,
      lowered: Type.Array(
        output({
          lineIndex: count("Position of the line, from 0."),
          how: oneOf(["lowered", "unticked"], "Less of it, or none since lines before it took what is left."),
        }),
        { description: "Lines that the stock lowered, where the shop sells what is left." },
      ),
    },
    { title: "CartPriced" },
  ),
  problems: ["promotions_refused", "not_found", "calculation_unsure"],
  isReading: true,
});

const offer = output(
  {
    id: identifier("Offer id."),
    groupId: identifier("Product card."),
    name: Type.String({ description: "Name." }),
    priceMinor: minor("List price of one unit, as this cart sees it."),
    oldPriceMinor: nullable(minor("Old price.")),
    categoryIds: Type.Array(Type.String(), { description: "With all ancestors." }),
    vendor: nullable(Type.String(), "Vendor."),
    params: Type.Record(Type.String(), Type.Array(Type.String()), { description: "Attributes." }),
    stepThousandths: nullable(count("Thousandths."), "Step of a quantity; null: whole pieces."),
    codeCapBps: nullable(count("Basis points."), "Most that codes may take off; null: no limit."),
    usePoints: Type.Boolean({ description: "May points pay for it?" }),
    isAvailable: Type.Boolean({ description: "May it be bought?" }),
    stockThousandths: nullable(Type.Integer(), "What is left; null: not known."),
  },
  { title: "CartOffer" },
);

const side = output(
  {
    rules: rulesTried,
    documents: nullable(
      output({
        set: Type.Unsafe<object>({ type: "object", description: "The rule set." }),
        programme: nullable(Type.Unsafe<object>({ type: "object", description: "The programme." })),
      }),
      "Null: the caller has them under this hash.",
    ),
    customer: nullable(
      output({
        id: Type.String({ description: "Id." }),
        segments: Type.Array(Type.String()),
        tier: nullable(Type.String()),
        birthday: nullable(Type.String(), "MM-DD or YYYY-MM-DD."),
        orderCount: nullable(count("Orders."), "Null: unknown."),
        balancePoints: Type.Integer({ description: "Points that may be spent." }),
        spent: Type.Array(output({ days: count("Days."), amountMinor: minor("Spent in them.") })),
      }),
      "Null: nobody is known.",
    ),
    code: nullable(
      output({
        promotionId: nullable(Type.String(), "What it opens; null: no such code."),
        state: oneOf(["free", "redeemed", "blocked", "expired", "foreign"], "foreign: of another customer."),
      }),
      "State of the code; null: none was entered.",
    ),
    limits: Type.Array(
      output({
        promotionId: Type.String(),
        usesLeft: nullable(Type.Integer(), "Null: not limited."),
        budgetLeftMinor: nullable(minor("What is left."), "Null: not limited."),
      }),
      { description: "What is left of limits now; promotions without limits are not among them." },
    ),
  },
  { title: "CartSide" },
);

/** What the engine needs to price a cart under one or two rule sets. */
export const readCartFacts = operation({
  id: "readCartFacts",
  method: "POST",
  path: "/carts/facts",
  tag: "calculations",
  summary: "Read what a cart is priced with",
  description:
    "The rules, the goods of this cart and the gifts that the rules may give, the customer, the code and what is left of limits: what the pricing engine takes, so that the same engine prices the cart elsewhere to the kopeck. Quantities do not matter here. A customer by id takes customers:read.",
  scope: "promotions:read",
  body: input(
    {
      cart,
      supposed: Type.Optional(supposed),
      sides: Type.Array(input(chosenRules), {
        minItems: 1,
        maxItems: 2,
        description: "Rules to price with; an empty object: those in force.",
      }),
      known: Type.Optional(
        Type.Array(Type.String({ maxLength: 64 }), {
          maxItems: 10,
          description: "Hashes of rules that the caller has already: their documents are left out.",
        }),
      ),
    },
    { title: "CartFactsWish", examples: [{ cart: EXAMPLE, sides: [{}] }] },
  ),
  status: 200,
  answer: output(
    {
      at: moment("The moment to price at."),
      timeZone: Type.String({ description: "IANA zone of the shop: rules are compiled for it." }),
      unitesGroups: Type.Boolean({ description: "Choices of several groups count together." }),
      lowersQuantities: Type.Boolean({ description: "Quantities are lowered to what is left." }),
      pricesAddons: Type.Boolean({
        description: "Add-ons raise the price of their line, which is then a good of its own.",
      }),
      offerIds: Type.Array(nullable(Type.String()), {
        description: "The offer of each line, in their order; null: the catalogue has none.",
      }),
      offers: Type.Array(offer, { description: "Goods of the lines, and gifts." }),
      sides: Type.Array(side, { description: "In the order asked for." }),
    },
    { title: "CartFacts" },
  ),
  problems: ["promotions_refused", "not_found"],
  isReading: true,
});
