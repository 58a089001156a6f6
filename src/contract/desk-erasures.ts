// Erasure of personal data from feedback, and the acts that prove it.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const texts = (description: string) => Type.Array(Type.String(), { description });

const ErasureAct = output(
  {
    id: identifier("Number of the act."),
    at: moment("When the data were erased."),
    actor: Type.String({ description: "Who did it: a token's id, or cli." }),
    reason: Type.String({ description: "Why." }),
    subject: output({
      kind: oneOf(["order", "customer"], "Whose data."),
      id: Type.String({ description: "Id of the order or customer." }),
    }),
    orders: texts("Orders that were gone through."),
    items: texts("Items of the desk."),
    erased: Type.Record(Type.String(), Type.Integer(), { description: "Rows emptied or removed, by kind." }),
    database: oneOf(["sqlite", "postgres"], "What kept the data."),
    files: output({
      removed: texts("Exported files that spoke of the orders and were removed."),
      left: texts("Files that a person has to remove."),
    }),
    audit: Type.Array(
      output({
        number: count("Number of the entry."),
        at: moment("When."),
        action: Type.String(),
        hash: Type.String({ description: "Its link of the chain." }),
      }),
      { description: "The extract of the event log about these items." },
    ),
    hash: Type.String({ description: "SHA-256 of the act as it is kept, base64url." }),
    isWhole: Type.Boolean({ description: "The act still has that hash." }),
    keepUntil: moment("When the act itself may go."),
  },
  { title: "ErasureAct" },
);

const byAct = input({ actId: identifier("Number of the act.") });

/** Erases. */
export const createErasure = operation({
  id: "createErasure",
  method: "POST",
  path: "/desk/erasures",
  tag: "desk",
  summary: "Erase the personal data of an order or a customer",
  description:
    "Words, names, phones, addresses, raw bodies, notes and answers go, also from copies and exported files; of a customer the traits, cards, phones, carts and personal codes too. Stars, days, sums and points stay, under the id that the shop gave. What is delivered again later is not stored. There is no way back.",
  scope: "erasures:write",
  body: input(
    {
      kind: oneOf(["order", "customer"], "Whose data."),
      id: identifier("The order's id in your system, or the customer's external id."),
      knownAs: Type.Optional(
        Type.Array(Type.String({ minLength: 4, maxLength: 200 }), {
          maxItems: 20,
          description:
            "Of a customer: names, phones, cards and addresses, looked for in bodies and events that hang on no order. They are kept nowhere.",
        }),
      ),
      reason: Type.String({
        minLength: 1,
        maxLength: 500,
        description: "Why, for the act, without personal data.",
      }),
    },
    { title: "ErasureIn", examples: [{ kind: "order", id: "1001", reason: "Request of the person" }] },
  ),
  status: 200,
  answer: output(
    {
      kind: oneOf(["erased", "nothing_known"], "nothing_known: nothing is kept of it."),
      act: nullable(ErasureAct, "The act; null: nothing was there to be erased."),
    },
    { title: "ErasureOutcome" },
  ),
  isCreating: true,
  problems: ["answer_on_its_way"],
});

/** Acts. */
export const listErasures = operation({
  id: "listErasures",
  method: "GET",
  path: "/desk/erasures",
  tag: "desk",
  summary: "List acts of erasure, newest first",
  scope: "erasures:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(ErasureAct, "ErasureActPage"),
});

/** One act. */
export const getErasure = operation({
  id: "getErasure",
  method: "GET",
  path: "/desk/erasures/{actId}",
  tag: "desk",
  summary: "Read an act of erasure",
  scope: "erasures:read",
  params: byAct,
  status: 200,
  answer: ErasureAct,
});

/** One act for print. */
export const getErasurePage = operation({
  id: "getErasurePage",
  method: "GET",
  path: "/desk/erasures/{actId}/page",
  tag: "desk",
  summary: "Read an act of erasure as a page for print, in Russian",
  scope: "erasures:read",
  params: byAct,
  status: 200,
  files: ["text/html"],
});
