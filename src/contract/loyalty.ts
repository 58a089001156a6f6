// The loyalty programme at work: balances, corrections, and codes shown at a till.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { identifier, input, LARGEST, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const points = (description: string) => Type.Integer({ minimum: 0, maximum: LARGEST, description });
const change = (description: string) => Type.Integer({ minimum: -LARGEST, maximum: LARGEST, description });
const byCustomer = input({ customerId: identifier("Id in the retailer's own system.") });
const reason = (description: string) => Type.String({ minLength: 1, maxLength: 500, description });

/** A customer's points. */
export const getCustomerBalance = operation({
  id: "getCustomerBalance",
  method: "GET",
  path: "/customers/{customerId}/balance",
  tag: "loyalty",
  summary: "Read the points of a customer",
  scope: "loyalty:read",
  params: byCustomer,
  status: 200,
  answer: output(
    {
      customerId: identifier("Whose they are; of merged customers the one that stayed."),
      balancePoints: points("May be spent now."),
      pendingPoints: points("Earned, and not to be spent yet."),
      heldPoints: points("Kept for orders on their way."),
      nextEndAt: nullable(moment("When the next points end."), "Null: none end."),
      nextEndPoints: points("How many end then."),
    },
    { title: "CustomerBalance" },
  ),
});

/** Writes a balance that is kept elsewhere. */
export const putCustomerBalance = operation({
  id: "putCustomerBalance",
  method: "PUT",
  path: "/customers/{customerId}/balance",
  tag: "loyalty",
  summary: "Write a balance that is kept elsewhere",
  description:
    "Our balance becomes theirs by one movement of the difference, which keeps the figure as its control. With changePoints both sides are compared first: where our balance and the change do not come to balancePoints, nothing is written.",
  scope: "loyalty:write",
  needsFresh: true,
  params: byCustomer,
  body: input(
    {
      balancePoints: points("What may be spent there, after the change."),
      changePoints: Type.Optional(change("What changed there; left out: whatever the difference is.")),
      expiresAt: Type.Optional(
        nullable(moment("When points that are put in end."), "Null or absent: never."),
      ),
      reason: Type.Optional(reason("Why; kept with the movement.")),
    },
    { title: "BalanceIn", examples: [{ balancePoints: 1200 }] },
  ),
  status: 200,
  answer: output(
    {
      customerId: identifier("Whose balance it is."),
      beforePoints: points("Ours before."),
      balancePoints: points("Ours now."),
      movementId: nullable(identifier("The movement."), "Null: they were equal."),
    },
    { title: "BalanceWritten" },
  ),
  problems: ["balance_differs", "customer_merged", "expiry_past"],
  isCreating: true,
  hasOwnHistory: true,
});

/** What became of a customer's points. */
export const listCustomerPoints = operation({
  id: "listCustomerPoints",
  method: "GET",
  path: "/customers/{customerId}/points",
  tag: "loyalty",
  summary: "List movements of a customer, newest first",
  description: "Under each id that was merged into the customer, too.",
  scope: "loyalty:read",
  params: byCustomer,
  query: input(PAGE),
  status: 200,
  answer: pageOf(
    output(
      {
        movementId: identifier("The movement."),
        kind: Type.String({
          description:
            "earn, activate, hold, capture, release, expire, return, correct, open, undo, transfer.",
        }),
        at: moment("When."),
        availablePoints: change("What it changed of what may be spent."),
        pendingPoints: change("What it changed of what is earned and not to be spent yet."),
        heldPoints: change("What it changed of what is held."),
        orderId: nullable(Type.String(), "The order that it is about."),
        actor: nullable(Type.String(), "Who did it by hand; null: the program."),
        reason: nullable(Type.String(), "Why."),
        activeFrom: nullable(moment("When what came may be spent."), "Null: nothing came."),
        expiresAt: nullable(
          moment("When the first of what came ends."),
          "Null: nothing came, or it never ends.",
        ),
      },
      { title: "CustomerMovement" },
    ),
    "CustomerMovementPage",
  ),
});

/** What a customer's points are made of. */
export const getCustomerLots = operation({
  id: "getCustomerLots",
  method: "GET",
  path: "/customers/{customerId}/lots",
  tag: "loyalty",
  summary: "Read the lots of points of a customer, and what is held for orders",
  scope: "loyalty:read",
  params: byCustomer,
  status: 200,
  answer: output(
    {
      customerId: identifier("Whose they are; of merged customers the one that stayed."),
      lots: Type.Array(
        output(
          {
            id: identifier("The lot."),
            kind: Type.String({ description: "What it came from: earned, corrected, opened and so on." }),
            orderId: nullable(Type.String(), "The order that brought it."),
            points: points("What it began with."),
            availablePoints: points("May be spent now."),
            pendingPoints: points("Not to be spent before activeFrom."),
            heldPoints: points("Kept for orders on their way."),
            activeFrom: moment("When it may be spent."),
            expiresAt: nullable(moment("When it ends."), "Null: never."),
            createdAt: moment("When it came."),
          },
          { title: "PointsLot" },
        ),
        { description: "Those with anything left, in the order of use: first to end first." },
      ),
      holds: Type.Array(
        output(
          {
            orderId: nullable(
              Type.String(),
              "The order; null: it was sold in an outlet that is not among the ones of the caller.",
            ),
            points: points("Kept for it."),
            releaseAt: moment("When it lapses, if nothing more is heard of the order."),
          },
          { title: "PointsHold" },
        ),
        { description: "First to lapse first." },
      ),
    },
    { title: "CustomerLots" },
  ),
});

const CorrectionState = oneOf(
  ["corrected", "waiting", "approved", "declined"],
  "waiting: for a second person.",
);

/** What became of a correction. */
const CorrectionMade = output(
  {
    state: CorrectionState,
    movementId: nullable(identifier("The movement."), "Null: nothing was moved (yet)."),
    requestId: nullable(identifier("What a second person decides on."), "Null: none is needed."),
  },
  { title: "CorrectionMade" },
);

/** Corrects points by hand. */
export const createCorrection = operation({
  id: "createCorrection",
  method: "POST",
  path: "/loyalty/corrections",
  tag: "loyalty",
  summary: "Put points in or take them out by hand",
  description:
    "Above the limits of one person (loyalty.correctionPoints, loyalty.correctionsPerDay) it waits until another token approves it.",
  scope: "loyalty:write",
  needsFresh: true,
  body: input(
    {
      customerId: identifier("Whose points; a merged id leads to the one that stayed."),
      points: change("Above 0: put in; below: taken out; not 0."),
      reason: reason("Why; kept for ever."),
      expiresAt: Type.Optional(
        nullable(moment("When points that are put in end."), "Null or absent: never."),
      ),
    },
    {
      title: "CorrectionIn",
      examples: [{ customerId: "u-104512", points: 50, reason: "Apology for a late delivery" }],
    },
  ),
  status: 201,
  answer: CorrectionMade,
  problems: ["customer_unknown", "too_few_points", "expiry_past"],
  isCreating: true,
});

/** Corrections that wait. */
export const listCorrections = operation({
  id: "listWaitingCorrections",
  method: "GET",
  path: "/loyalty/corrections",
  tag: "loyalty",
  summary: "List corrections that wait for a second person",
  description: "Oldest first.",
  scope: "loyalty:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(
    output(
      {
        requestId: identifier("What is decided on."),
        customerId: identifier("Whose points."),
        points: change("Above 0: to be put in; below: to be taken out."),
        reason: Type.String(),
        expiresAt: nullable(moment("When points that are put in end."), "Null: never."),
        askedBy: Type.String({ description: "Who asked: a token's id, or cli: and a name." }),
        askedAt: moment("When."),
      },
      { title: "WaitingCorrection" },
    ),
    "WaitingCorrectionPage",
  ),
});

const decision = {
  tag: "loyalty",
  scope: "loyalty:write",
  params: input({ requestId: identifier("What is decided on.") }),
  status: 200,
  answer: CorrectionMade,
  problems: ["same_person", "decided_before", "too_few_points", "expiry_past"],
} as const;

/** A second person agrees. */
export const approveCorrection = operation({
  id: "approveCorrection",
  method: "POST",
  path: "/loyalty/corrections/{requestId}/approve",
  summary: "Approve a correction as the second person",
  ...decision,
});

/** A second person does not agree. */
export const declineCorrection = operation({
  id: "declineCorrection",
  method: "POST",
  path: "/loyalty/corrections/{requestId}/decline",
  summary: "Decline a correction as the second person",
  ...decision,
});

/** Uses a loyalty code up. */
export const verifyLoyaltyCode = operation({
  id: "verifyLoyaltyCode",
  method: "POST",
  path: "/loyalty/codes/verify",
  tag: "loyalty",
  summary: "Take a loyalty code at a till",
  description:
    "Says whose code it is and uses it up: each code is good once and for a short time. Ten wrong codes of one customer within ten minutes close that customer's codes for the rest of them.",
  scope: "loyalty:write",
  needsFresh: true,
  body: input(
    {
      code: Type.String({
        minLength: 1,
        maxLength: 100,
        description: "As scanned or typed; blanks and hyphens do not count.",
      }),
    },
    { title: "LoyaltyCodeIn", examples: [{ code: "2200000104512-583920" }] },
  ),
  status: 200,
  answer: output(
    {
      customerId: identifier("Whose code it was."),
      tier: nullable(Type.String(), "Tier of the loyalty programme."),
      balancePoints: Type.Integer({ description: "Points that may be spent." }),
    },
    { title: "LoyaltyCodeOwner" },
  ),
  problems: ["loyalty_code_refused", "loyalty_code_guessed"],
  isCreating: true,
  hasOwnHistory: true,
});
