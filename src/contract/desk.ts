// The feedback desk: items of every channel found by one filter, and people's work on them.
import { Type } from "typebox";
import {
  DeskBulkChange,
  DeskChange,
  DeskDetail,
  DeskItem,
  filterText,
  QUEUE_SORTS,
  SORTS,
  zoneName,
} from "./desk-item.ts";
import { operation } from "./operation.ts";
import { count, identifier, input, oneOf, output, PAGE, pageOf } from "./shape.ts";

const byItem = input({ itemId: identifier("Id of the item.") });

/** Most items that one call changes, and how many it does when nothing is said. */
export const BULK_LIMIT = { most: 10_000, usual: 2000 } as const;

/** Most filters of one call that counts. */
const COUNTS_LIMIT = 40;

/** Items by a filter. */
export const listDeskItems = operation({
  id: "listDeskItems",
  method: "GET",
  path: "/desk/items",
  tag: "desk",
  summary: "List items of the desk by a filter",
  description: "Items that arrive while pages are read move nothing.",
  scope: "feedback:read",
  query: input({
    filter: Type.Optional(filterText),
    sort: Type.Optional(
      oneOf(
        [...SORTS, ...QUEUE_SORTS],
        "newest (the usual): latest arrival first; oldest; due: what is due soonest; stars: fewest first; value: most value at risk first; left: least time left first, by the answer deadline that was learned; both of open items only.",
      ),
    ),
    zone: Type.Optional(zoneName),
    ...PAGE,
  }),
  status: 200,
  answer: pageOf(DeskItem, "DeskItemPage"),
  problems: ["filter_refused"],
});

/** Counts of several filters. */
export const countDeskItems = operation({
  id: "countDeskItems",
  method: "POST",
  path: "/desk/counts",
  tag: "desk",
  summary: "Count the items of several filters",
  description: "All of one moment, each counted no further than 10 000.",
  scope: "feedback:read",
  isReading: true,
  body: input(
    {
      filters: Type.Array(filterText, { minItems: 1, maxItems: COUNTS_LIMIT, description: "The filters." }),
      zone: Type.Optional(zoneName),
    },
    { title: "DeskCountsIn", examples: [{ filters: ["state:new", "is:overdue", "assignee:me"] }] },
  ),
  status: 200,
  answer: output(
    {
      counts: Type.Array(
        output({
          count: count("How many match, at most 10 000."),
          isMore: Type.Boolean({ description: "There may be more than that." }),
        }),
        { description: "In the order of the filters." },
      ),
      open: Type.Array(
        output({ itemId: identifier("Id of the item."), personId: identifier("Who has it open.") }),
        { description: "What colleagues have open just now, whatever the filters." },
      ),
    },
    { title: "DeskCounts" },
  ),
  problems: ["filter_refused"],
});

/** One item. */
export const getDeskItem = operation({
  id: "getDeskItem",
  method: "GET",
  path: "/desk/items/{itemId}",
  tag: "desk",
  summary: "Read one item with its thread and the story of its order",
  scope: "feedback:read",
  params: byItem,
  status: 200,
  answer: DeskDetail,
});

/** Work on one item. */
export const workOnDeskItem = operation({
  id: "workOnDeskItem",
  method: "POST",
  path: "/desk/items/{itemId}/work",
  tag: "desk",
  summary: "Change an item: assign, state, tags, topics, notes, cause, appeal, refund",
  description:
    "All changes or none. Of two callers who saw the same version one succeeds, the other is told the version that stands.",
  scope: "feedback:write",
  params: byItem,
  body: input(
    {
      version: count("The version that was seen."),
      changes: Type.Array(DeskChange, { minItems: 1, maxItems: 20, description: "In this order." }),
    },
    {
      title: "DeskWorkIn",
      examples: [{ version: 1, changes: [{ kind: "word", of: "tag", word: "cold", isOn: true }] }],
    },
  ),
  status: 200,
  answer: DeskItem,
  problems: ["stale_version", "work_refused"],
});

/** Work on everything that a filter finds. */
export const workOnDesk = operation({
  id: "workOnDesk",
  method: "POST",
  path: "/desk/bulk",
  tag: "desk",
  summary: "Make one change of every item that a filter finds",
  description: "The same call again changes nothing twice. Notes and promo codes are not for many.",
  scope: "feedback:write",
  body: input(
    {
      filter: filterText,
      zone: Type.Optional(zoneName),
      change: DeskBulkChange,
      most: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: BULK_LIMIT.most,
          default: BULK_LIMIT.usual,
          description: "Items of this call; what is beyond is left and told.",
        }),
      ),
    },
    {
      title: "DeskBulkIn",
      examples: [{ filter: "state:new rating:5 -has:comment", change: { kind: "state", to: "no_reaction" } }],
    },
  ),
  status: 200,
  answer: output(
    {
      found: count("Matched."),
      changed: count("Changed."),
      unchanged: count("Were so already."),
      refused: count("Could not be changed."),
      isMore: Type.Boolean({ description: "More match than one call changes: call again." }),
    },
    { title: "DeskBulkReport" },
  ),
  problems: ["filter_refused"],
});

/** Kinds of files. */
const TABLES = ["csv", "xlsx"] as const;

/** Items as a table. */
export const exportDesk = operation({
  id: "exportDesk",
  method: "GET",
  path: "/desk/export",
  tag: "desk",
  summary: "Read the items that a filter finds as a table",
  description:
    "In the order of arrival, sent while it is made. Texts that a spreadsheet would compute are only shown.",
  scope: "feedback:read",
  query: input({
    filter: Type.Optional(filterText),
    zone: Type.Optional(zoneName),
    itemIds: Type.Optional(
      Type.String({
        maxLength: 8000,
        pattern: "^[^,]+(,[^,]+)*$",
        description: "Of what the filter finds only these: ids, by commas, 200 at most; left out: all.",
      }),
    ),
    format: Type.Optional(oneOf(TABLES, "csv (the usual): UTF-8 with a mark, semicolons; or xlsx.")),
    language: Type.Optional(oneOf(["ru", "en"], "Of the heading; left out: ru.")),
  }),
  status: 200,
  files: ["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  problems: ["filter_refused"],
});

/** Words in use. */
export const listDeskWords = operation({
  id: "listDeskWords",
  method: "GET",
  path: "/desk/words",
  tag: "desk",
  summary: "List tags or topics in use",
  scope: "feedback:read",
  query: input({ kind: oneOf(["tag", "topic"], "Which words.") }),
  status: 200,
  answer: output(
    {
      words: Type.Array(output({ word: Type.String(), count: count("Items that have it.") }), {
        description: "Most used first, at most 500.",
      }),
    },
    { title: "DeskWords" },
  ),
});
