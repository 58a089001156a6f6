// Answers to marketplaces' feedback: drafted, checked, sent at most once, decided on where nobody can know.
import { Type } from "typebox";
import { Answer, AnswerChecked, AnswerDetail, CHECKS, Remark, STATES } from "./answer-shape.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const promo = Type.Unsafe<10 | 15 | 20 | 30 | 40>({ type: "integer", enum: [10, 15, 20, 30, 40] });
const text = Type.String({ maxLength: 10_000, description: "What the customer reads." });
const byAnswer = input({ answerId: identifier("Id of the answer.") });
const byItem = input({ itemId: identifier("Id of the desk's item.") });

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
      lastPromo: nullable(
        output({ percent: count("Percent."), at: moment("When the answer arrived.") }),
        "The promo code that this customer got last with an answer; null: none, or the customer is not known.",
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
    "It goes ten seconds later unless it is undone. With a promo code above the role's ceiling, or above the limit of four eyes, it waits for another person. A person acts by their role; a token with answer-rules:write acts as a network manager, another as an agent.",
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
