// What people note on days of the trend: a new menu, another courier partner.
import type { Migration } from "./index.ts";

/** See the file's first line. Branch and source null: of all. */
export const migration: Migration = {
  number: 35,
  name: "trend-note",
  statements: ({ int, text }) => [
    `create table trend_note (
      id ${text} primary key,
      day ${int} not null,
      branch_id ${text},
      source ${text},
      body ${text} not null,
      author ${text} not null,
      at ${int} not null
    )`,
    "create index trend_note_day on trend_note (day)",
  ],
};
