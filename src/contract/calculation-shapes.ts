// Shapes of what a calculation came to: lines, steps, verdicts. Calculations, repeats and test cases are all told with them.
import { Type } from "typebox";
import { count, identifier, minor, nullable, output } from "./shape.ts";

/** Units, at most three decimals. */
export const quantity = (description: string) =>
  Type.Number({ minimum: 0, description: `${description} Units, at most three decimals.` });

/** Goods by id. */
export const offerRef = { offerId: Type.String(), quantity: quantity("How many.") };
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

/** Whether a promotion took part, and if not, why. */
export const verdict = output(
  {
    promotionId: identifier("The promotion."),
    name: nullable(texts, "As the rules of then call it; null where they are gone."),
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

/** What a cart came to, promotion by promotion. */
export const outcome = {
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
};

/** The same as one shape, for its type. */
export const cartOutcome = output(outcome);
