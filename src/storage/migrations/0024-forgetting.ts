// What was taken out of feedback, by time or by wish: so that it is not stored again, and so that no number changes.
import type { Migration } from "./index.ts";

/**
 * See the file's first line. `forgotten` is a sum: 1 names, 2 words, 4 all by an act of erasure. `words_gone` says that a
 * rating had words. `erased_source` holds salted hashes of what channels call a feedback that was erased.
 */
export const migration: Migration = {
  number: 24,
  name: "forgetting",
  statements: ({ int, text }) => [
    `alter table feedback_item add column forgotten ${int} not null default 0`,
    `alter table rating add column forgotten ${int} not null default 0`,
    `alter table rating add column words_gone ${int} not null default 0`,
    `alter table rating_revision add column words_gone ${int} not null default 0`,
    "create index feedback_item_words on feedback_item (first_received_at, id) where forgotten in (0, 1)",
    "create index feedback_item_names on feedback_item (first_received_at, id) where forgotten in (0, 2)",
    "create index rating_words on rating (first_received_at, id) where forgotten = 0",
    `create table erased_source (hash ${text} primary key, at ${int} not null)`,
  ],
};
