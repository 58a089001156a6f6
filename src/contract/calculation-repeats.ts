// A recorded cart priced again: with the rules in force, an old version or a draft, and what that changes.
import { Type } from "typebox";
import { outcome, quantity, verdict } from "./calculation-shapes.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, minor, nullable, oneOf, output } from "./shape.ts";

/** Largest rule set to try, bytes. */
export const TRIED_SET_LIMIT = 4 * 1024 * 1024;

/** The rules to price with. One of them, or none: those in force. */
export const triedRules = {
  version: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: "A version of the rules." }),
  ),
  draftId: Type.Optional(identifier("A draft of the rules.")),
  set: Type.Optional(
    Type.Unsafe<object>({
      type: "object",
      description: "A whole rule set, as PUT /promotion-set takes it. The programme is the one in force.",
    }),
  ),
};

/** Which rules they were. */
export const rulesTried = output({
  version: nullable(count("Version."), "Null: a draft, or a set that was sent along."),
  hash: Type.String({ description: "SHA-256 of set and programme." }),
});

/** What a recorded cart does not tell, so that a figure under other rules may be off. */
export const gaps = Type.Array(
  oneOf(
    [
      "gifts_of_today",
      "spent_unknown",
      "limits_as_new",
      "code_unknown",
      "choice_gone",
      "rules_gone",
      "other_engine",
    ],
    "gifts_of_today: gifts that only these rules give, as they stand in today's catalogue; spent_unknown: spending that was not asked for then counts as none; limits_as_new: limits that differ count as wholly left; code_unknown: nobody knew the code then; choice_gone: the promotion chosen is not among these rules; rules_gone: the rules of then are gone; other_engine: another version of the engine made it then.",
  ),
  { description: "What the recorded cart does not tell." },
);

/** What a cart came to under some rules. */
const CalculationOutcome = output({ rules: rulesTried, ...outcome }, { title: "CalculationOutcome" });

/** Both results and their difference. */
const CalculationAgain = output(
  {
    isSame: Type.Boolean({ description: "The same money on every line, and the same promotions." }),
    differenceMinor: minor("How much dearer the cart becomes; negative: cheaper."),
    before: CalculationOutcome,
    after: CalculationOutcome,
    lines: Type.Array(
      output({
        offerId: nullable(Type.String(), "The offer."),
        name: nullable(Type.String(), "Name."),
        quantityBefore: quantity("Units before."),
        quantityAfter: quantity("Units after."),
        totalBeforeMinor: minor("Cost before."),
        totalAfterMinor: minor("Cost after."),
        differenceMinor: minor("How much dearer."),
      }),
      { description: "Every good of both, lines of one offer together." },
    ),
    verdicts: Type.Array(
      output({
        promotionId: identifier("The promotion."),
        isChanged: Type.Boolean({ description: "It gives something else, or fails for another reason." }),
        before: nullable(verdict, "Null: it was not among the rules."),
        after: nullable(verdict, "Null: it is not among the rules."),
      }),
      { description: "Every promotion of both." },
    ),
    gaps,
  },
  { title: "CalculationAgain" },
);

/** Prices a recorded cart again. */
export const repeatCalculation = operation({
  id: "repeatCalculation",
  method: "POST",
  path: "/calculations/{calculationId}/again",
  tag: "calculations",
  summary: "Price a recorded cart again",
  description:
    "The same cart, goods, customer and moment under the rules in force, a version of them, a draft or a set that is sent along. Changes nothing.",
  scope: "calculations:read",
  params: input({ calculationId: identifier("Id of the request.") }),
  body: input(triedRules, { title: "CalculationRules", examples: [{}] }),
  bodyLimit: TRIED_SET_LIMIT,
  status: 200,
  answer: CalculationAgain,
  problems: ["promotions_refused", "calculation_unsure"],
  isReading: true,
});
