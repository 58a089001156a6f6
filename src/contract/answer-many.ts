// Answers to many at once: a kind word to four and five stars without words, looked at text by text before it goes.
import { Type } from "typebox";
import { CHECKS, Remark } from "./answer-shape.ts";
import { filterText, zoneName } from "./desk-item.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, oneOf, output } from "./shape.ts";

/** Most items of one call. */
const MOST = 200;

const REASONS = [
  "not_answerable",
  "wants_own_words",
  "draft_open",
  "changed_meanwhile",
  "kept_back",
] as const;

const body = input(
  {
    filter: filterText,
    zone: Type.Optional(zoneName),
    itemIds: Type.Optional(
      Type.Array(identifier("Id of an item."), {
        minItems: 1,
        maxItems: MOST,
        description: "Of what the filter finds only these; left out: all.",
      }),
    ),
    text: Type.Optional(
      nullable(
        Type.String({
          maxLength: 10_000,
          description: "What customers read; {name}, {branch} and {dish} are filled in for each.",
        }),
        "Null or absent: the template's, filled in for each.",
      ),
    ),
    templateId: Type.Optional(nullable(identifier("A template."), "Null or absent: none.")),
    confirmed: Type.Optional(
      Type.Array(oneOf(CHECKS), {
        maxItems: 20,
        description: "Warnings of the preview that were seen and are meant so.",
      }),
    ),
    after: Type.Optional(
      Type.String({ maxLength: 20, pattern: "^[0-9]+$", description: "The `next` of the call before." }),
    ),
    most: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MOST, default: 100, description: "Items of this call." }),
    ),
  },
  {
    title: "AnswerManyIn",
    examples: [{ filter: "state:new rating:4..5 -has:comment", text: "Спасибо! Ждём вас снова." }],
  },
);

const entry = output(
  {
    itemId: identifier("Id of the item."),
    orderId: Type.String({ description: "Id of the order." }),
    branchId: nullable(Type.String(), "Our outlet."),
    rating: nullable(Type.Integer(), "Stars."),
    text: Type.String({ description: "What this customer reads; empty: nothing goes." }),
    remarks: Type.Array(Remark, { description: "What the checks say of it." }),
    reason: nullable(
      oneOf(
        REASONS,
        "wants_own_words: three stars or fewer, or the customer wrote something; draft_open: somebody has begun an answer; kept_back: see remarks.",
      ),
      "Why it does not go; null: it does.",
    ),
    answerId: nullable(Type.String(), "The answer in the queue; null: none, always in a preview."),
    sendAt: nullable(moment("When it leaves."), "Until then it can be taken back; null: nothing leaves."),
  },
  { title: "OneOfMany" },
);

const answer = output(
  {
    sent: count("How many may go, or went into the queue."),
    entries: Type.Array(entry, { description: "Each item with its own text, in the order of arrival." }),
    next: nullable(Type.String(), "Give it as `after` to go on; null: all had their turn."),
  },
  { title: "AnswerManyReport" },
);

const many = {
  method: "POST",
  tag: "answers",
  scope: "answers:write",
  body,
  status: 200,
  answer,
  problems: ["filter_refused", "answer_refused"],
} as const;

/** Shows what would go. */
export const previewManyAnswers = operation({
  ...many,
  id: "previewManyAnswers",
  path: "/answers/many/preview",
  summary: "See each text of an answer to many before it goes",
  description: "Writes nothing. A text that another of them gets, too, is remarked on.",
  isReading: true,
});

/** Sends it. */
export const sendManyAnswers = operation({
  ...many,
  id: "sendManyAnswers",
  path: "/answers/many",
  summary: "Answer many at once: four and five stars without words, never with a promo code",
  description:
    "Each is checked and sent like a single answer, ten seconds later unless it is undone, at most once: the same call again sends nothing twice.",
});

/** Takes it back. */
export const undoManyAnswers = operation({
  id: "undoManyAnswers",
  method: "POST",
  path: "/answers/many/undo",
  tag: "answers",
  scope: "answers:write",
  summary: "Take many answers back that are not on their way",
  description:
    "What is taken back leaves no draft. One that is on its way or gone stays as it is, and is told so.",
  body: input(
    {
      answerIds: Type.Array(identifier("The `answerId` of an entry."), {
        minItems: 1,
        maxItems: MOST,
        description: "Which.",
      }),
    },
    { title: "UndoManyIn", examples: [{ answerIds: ["01980000-0000-7000-8000-000000000000"] }] },
  ),
  status: 200,
  answer: output(
    {
      takenBack: count("How many were taken back."),
      entries: Type.Array(
        output({
          answerId: identifier("The answer."),
          isTakenBack: Type.Boolean({ description: "False: too late, or no answer of the caller." }),
        }),
        { description: "Each that was named, once." },
      ),
    },
    { title: "UndoManyReport" },
  ),
  problems: [],
});
