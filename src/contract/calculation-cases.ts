// Test cases of the rules: recorded carts with the sums that they must come to. The publication gate tries every one.
import { Type } from "typebox";
import { gaps, rulesTried, TRIED_SET_LIMIT, triedRules } from "./calculation-repeats.ts";
import { quantity } from "./calculation-shapes.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, minor, moment, nullable, output, PAGE, pageOf } from "./shape.ts";

const expected = output(
  {
    totalMinor: minor("What the cart must cost."),
    lines: nullable(
      Type.Array(
        output({
          offerId: nullable(Type.String(), "The offer."),
          quantity: quantity("Units."),
          totalMinor: minor("What all of them must cost."),
        }),
      ),
      "Null: only the total counts.",
    ),
    promotions: nullable(
      Type.Array(output({ promotionId: Type.String(), amountMinor: minor("What it must take off.") })),
      "Those that must apply, and no other. Null: only the total counts.",
    ),
  },
  { title: "CalculationExpected" },
);

const head = {
  id: identifier("Id of the case."),
  name: Type.String({ description: "Its name." }),
  note: Type.String({ description: "Why it is kept." }),
};

const CalculationCase = output(
  {
    ...head,
    calculationId: identifier("The calculation that it was made of; it may be forgotten by now."),
    at: moment("The moment that the cart is priced at."),
    rulesVersion: count("Version of the rules then."),
    lineCount: count("Lines of the cart."),
    expected,
    createdAt: moment("When it was kept."),
    createdBy: Type.String({ description: "Who kept it." }),
  },
  { title: "CalculationCase" },
);

/** Keeps a calculation as a test case. */
export const createCalculationCase = operation({
  id: "createCalculationCase",
  method: "POST",
  path: "/calculations/{calculationId}/case",
  tag: "calculations",
  summary: "Keep a calculation as a test case",
  description:
    "Its cart, goods and moment are kept for good, without saying whose cart it was. Expected is what was answered, or the total that is given: then only that is compared.",
  scope: "promotions:write",
  params: input({ calculationId: identifier("Id of the request.") }),
  body: input(
    {
      name: Type.String({ minLength: 1, maxLength: 100, description: "Its name." }),
      note: Type.Optional(Type.String({ maxLength: 500, description: "Why it is kept." })),
      totalMinor: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 1e12,
          description: "What the cart should have cost, where the answer was wrong.",
        }),
      ),
    },
    { title: "CalculationCaseIn", examples: [{ name: "Gift with coffee and a code" }] },
  ),
  status: 201,
  answer: CalculationCase,
  problems: ["calculation_unsure", "too_many_cases"],
  isCreating: true,
});

/** Test cases there are. */
export const listCalculationCases = operation({
  id: "listCalculationCases",
  method: "GET",
  path: "/calculation-cases",
  tag: "calculations",
  summary: "List test cases",
  description: "Newest first.",
  scope: "calculations:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(CalculationCase, "CalculationCasePage"),
});

/** Drops a test case. */
export const removeCalculationCase = operation({
  id: "removeCalculationCase",
  method: "DELETE",
  path: "/calculation-cases/{caseId}",
  tag: "calculations",
  summary: "Drop a test case",
  scope: "promotions:write",
  params: input({ caseId: identifier("Id of the case.") }),
  status: 204,
});

/** Tries all test cases. */
export const checkCalculationCases = operation({
  id: "checkCalculationCases",
  method: "POST",
  path: "/calculation-cases/check",
  tag: "calculations",
  summary: "Try all test cases",
  description:
    "Against the rules in force, a version of them, a draft or a set that is sent along. Changes nothing. The publication gate does the same: a case that comes out otherwise is its finding case_differs.",
  scope: "calculations:read",
  body: input(triedRules, { title: "CaseRules", examples: [{}] }),
  bodyLimit: TRIED_SET_LIMIT,
  status: 200,
  answer: output(
    {
      rules: rulesTried,
      failed: count("Cases that come out otherwise."),
      cases: Type.Array(
        output({
          ...head,
          isPassed: Type.Boolean({ description: "It comes out as expected." }),
          expectedMinor: minor("What the cart must cost."),
          totalMinor: nullable(minor("What it costs."), "Null: the engine failed."),
          lines: Type.Array(
            output({
              offerId: nullable(Type.String(), "The offer."),
              expectedMinor: minor("What it must cost."),
              totalMinor: minor("What it costs."),
            }),
            { description: "Goods that cost something else." },
          ),
          promotions: Type.Array(
            output({
              promotionId: Type.String(),
              expectedMinor: nullable(minor("What it must take off."), "Null: it must not apply."),
              amountMinor: nullable(minor("What it takes off."), "Null: it does not apply."),
            }),
            { description: "Promotions that give something else." },
          ),
          gaps,
        }),
      ),
    },
    { title: "CalculationCaseCheck" },
  ),
  problems: ["promotions_refused", "not_found"],
  isReading: true,
});
