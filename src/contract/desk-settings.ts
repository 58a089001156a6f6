// Settings of the feedback desk: saved views, when answers are due; and the audit log.
import { Type } from "typebox";
import { filterText, SORTS } from "./desk-item.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const DeskView = output(
  {
    id: identifier("Id of the view."),
    isShared: Type.Boolean({ description: "Everybody sees it; else only the caller." }),
    name: Type.String(),
    filter: Type.String({ description: "As written: today and me are the reader's." }),
    sort: oneOf(SORTS),
    createdAt: moment("When it was made."),
  },
  { title: "DeskView" },
);

const DeskViewIn = input(
  {
    isShared: Type.Boolean({ description: "Everybody sees it; else only the caller." }),
    name: Type.String({ minLength: 1, maxLength: 100, description: "Its name." }),
    filter: filterText,
    sort: oneOf(SORTS),
  },
  {
    title: "DeskViewIn",
    examples: [{ isShared: true, name: "Cold and late", filter: "rating:1..2 late:>30m", sort: "due" }],
  },
);

const byView = input({ viewId: identifier("Id of the view.") });

/** Views. */
export const listDeskViews = operation({
  id: "listDeskViews",
  method: "GET",
  path: "/desk/views",
  tag: "desk",
  summary: "List shared views and own ones",
  scope: "feedback:read",
  query: input(PAGE),
  status: 200,
  answer: pageOf(DeskView, "DeskViewPage"),
});

/** Saves a new view. */
export const createDeskView = operation({
  id: "createDeskView",
  method: "POST",
  path: "/desk/views",
  tag: "desk",
  summary: "Save a filter as a view",
  scope: "feedback:write",
  body: DeskViewIn,
  status: 201,
  answer: DeskView,
  isCreating: true,
  problems: ["filter_refused"],
});

/** Writes a view anew. */
export const putDeskView = operation({
  id: "putDeskView",
  method: "PUT",
  path: "/desk/views/{viewId}",
  tag: "desk",
  summary: "Change a view",
  scope: "feedback:write",
  params: byView,
  body: DeskViewIn,
  status: 200,
  answer: DeskView,
  problems: ["filter_refused"],
});

/** Removes a view. */
export const removeDeskView = operation({
  id: "removeDeskView",
  method: "DELETE",
  path: "/desk/views/{viewId}",
  tag: "desk",
  summary: "Remove a view",
  scope: "feedback:write",
  params: byView,
  status: 204,
});

const minuteOfDay = (description: string) => Type.Integer({ minimum: 0, maximum: 1440, description });

const hours = Type.Array(
  input({
    weekday: Type.Integer({ minimum: 1, maximum: 7, description: "1 Monday to 7 Sunday." }),
    from: minuteOfDay("Minute of the day."),
    to: minuteOfDay("Minute of the day, not included."),
  }),
  { maxItems: 70, description: "When anybody works; empty: always." },
);

const star = (description: string) => Type.Integer({ minimum: 1, maximum: 5, description });

/** When answers are due. */
export const DeskPolicy = input(
  {
    rules: Type.Array(
      input({
        source: nullable(oneOf(["app", "yandex-eats"]), "null: any."),
        branchId: nullable(identifier("Outlet."), "null: any."),
        from: star("Stars from."),
        to: star("Stars to, included."),
        isWithText: Type.Boolean({ description: "Only feedback with words." }),
        minutes: nullable(
          Type.Integer({ minimum: 1, maximum: 100_000 }),
          "Working minutes; null: nothing is due.",
        ),
      }),
      { maxItems: 200, description: "The first that fits counts." },
    ),
    hours,
    branchHours: Type.Array(input({ branchId: identifier("Outlet."), hours }), {
      maxItems: 2000,
      description: "Of branches with hours of their own.",
    }),
  },
  {
    title: "DeskPolicy",
    description: "How soon a first answer is due, in working minutes.",
    examples: [
      {
        rules: [{ source: null, branchId: null, from: 1, to: 2, isWithText: false, minutes: 120 }],
        hours: [{ weekday: 1, from: 540, to: 1260 }],
        branchHours: [],
      },
    ],
  },
);

/** Reads the policy. */
export const getDeskPolicy = operation({
  id: "getDeskPolicy",
  method: "GET",
  path: "/desk/policy",
  tag: "desk",
  summary: "Read when first answers are due, and working hours",
  scope: "feedback:read",
  status: 200,
  answer: DeskPolicy,
});

/** Sets the policy. */
export const putDeskPolicy = operation({
  id: "putDeskPolicy",
  method: "PUT",
  path: "/desk/policy",
  tag: "desk",
  summary: "Set when first answers are due, and working hours",
  description: "It counts for what comes or is opened again from now on.",
  scope: "feedback:write",
  body: DeskPolicy,
  status: 200,
  answer: DeskPolicy,
});

const AuditEntry = output(
  {
    number: count("From 1, without holes."),
    at: moment("When."),
    actor: Type.String({ description: "Who." }),
    action: Type.String({ description: "What, such as desk.work." }),
    subject: Type.String({ description: "Of which thing." }),
    details: Type.Unsafe<object>({ type: "object", description: "What there is to know besides." }),
    hash: Type.String({ description: "SHA-256 over this entry and the hash before it, base64url." }),
  },
  { title: "AuditEntry" },
);

/** Entries of the audit log. */
export const listAuditEntries = operation({
  id: "listAuditEntries",
  method: "GET",
  path: "/audit/entries",
  tag: "desk",
  summary: "Read the audit log",
  description:
    "Who did what, when, and what it was before and is after. Whatever a call changes is in it, written in the same transaction; what the shop's systems tell for each thing that happens (statuses of orders, facts about customers, balances, codes at a till) has a history of its own instead. Nothing in it is ever changed or removed.",
  scope: "audit:read",
  query: input({
    subject: Type.Optional(identifier("Only entries about this item or thing.")),
    actor: Type.Optional(identifier("Only what this person or token did.")),
    action: Type.Optional(
      identifier("Only this action, or with a dot at the end all that begin so: channels."),
    ),
    from: Type.Optional(moment("Not before.")),
    until: Type.Optional(moment("Before.")),
    order: Type.Optional(oneOf(["oldest", "newest"], "Which come first; oldest when left out.")),
    ...PAGE,
  }),
  status: 200,
  answer: pageOf(AuditEntry, "AuditEntryPage"),
});

/** One entry. */
export const getAuditEntry = operation({
  id: "getAuditEntry",
  method: "GET",
  path: "/audit/entries/{entryNumber}",
  tag: "desk",
  summary: "Read one entry of the audit log",
  scope: "audit:read",
  params: input({ entryNumber: identifier("Its number, from 1.") }),
  status: 200,
  answer: AuditEntry,
});

/** Checks the audit log. */
export const verifyAudit = operation({
  id: "verifyAudit",
  method: "GET",
  path: "/audit/proof",
  tag: "desk",
  summary: "Check that nobody changed the audit log",
  scope: "audit:read",
  status: 200,
  answer: output(
    {
      entries: count("Entries that stand, from the first on."),
      brokenAt: nullable(count("Number."), "The first entry that was changed or is missing; null: none."),
      head: Type.String({ description: "Hash of the last entry that stands, to be kept elsewhere." }),
    },
    { title: "AuditProof" },
  ),
});
