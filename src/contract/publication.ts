// What the publication gate finds, as our API tells it.
import { Type } from "typebox";
import { FieldProblem } from "./problems.ts";
import { count, nullable, oneOf, output } from "./shape.ts";

const both = output(
  { ru: Type.String(), en: Type.String() },
  { title: "BothLanguages", description: "A sentence in Russian and in English." },
);
const figure = Type.Union([Type.Number(), Type.String()]);

const witness = output(
  {
    lines: Type.Array(output({ offerId: Type.String(), quantity: Type.Number({ description: "Units." }) }), {
      description: "What lies in the cart.",
    }),
    code: nullable(Type.String(), "The promo code entered."),
    choices: Type.Array(Type.String(), { description: "Promotions chosen." }),
    at: Type.String({ format: "date-time", description: "When." }),
    totalMinor: count("What it costs, kopecks."),
    applied: Type.Array(output({ promotionId: Type.String(), amountMinor: count("Kopecks off.") }), {
      description: "What each promotion took off.",
    }),
  },
  { title: "PublicationWitness", description: "A cart that shows it." },
);

/** One finding of the gate. */
export const PublicationFinding = output(
  {
    code: Type.String({ description: "One of the codes of the page on promotions." }),
    severity: oneOf(
      ["error", "warning"],
      "error: keeps the set from being published unless despite names it.",
    ),
    path: Type.String({ description: "Where in the body: /body/promotions/0/when/1/sum." }),
    promotionIds: Type.Array(Type.String(), {
      description: "The one it is about first, then those it meets.",
    }),
    needed: nullable(figure, "What would be right; kopecks for money."),
    actual: nullable(figure, "What is."),
    message: both,
    suggestion: both,
    witness: nullable(witness, "Null where none was found, or none is needed."),
  },
  { title: "PublicationFinding" },
);

/** Something that the gate did not look into. */
export const NotAnalysed = output(
  {
    reason: oneOf(
      ["too_many_alternatives", "unknown_effect", "no_catalogue", "not_compiled", "too_much_work"],
      "Why.",
    ),
    promotionIds: Type.Array(Type.String()),
    offers: count("Offers left out, where it is about offers."),
  },
  { title: "NotAnalysed" },
);

/** Errors of the gate that a call is ready to pass over. */
export const despite = Type.Optional(
  Type.String({
    maxLength: 500,
    description:
      "Codes of findings that shall not stand in the way, comma between them; the version's note names those that did.",
  }),
);

/** What the gate is told of the shop's own measures. */
export const GATE = {
  lowestPercent: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 100,
      description: "No price may fall below this share of the list price.",
    }),
  ),
  giftCap: Type.Optional(
    Type.Number({ minimum: 0, maximum: 1e9, description: "Roubles that a gift may be worth." }),
  ),
};

/** A rule set judged: mistakes and findings. */
export const PromotionSetCheck = output(
  {
    isUsable: Type.Boolean({ description: "No problems." }),
    isPublishable: Type.Boolean({ description: "No problems and no findings of severity error." }),
    problems: Type.Array(FieldProblem),
    findings: Type.Array(PublicationFinding, { description: "Errors first, then by promotion." }),
    notAnalysed: Type.Array(NotAnalysed, { description: "What the gate did not look into." }),
  },
  { title: "PromotionSetCheck" },
);
