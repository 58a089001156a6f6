// Ready-made answers.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { identifier, input, moment, oneOf, output, PAGE, pageOf } from "./shape.ts";

const templateFields = {
  name: Type.String({ minLength: 1, maxLength: 100, description: "Its name." }),
  language: oneOf(["ru", "en"], "Language of its text."),
  text: Type.String({
    minLength: 1,
    maxLength: 10_000,
    description: "With {name}, {branch}, {dish} and {promo} where they are filled in.",
  }),
  starsFrom: Type.Integer({ minimum: 1, maximum: 5, description: "Fewest stars that it suits." }),
  starsTo: Type.Integer({ minimum: 1, maximum: 5, description: "Most stars that it suits." }),
  topics: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), {
    maxItems: 30,
    description: "Topics that it suits; empty: every one.",
  }),
};

const Template = output(
  {
    id: identifier("Id of the template."),
    ...templateFields,
    updatedBy: Type.String({ description: "Who wrote it last." }),
    updatedAt: moment("When."),
  },
  { title: "AnswerTemplate" },
);

const TemplateIn = input(templateFields, {
  title: "AnswerTemplateIn",
  examples: [
    {
      name: "Cold food",
      language: "en",
      text: "{name}, we are sorry about {dish}.",
      starsFrom: 1,
      starsTo: 3,
      topics: [],
    },
  ],
});

/** Templates. */
export const listAnswerTemplates = operation({
  id: "listAnswerTemplates",
  method: "GET",
  path: "/answer-rules/templates",
  tag: "answers",
  summary: "List templates of answers",
  scope: "answers:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(Template, "AnswerTemplatePage"),
});

/** Adds a template. */
export const createAnswerTemplate = operation({
  id: "createAnswerTemplate",
  method: "POST",
  path: "/answer-rules/templates",
  tag: "answers",
  summary: "Add a template",
  scope: "answer-rules:write",
  body: TemplateIn,
  status: 201,
  answer: Template,
  isCreating: true,
  problems: ["answer_refused"],
});

const byTemplate = input({ templateId: identifier("Id of the template.") });

/** Changes a template. */
export const putAnswerTemplate = operation({
  id: "putAnswerTemplate",
  method: "PUT",
  path: "/answer-rules/templates/{templateId}",
  tag: "answers",
  summary: "Change a template",
  scope: "answer-rules:write",
  params: byTemplate,
  body: TemplateIn,
  status: 200,
  answer: Template,
  problems: ["answer_refused"],
});

/** Removes a template. */
export const removeAnswerTemplate = operation({
  id: "removeAnswerTemplate",
  method: "DELETE",
  path: "/answer-rules/templates/{templateId}",
  tag: "answers",
  summary: "Remove a template",
  scope: "answer-rules:write",
  params: byTemplate,
  status: 204,
});
