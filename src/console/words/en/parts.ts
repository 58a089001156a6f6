// Words of shared parts: tables, states, dialogs.
import type { Same } from "../../words.ts";
import type { parts as ru } from "../ru/parts.ts";

/** Texts of shared parts. */
export const parts: Same<typeof ru> = {
  cancel: "Cancel",
  confirm: "Confirm",
  save: "Save",
  showPassword: "Show the password",
  copy: "Copy",
  copied: "Copied",
  undo: "Undo",
  export: "Export",
  file: { csv: "CSV table", xlsx: "XLSX table" },
  all: "All",
  backTo: "← {{name}}",
  points: { one: "{{points}} point", other: "{{points}} points" },
  table: {
    view: "View of the table",
    columns: "Columns",
    density: "Rows",
    dense: "Dense",
    roomy: "Roomy",
    select: "Select the row",
    selectAll: "Select all",
    selected: { one: "{{count}} row selected", other: "{{count}} rows selected" },
    clear: "Clear",
    more: "Show more",
    shown: { one: "{{count}} row shown", other: "{{count}} rows shown" },
    news: { one: "{{count}} new", other: "{{count}} new" },
  },
  error: {
    title: "This could not be shown",
    request: "Request: {{id}}",
    retry: "Try again",
  },
  broken: {
    title: "The page did not open",
    text: "If the server was updated lately, loading again helps.",
    action: "Load again",
  },
  notFound: {
    title: "There is no such page",
    text: "The link may be old, or the thing was removed.",
    action: "To the home page",
  },
  noScope: {
    text: "Your role does not open this page. Ask an administrator for the right:",
    outlets:
      "This page shows the whole network and opens for people of all outlets only. You are set on some.",
  },
  fresh: {
    title: "Confirm that it is you",
    text: "This needs your password. It will not be asked again for 10 minutes.",
  },
  secret: {
    once: "Shown once. Copy it now: it cannot be seen again.",
    done: "Copied, close",
  },
  json: { more: "Expand", less: "Collapse" },
  diff: {
    place: "Place",
    before: "Before",
    after: "After",
    nothing: "No changes",
    added: "added",
    removed: "removed",
  },
  stars: { one: "{{count}} star of {{most}}", other: "{{count}} stars of {{most}}" },
  interval: "{{value}}, likely from {{low}} to {{high}}",
  chart: { table: "Numbers as a table", chart: "Chart", empty: "No data for this period", time: "Time" },
};
