// Who has an item of the desk open: leases that end by themselves.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 32,
  name: "desk-look",
  statements: ({ int, text }) => [
    `create table desk_look (
      item_id ${text} not null,
      person_id ${text} not null,
      until ${int} not null,
      primary key (item_id, person_id)
    )`,
    "create index desk_look_until on desk_look (until)",
  ],
};
