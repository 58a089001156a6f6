// Calculations: why a cart cost what it cost, by the request's id.
import { Type } from "typebox";
import { offerRef, outcome, quantity, verdict } from "./calculation-shapes.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, minor, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

/** Most entries of a page where each tells a verdict: every one of them is computed again. */
export const VERDICTS_PAGE = 20;

const channel = oneOf(["app", "seller"], "The shopper's app, or that of a store's employee.");

/** A calculation as a list shows it. */
export const CalculationSummary = output(
  {
    id: identifier("Id of the request (X-Request-Id)."),
    at: moment("When."),
    channel,
    customerId: nullable(Type.String(), "The customer, where known."),
    code: nullable(Type.String(), "The promo code as codes are compared."),
    rulesVersion: count("Version of the rules."),
    lineCount: count("Lines of the answer."),
    totalMinor: minor("Total."),
    discountMinor: minor("Discount."),
    outletId: nullable(Type.String(), "The outlet, where the cart named one."),
    verdict: nullable(
      verdict,
      "With promotionId: its verdict; null without it, and where the rules of then did not have the promotion.",
    ),
  },
  { title: "CalculationSummary" },
);

/** A whole explanation. */
export const Calculation = output(
  {
    id: identifier("Id of the request (X-Request-Id)."),
    at: moment("When."),
    channel,
    customerId: nullable(Type.String(), "The customer, where known."),
    rules: output({ version: count("Version of the rules."), hash: Type.String() }),
    engineVersion: Type.String({ description: "Version of the engine." }),
    madeBy: oneOf(
      ["engine", "catalogue", "share"],
      "catalogue: plain prices, since the engine failed; share: a part of a split cart.",
    ),
    isExact: Type.Boolean({
      description:
        "The figures are those that were answered. An explanation is computed again from the same cart, goods and rules; false: it came out otherwise.",
    }),
    doubt: nullable(
      oneOf(
        ["rules_gone", "goods_gone", "engine_changed", "differs"],
        "rules_gone: the version of the rules is no longer there; goods_gone: goods of the cart are forgotten; engine_changed: another version of the engine computed it again.",
      ),
      "Why it is not exact.",
    ),
    answered: output(
      {
        grossMinor: minor("Before discounts."),
        discountMinor: minor("All discounts."),
        totalMinor: minor("To pay, points not deducted."),
      },
      { description: "What the shopper was answered." },
    ),
    cart: output({
      lines: Type.Array(
        output({
          offerId: nullable(Type.String(), "The offer."),
          quantity: nullable(quantity("As asked."), "As asked for."),
          isSelected: Type.Boolean(),
          giftUnits: quantity("Gifts of an earlier answer that came back in this line."),
        }),
      ),
      code: nullable(Type.String(), "As typed."),
      choices: Type.Array(output({ promotionId: Type.String(), gifts: Type.Array(output(offerRef)) })),
      pointsToSpend: Type.Integer(),
      outletId: nullable(Type.String(), "The outlet."),
      employeeId: nullable(Type.String(), "The employee of the store."),
      city: nullable(Type.String(), "Name of the city."),
      cityKladr: nullable(Type.String(), "Its KLADR code."),
      cityFias: nullable(Type.String(), "Its FIAS code."),
      deliveryMethod: nullable(Type.String(), "Delivery."),
      paymentMethod: nullable(Type.String(), "Payment."),
      pickupPoint: nullable(Type.String(), "Pickup point."),
      isEarlyAccess: Type.Boolean(),
    }),
    ...outcome,
    explanation: Type.String({ description: "All of it as text for a person." }),
  },
  { title: "Calculation" },
);

/** Calculations by whatever of them is known; and why a promotion was not applied in each. */
export const listCalculations = operation({
  id: "listCalculations",
  method: "GET",
  path: "/calculations",
  tag: "calculations",
  summary: "List calculations",
  description:
    "Newest first. They are kept for as long as the settings say. With customerId and promotionId: why this customer did not get this promotion.",
  scope: "calculations:read",
  query: input({
    requestId: Type.Optional(identifier("Only of this request (X-Request-Id).")),
    orderId: Type.Optional(identifier("Only the one that this order was placed with.")),
    customerId: Type.Optional(identifier("Only of this customer, by any id that was merged into it.")),
    outletId: Type.Optional(identifier("Only of carts that named this outlet.")),
    promotionId: Type.Optional(
      identifier("Narrows nothing: each entry tells this promotion's verdict. At most 20 entries a page."),
    ),
    code: Type.Optional(identifier("Only with this promo code, in any spelling.")),
    channel: Type.Optional(channel),
    from: Type.Optional(Type.String({ format: "date-time", description: "Not before this moment." })),
    until: Type.Optional(Type.String({ format: "date-time", description: "Before this moment." })),
    ...PAGE,
  }),
  status: 200,
  answer: pageOf(CalculationSummary, "CalculationPage"),
});

/** One calculation, explained. */
export const getCalculation = operation({
  id: "getCalculation",
  method: "GET",
  path: "/calculations/{calculationId}",
  tag: "calculations",
  summary: "Explain one calculation",
  description: "By the X-Request-Id of the answer that the cart got.",
  scope: "calculations:read",
  params: input({ calculationId: identifier("Id of the request.") }),
  query: input({
    language: Type.Optional(oneOf(["ru", "en"], "Language of the explanation; the shop's when left out.")),
  }),
  status: 200,
  answer: Calculation,
});
