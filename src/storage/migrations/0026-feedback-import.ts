// Imports of past feedback: each is one batch that is taken once and can be taken back as a whole.
import type { Migration } from "./index.ts";

/** See the file's first line. A row names the record that it made. */
export const migration: Migration = {
  number: 26,
  name: "feedback-import",
  statements: ({ int, text }) => [
    `create table feedback_import (
      id ${text} primary key,
      name ${text} not null,
      hash ${text} not null,
      actor ${text} not null,
      state ${text} not null,
      rows ${int} not null,
      started_at ${int} not null,
      finished_at ${int},
      undone_at ${int},
      undone_by ${text},
      kept ${int} not null
    )`,
    // The same file is taken once, until it is taken back.
    "create unique index feedback_import_live on feedback_import (hash) where undone_at is null",
    `create table feedback_import_row (
      import_id ${text} not null references feedback_import (id),
      position ${int} not null,
      item_id ${text},
      is_rating ${int} not null,
      primary key (import_id, position)
    )`,
    "create index feedback_import_row_item on feedback_import_row (item_id) where item_id is not null",
  ],
};
