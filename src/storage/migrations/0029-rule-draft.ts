// Drafts of rule sets.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 29,
  name: "rule-draft",
  statements: ({ int, text }) => [
    `create table rule_draft (
      id ${text} primary key,
      name ${text} not null,
      note ${text} not null,
      base_version ${int} not null,
      document ${text} not null,
      version ${int} not null,
      created_by ${text} not null,
      created_at ${int} not null,
      updated_by ${text} not null,
      updated_at ${int} not null,
      published_version ${int},
      published_at ${int}
    )`,
  ],
};
