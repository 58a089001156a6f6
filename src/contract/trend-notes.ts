// Notes on the trend of the dashboard: what happened on a day that the numbers do not tell.
import { Type } from "typebox";
import { SOURCES } from "./desk-item.ts";
import { operation } from "./operation.ts";
import { identifier, input, moment, nullable, oneOf, output } from "./shape.ts";

const day = Type.String({ format: "date", description: "The day it happened." });
const ofBranch = "Our outlet; null: all of them.";
const ofSource = "Where ratings come from; null: everywhere.";

const TrendNote = output(
  {
    id: identifier("Id of the note."),
    day,
    branchId: nullable(Type.String(), ofBranch),
    source: nullable(oneOf(SOURCES), ofSource),
    text: Type.String({ description: "What happened." }),
    author: Type.String({ description: "Id of the person or token who wrote it." }),
    at: moment("When it was written."),
  },
  { title: "TrendNote" },
);

/** Notes of some days. */
export const listTrendNotes = operation({
  id: "listTrendNotes",
  method: "GET",
  path: "/desk/trend-notes",
  tag: "desk",
  summary: "List notes on days of the trend",
  description:
    "Latest days first, five hundred at most. Who works for some outlets sees theirs and the general ones.",
  scope: "feedback:read",
  query: input({
    from: Type.Optional(Type.String({ format: "date", description: "First day; left out: from the first." })),
    to: Type.Optional(Type.String({ format: "date", description: "Last day; left out: to the last." })),
  }),
  status: 200,
  answer: output({ notes: Type.Array(TrendNote) }, { title: "TrendNotes" }),
});

/** Writes one. */
export const createTrendNote = operation({
  id: "createTrendNote",
  method: "POST",
  path: "/desk/trend-notes",
  tag: "desk",
  summary: "Note what happened on a day",
  scope: "feedback:write",
  body: input(
    {
      day,
      branchId: Type.Optional(nullable(identifier("Our outlet."), ofBranch)),
      source: Type.Optional(nullable(oneOf(SOURCES), ofSource)),
      text: Type.String({
        minLength: 1,
        maxLength: 200,
        pattern: "\\S",
        description: "What happened; no personal data.",
      }),
    },
    { title: "TrendNoteIn", examples: [{ day: "2026-11-02", text: "A new menu" }] },
  ),
  status: 201,
  answer: TrendNote,
  isCreating: true,
});

/** Removes one. */
export const removeTrendNote = operation({
  id: "removeTrendNote",
  method: "DELETE",
  path: "/desk/trend-notes/{noteId}",
  tag: "desk",
  summary: "Remove a note on the trend",
  scope: "feedback:write",
  params: input({ noteId: identifier("Id of the note.") }),
  status: 204,
});
