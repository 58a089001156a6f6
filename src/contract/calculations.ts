// Calculations: why a cart cost what it cost, by the request's id.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, minor, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const quantity = (description: string) =>
  Type.Number({ minimum: 0, description: `${description} Units, at most three decimals.` });

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
  },
  { title: "CalculationSummary" },
);

const offerRef = { offerId: Type.String(), quantity: quantity("How many.") };
const texts = output({ ru: Type.String(), en: Type.String() });
const points = {
  maySpend: Type.Integer({ description: "Points that may pay." }),
  willEarn: Type.Integer({ description: "Points to be earned." }),
};

const notice = output(
  {
    code: Type.String({ description: "What it says." }),
    promotionId: nullable(Type.String(), "About this promotion."),
    offerId: nullable(Type.String(), "About this offer."),
    text: nullable(texts, "Authored text."),
    amountMinor: nullable(minor("Amount."), "An amount it speaks of."),
    quantity: nullable(quantity("Quantity."), "A quantity it speaks of."),
  },
  { title: "CalculationNotice" },
);

const line = output(
  {
    lineIndex: nullable(count("From 0."), "Position in the cart; null: a gift that was added."),
    offerId: nullable(Type.String(), "The offer."),
    name: nullable(Type.String(), "Name."),
    quantity: quantity("How many."),
    priceMinor: minor("List price of one unit."),
    grossMinor: minor("Before discounts."),
    discountMinor: minor("Discount."),
    totalMinor: minor("To pay."),
    giftUnits: Type.Number({ description: "Units that are free." }),
    discounts: Type.Array(output({ promotionId: Type.String(), amountMinor: minor("Off this line.") }), {
      description: "In the order of application.",
    }),
    unitGroups: Type.Array(
      output({
        quantity: quantity("Units."),
        unitPriceMinor: minor("Of one unit."),
        totalMinor: minor("Of the group."),
      }),
    ),
    isSelected: Type.Boolean({ description: "Ticked." }),
    isCounted: Type.Boolean({ description: "Takes part in totals." }),
    problem: nullable(
      output({
        kind: Type.String(),
        limit: nullable(quantity("Limit."), "Most there may be."),
        left: nullable(quantity("Left."), "What is left."),
      }),
      "Why it cannot be bought.",
    ),
    points: nullable(output(points), "Null without a programme."),
    notices: Type.Array(notice),
  },
  { title: "CalculationLine" },
);

const scalar = (description: string) => nullable(Type.Union([Type.String(), Type.Number()]), description);

const verdict = output(
  {
    promotionId: identifier("The promotion."),
    isApplied: Type.Boolean({ description: "Whether it took part." }),
    amountMinor: minor("What it took off; 0 when not applied."),
    gifts: Type.Number({ description: "Gifts it gave." }),
    lines: Type.Array(
      output({ lineIndex: count("Line of the answer, from 0."), amountMinor: minor("Off this line.") }),
    ),
    reason: nullable(Type.String(), "Why it was not applied."),
    failed: nullable(
      output({
        path: Type.String(),
        kind: Type.String(),
        needed: scalar("What is needed."),
        actual: scalar("What the cart has."),
      }),
      "The condition that failed.",
    ),
    winnerId: nullable(Type.String(), "The promotion that was better."),
    differenceMinor: nullable(
      minor("Difference."),
      "How much dearer the cart would be with this one instead.",
    ),
    unlock: nullable(
      output({
        kind: Type.String({ description: "What to do." }),
        amountMinor: nullable(minor("Amount."), "Sum to add."),
        count: nullable(Type.Number(), "Units or goods to add."),
        path: nullable(Type.String(), "The condition."),
      }),
      "The smallest change that would unlock it.",
    ),
  },
  { title: "CalculationVerdict" },
);

const offered = output(
  {
    group: Type.String({ description: "Alternatives of one group are offered together." }),
    promotions: Type.Array(
      output({
        promotionId: Type.String(),
        name: texts,
        isChosen: Type.Boolean(),
        mayPointsPay: Type.Boolean(),
        discountMinor: nullable(minor("Discount."), "Of the whole cart; null: gifts only."),
        totalIfTakenMinor: minor("What the cart costs with it."),
        gifts: Type.Array(output(offerRef)),
        giftOptions: Type.Array(output(offerRef)),
        giftOptionsLimit: Type.Number(),
      }),
    ),
  },
  { title: "CalculationOffered" },
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
        }),
      ),
      code: nullable(Type.String(), "As typed."),
      choices: Type.Array(output({ promotionId: Type.String(), gifts: Type.Array(output(offerRef)) })),
      pointsToSpend: Type.Integer(),
      outletId: nullable(Type.String(), "The outlet."),
      city: nullable(Type.String(), "Name of the city."),
      deliveryMethod: nullable(Type.String(), "Delivery."),
      paymentMethod: nullable(Type.String(), "Payment."),
      pickupPoint: nullable(Type.String(), "Pickup point."),
      isEarlyAccess: Type.Boolean(),
    }),
    grossMinor: minor("Before discounts."),
    discountMinor: minor("All discounts."),
    totalMinor: minor("To pay, points not deducted."),
    points: nullable(
      output({ ...points, spending: Type.Integer({ description: "Points to be paid with." }) }),
      "Null without a programme.",
    ),
    code: nullable(
      output({
        entered: Type.String(),
        state: Type.String(),
        promotionId: nullable(Type.String(), "The promotion it belongs to."),
      }),
      "What became of the code; null: none was entered.",
    ),
    lines: Type.Array(line),
    steps: Type.Array(
      output({
        promotionId: Type.String(),
        layer: Type.Integer(),
        beforeMinor: minor("Before."),
        amountMinor: minor("Taken off."),
        afterMinor: minor("After."),
      }),
      { description: "The cart after each layer that changed it." },
    ),
    verdicts: Type.Array(verdict, { description: "One for every promotion considered." }),
    offered: Type.Array(offered),
    notices: Type.Array(notice),
    proof: output({
      isOptimal: Type.Boolean({ description: "The combination is proven best." }),
      gapMinor: minor("Most that may have been missed."),
    }),
    explanation: Type.String({ description: "All of it as text for a person." }),
  },
  { title: "Calculation" },
);

/** Calculations by customer, code, channel and time. */
export const listCalculations = operation({
  id: "listCalculations",
  method: "GET",
  path: "/calculations",
  tag: "calculations",
  summary: "List calculations",
  description: "Newest first. They are kept for as long as the settings say.",
  scope: "calculations:read",
  query: input({
    customerId: Type.Optional(identifier("Only of this customer.")),
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
