// Answers to marketplaces' feedback: drafted, checked, sent at most once, decided on where nobody can know.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const STATES = [
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

/** The checks' names with what each finds. */
const CHECKS = [
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

const promo = Type.Unsafe<10 | 15 | 20 | 30 | 40>({ type: "integer", enum: [10, 15, 20, 30, 40] });
const storedPromo = nullable(Type.Integer(), "Percent of the promo code that goes with it; null: none.");
const text = Type.String({ maxLength: 10_000, description: "What the customer reads." });
const person = (description: string) => nullable(Type.String(), description);
const byAnswer = input({ answerId: identifier("Id of the answer.") });
const byItem = input({ itemId: identifier("Id of the desk's item.") });

const Remark = output(
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
const AnswerChecked = output(
  {
    ...fields,
    remarks: Type.Array(Remark, { description: "Of drafts and of what waits for approval; else empty." }),
  },
  { title: "AnswerChecked" },
);

const AnswerDetail = output(
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

const wish = {
  text: Type.Optional(nullable(text, "Null or absent: the template's, filled in.")),
  templateId: Type.Optional(nullable(identifier("A template."), "Null or absent: none.")),
  promo: Type.Optional(nullable(promo, "Percent of a promo code; null or absent: none.")),
};

/** What there is to say on answering an item. */
export const getAnswerOffer = operation({
  id: "getAnswerOffer",
  method: "GET",
  path: "/desk/items/{itemId}/answers",
  tag: "answers",
  summary: "Read whether an item can be answered, with its answers and the templates that suit it",
  scope: "answers:read",
  params: byItem,
  query: input({ language: Type.Optional(oneOf(["ru", "en"], "Only templates of this language.")) }),
  status: 200,
  answer: output(
    {
      isOffered: Type.Boolean({ description: "Whether an answer could be sent now." }),
      obstacles: Type.Array(Remark, { description: "What forbids every answer now, whatever its text." }),
      answers: Type.Array(Answer, { description: "Oldest first." }),
      templates: Type.Array(
        output({
          id: identifier("Id."),
          name: Type.String(),
          language: oneOf(["ru", "en"]),
          text: Type.String(),
        }),
        { description: "Those that suit its stars and topics." },
      ),
      secondsLeft: nullable(
        Type.Integer(),
        "Until answers stop arriving, as far as that was learned; below 0: it is late; null: nobody knows.",
      ),
    },
    { title: "AnswerOffer" },
  ),
});

/** Writes a draft. */
export const createAnswer = operation({
  id: "createAnswer",
  method: "POST",
  path: "/desk/items/{itemId}/answers",
  tag: "answers",
  summary: "Draft an answer",
  description: "Nothing leaves until it is sent. Without a text the template is filled in.",
  scope: "answers:write",
  params: byItem,
  body: input(wish, {
    title: "AnswerIn",
    examples: [{ text: "Спасибо, мы поговорили с поварами.", promo: null }],
  }),
  status: 201,
  answer: AnswerChecked,
  isCreating: true,
  problems: ["answer_refused"],
});

/** All answers. */
export const listAnswers = operation({
  id: "listAnswers",
  method: "GET",
  path: "/answers",
  tag: "answers",
  summary: "List answers",
  description: "Newest first: the ledger of what was sent, by whom, and what became of it.",
  scope: "answers:read",
  query: input({
    state: Type.Optional(oneOf(STATES, "Only in this state.")),
    branchId: Type.Optional(identifier("Only of this outlet.")),
    itemId: Type.Optional(identifier("Only to this item.")),
    ...PAGE,
  }),
  status: 200,
  answer: pageOf(Answer, "AnswerPage"),
});

/** One answer. */
export const getAnswer = operation({
  id: "getAnswer",
  method: "GET",
  path: "/answers/{answerId}",
  tag: "answers",
  summary: "Read one answer with its remarks and every call",
  scope: "answers:read",
  params: byAnswer,
  status: 200,
  answer: AnswerDetail,
});

/** Changes a draft. */
export const putAnswer = operation({
  id: "putAnswer",
  method: "PUT",
  path: "/answers/{answerId}",
  tag: "answers",
  summary: "Write other words into a draft",
  scope: "answers:write",
  params: byAnswer,
  body: input(
    { ...wish, version: count("The version that was seen.") },
    { title: "AnswerChange", examples: [{ text: "Простите нас.", version: 1 }] },
  ),
  status: 200,
  answer: AnswerChecked,
  problems: ["answer_refused", "answer_state", "stale_version"],
});

/** Throws a draft away. */
export const removeAnswer = operation({
  id: "removeAnswer",
  method: "DELETE",
  path: "/answers/{answerId}",
  tag: "answers",
  summary: "Throw a draft away",
  description: "One that was on its way before stays as cancelled.",
  scope: "answers:write",
  params: byAnswer,
  status: 204,
  problems: ["answer_state"],
});

const moved = {
  method: "POST",
  tag: "answers",
  scope: "answers:write",
  params: byAnswer,
  status: 200,
  answer: Answer,
} as const;

/** Sends a draft. */
export const sendAnswer = operation({
  ...moved,
  id: "sendAnswer",
  path: "/answers/{answerId}/send",
  summary: "Send a draft",
  description:
    "It goes ten seconds later unless it is undone. With a promo code above the role's ceiling, or above the limit of four eyes, it waits for another person. A token with answer-rules:write acts as a network manager, another as an agent.",
  body: input(
    {
      version: count("The version that was seen."),
      confirmed: Type.Optional(
        Type.Array(oneOf(CHECKS), { maxItems: 20, description: "Warnings that were seen and are meant so." }),
      ),
    },
    { title: "AnswerSend", examples: [{ version: 1, confirmed: ["same_text"] }] },
  ),
  problems: ["answer_state", "answer_kept_back", "stale_version"],
});

/** Takes an answer back. */
export const undoAnswer = operation({
  ...moved,
  id: "undoAnswer",
  path: "/answers/{answerId}/undo",
  summary: "Take an answer back that is not on its way",
  description: "It is a draft again, and its promo code is given back to the budget.",
  problems: ["answer_state", "stale_version"],
});

/** A second person agrees. */
export const approveAnswer = operation({
  ...moved,
  id: "approveAnswer",
  path: "/answers/{answerId}/approve",
  summary: "Approve an answer as the second person",
  problems: ["answer_state", "answer_kept_back", "stale_version", "same_person", "above_ceiling"],
});

/** A second person does not agree. */
export const declineAnswer = operation({
  ...moved,
  id: "declineAnswer",
  path: "/answers/{answerId}/decline",
  summary: "Decline an answer as the second person: it is a draft again",
  problems: ["answer_state", "stale_version"],
});

/** A person decides on an unknown one. */
export const resolveAnswer = operation({
  ...moved,
  id: "resolveAnswer",
  path: "/answers/{answerId}/resolve",
  summary: "Say what became of an unknown answer",
  description:
    "It was sent: it counts as delivered. It was not: it goes again, ten seconds later. Nothing else ever sends an unknown answer again.",
  body: input(
    { wasSent: Type.Boolean({ description: "Whether the customer has got it." }) },
    { title: "AnswerResolve" },
  ),
  problems: ["answer_state", "stale_version"],
});
