// What the house allows in answers: the policy, templates, promo budgets, places, and the deadline that was learned.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, LARGEST, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const percent = (description: string) => Type.Integer({ minimum: 0, maximum: 100, description });
const level = oneOf(["block", "warn", "off"]);
const few = (description: string) => Type.Integer({ minimum: 0, maximum: 1_000_000, description });
const kopecks = (description: string) => Type.Integer({ minimum: 0, maximum: LARGEST, description });

const budgetFields = {
  promos: nullable(few("Codes in a month."), "Null: no limit."),
  amountMinor: nullable(
    kopecks("Kopecks in a month."),
    "Percent of the order's sum is counted; null: no limit.",
  ),
};

const policyFields = {
  textLimit: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    description: "Characters beyond which a text is remarked on.",
  }),
  fourEyesAbove: percent("A code above this percent needs a second person."),
  coolDownDays: Type.Integer({
    minimum: 0,
    maximum: 3650,
    description: "Days without a second code for a customer.",
  }),
  sameTextLast: Type.Integer({
    minimum: 0,
    maximum: 100,
    description: "A text is remarked on when so many last customers of the branch all got it; 0: never.",
  }),
  profanity: Type.Array(Type.String({ minLength: 2, maxLength: 60 }), {
    maxItems: 1000,
    description: "Beginnings of words that no answer may have.",
  }),
};
const ceilings = {
  agent: percent("Most that an agent gives alone."),
  branch_manager: percent("Most that a branch's manager gives alone."),
  network_manager: percent("Most that a manager of the network gives alone."),
  admin: percent("Most that an administrator gives alone."),
};
const levels = {
  too_long: level,
  other_name: level,
  phone: level,
  link: level,
  profanity: level,
  promise: level,
  same_text: level,
};

const Policy = output(
  { ...policyFields, ceilings: output(ceilings), levels: output(levels), budget: output(budgetFields) },
  { title: "AnswerPolicy" },
);

/** The policy. */
export const getAnswerPolicy = operation({
  id: "getAnswerPolicy",
  method: "GET",
  path: "/answer-rules/policy",
  tag: "answers",
  summary: "Read the rules of answers",
  scope: "answer-rules:read",
  status: 200,
  answer: Policy,
});

/** Sets the policy. */
export const putAnswerPolicy = operation({
  id: "putAnswerPolicy",
  method: "PUT",
  path: "/answer-rules/policy",
  tag: "answers",
  summary: "Set the rules of answers",
  description:
    "They count for what is sent from now on. `budget` is that of branches without one of their own.",
  scope: "answer-rules:write",
  body: input(
    { ...policyFields, ceilings: input(ceilings), levels: input(levels), budget: input(budgetFields) },
    {
      title: "AnswerPolicyIn",
      examples: [
        {
          textLimit: 1000,
          ceilings: { agent: 15, branch_manager: 20, network_manager: 40, admin: 40 },
          fourEyesAbove: 20,
          coolDownDays: 30,
          sameTextLast: 3,
          profanity: ["дурак"],
          levels: {
            too_long: "warn",
            other_name: "warn",
            phone: "warn",
            link: "warn",
            profanity: "block",
            promise: "warn",
            same_text: "warn",
          },
          budget: { promos: 100, amountMinor: null },
        },
      ],
    },
  ),
  status: 200,
  answer: Policy,
});

/** Budgets of a month. */
export const listAnswerBudgets = operation({
  id: "listAnswerBudgets",
  method: "GET",
  path: "/answer-rules/budgets",
  tag: "answers",
  summary: "Read what branches may give away in a month, and have",
  scope: "answers:read",
  query: input({
    month: Type.Optional(
      Type.String({
        pattern: "^[0-9]{4}-(0[1-9]|1[0-2])$",
        description: "Such as 2026-11; without it this one.",
      }),
    ),
  }),
  status: 200,
  answer: output(
    {
      month: Type.String(),
      usual: output(budgetFields, { description: "Of branches without a budget of their own." }),
      branches: Type.Array(
        output({
          branchId: Type.String({ description: "Empty: feedback whose outlet is not known." }),
          own: nullable(output(budgetFields), "Null: the usual one counts."),
          usedPromos: count("Codes that went, are on their way, or may have gone."),
          usedMinor: count("Kopecks, at most."),
        }),
        { description: "Those with a budget of their own or something used." },
      ),
    },
    { title: "AnswerBudgets" },
  ),
});

/** Sets a branch's budget. */
export const putAnswerBudget = operation({
  id: "putAnswerBudget",
  method: "PUT",
  path: "/answer-rules/budgets/{branchId}",
  tag: "answers",
  summary: "Give a branch a monthly budget of its own, or take it away",
  scope: "answer-rules:write",
  params: input({ branchId: identifier("The outlet.") }),
  body: input(
    { budget: nullable(input(budgetFields), "Null: the usual one counts again.") },
    { title: "AnswerBudgetIn", examples: [{ budget: { promos: 50, amountMinor: null } }] },
  ),
  status: 204,
});

const Place = output(
  {
    placeId: Type.String({ description: "The place's id at the marketplace." }),
    isSubscribed: Type.Boolean({ description: "Whether answers are offered there." }),
    changedAt: moment("Since then."),
    changedBy: nullable(Type.String(), "Null: the marketplace itself said so."),
  },
  { title: "AnswerPlace" },
);

/** Places with and without answers. */
export const listAnswerPlaces = operation({
  id: "listAnswerPlaces",
  method: "GET",
  path: "/answer-rules/places",
  tag: "answers",
  summary: "List places of which it is known whether they take answers",
  description: "A place that is not listed is tried.",
  scope: "answers:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(Place, "AnswerPlacePage"),
});

/** Switches a place. */
export const putAnswerPlace = operation({
  id: "putAnswerPlace",
  method: "PUT",
  path: "/answer-rules/places/{placeId}",
  tag: "answers",
  summary: "Switch answers of a place on or off",
  scope: "answer-rules:write",
  params: input({ placeId: identifier("The place's id at the marketplace.") }),
  body: input(
    { isSubscribed: Type.Boolean({ description: "Whether answers are offered there." }) },
    { title: "AnswerPlaceIn" },
  ),
  status: 200,
  answer: Place,
});

/** The deadline. */
export const getAnswerDeadline = operation({
  id: "getAnswerDeadline",
  method: "GET",
  path: "/answer-rules/deadline",
  tag: "answers",
  summary: "Read how old a feedback may be for an answer to arrive, as far as that was learned",
  description:
    "The marketplace does not say; it is learned from the ages of answers that arrived and that came too late.",
  scope: "answers:read",
  status: 200,
  answer: output(
    {
      kind: oneOf(
        ["learned", "not_enough"],
        "not_enough: too few outcomes, or ones that age does not explain.",
      ),
      outcomes: count("Outcomes looked at."),
      ageSeconds: nullable(count("Seconds."), "The age at which answers stop arriving."),
      fromSeconds: nullable(count("Seconds."), "It is hardly less than this."),
      toSeconds: nullable(count("Seconds."), "It is hardly more than this."),
      unexplained: nullable(count("Outcomes."), "Outcomes that this deadline does not explain."),
    },
    { title: "AnswerDeadline" },
  ),
});
