// What an answer looks like.
import { Type } from "typebox";
import { count, identifier, moment, nullable, oneOf, output } from "./shape.ts";

/** States of an answer. */
export const STATES = [
  "draft",
  "awaiting_approval",
  "queued",
  "sending",
  "retrying",
  "delivered",
  "outdated",
  "no_subscription",
  "unknown_feedback",
  "rejected",
  "failed",
  "unknown",
  "cancelled",
] as const;

/** Names of the checks. */
export const CHECKS = [
  "not_answerable",
  "blank_text",
  "promo_not_offered",
  "unfilled_variable",
  "answered_already",
  "answer_on_its_way",
  "outdated",
  "no_subscription",
  "sum_unknown",
  "budget_spent",
  "cool_down",
  "too_long",
  "other_name",
  "phone",
  "link",
  "profanity",
  "promise",
  "same_text",
] as const;

const storedPromo = nullable(Type.Integer(), "Percent of the promo code that goes with it; null: none.");
const person = (description: string) => nullable(Type.String(), description);

/** A remark on an answer. */
export const Remark = output(
  {
    check: oneOf(CHECKS, "What was found."),
    level: oneOf(["block", "warn"], "block forbids; warn is confirmed by whoever sends."),
    detail: nullable(Type.String(), "The word or figure it is about."),
  },
  { title: "AnswerRemark" },
);

/** An answer as it is stored. */
const fields = {
  id: identifier("Id of the answer."),
  itemId: identifier("The desk's item, which is the feedback record."),
  state: oneOf(
    STATES,
    "Only delivered reached the customer; unknown may have; outdated, no_subscription, unknown_feedback, rejected and failed did not.",
  ),
  text: Type.String({ description: "What the customer reads." }),
  promo: storedPromo,
  promoMinor: nullable(
    Type.Integer(),
    "Kopecks that the code may cost; null: no code, or the sum is not known.",
  ),
  templateId: nullable(Type.String(), "The template it was made with."),
  branchId: nullable(Type.String(), "Our outlet."),
  placeId: Type.String({ description: "The place's id at the marketplace." }),
  revision: count("Which of the customer's sayings it answers."),
  confirmed: Type.Array(Type.String(), { description: "Warnings that the sender has confirmed." }),
  createdBy: Type.String({ description: "Who drafted it: a token's id." }),
  createdAt: moment("When it was drafted."),
  askedBy: person("Who sent it, or asked for approval."),
  approvedBy: person("The second person."),
  decidedBy: person("Who decided what became of an unknown one."),
  queuedAt: nullable(moment("Let go then."), "When it was let go."),
  sendAt: nullable(moment("Goes then."), "When the next call is made; until the first one it can be undone."),
  endedAt: nullable(moment("Ended then."), "When its outcome became final."),
  attempts: count("Calls made."),
  problem: nullable(Type.String(), "Why the last call did not arrive."),
  status: nullable(Type.Integer(), "HTTP status of the last call."),
  note: nullable(Type.String(), "Beginning of what the marketplace said with it."),
  version: count("Grows with every change."),
};

/** One answer. */
export const Answer = output(fields, { title: "Answer" });

/** An answer with what there is to remark. */
export const AnswerChecked = output(
  {
    ...fields,
    remarks: Type.Array(Remark, { description: "Of drafts and of what waits for approval; else empty." }),
  },
  { title: "AnswerChecked" },
);

/** The same with every call. */
export const AnswerDetail = output(
  {
    ...fields,
    remarks: Type.Array(Remark, { description: "Of drafts and of what waits for approval; else empty." }),
    history: Type.Array(
      output({
        number: count("From 1."),
        startedAt: moment("Written down then, before the call."),
        endedAt: nullable(moment("Ended then."), "Null: on its way."),
        outcome: nullable(Type.String(), "What it came to, in one word."),
        status: nullable(Type.Integer(), "HTTP status."),
        note: nullable(Type.String(), "What was said, shortened, or the fault's word."),
        ageSeconds: nullable(count("Seconds."), "Age of the feedback, where the marketplace has judged it."),
      }),
      { description: "Every call, first to last." },
    ),
  },
  { title: "AnswerDetail" },
);
