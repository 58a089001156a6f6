// Promo codes that people have blocked, by their folded spelling: also those that only a promotion lists.
import type { Migration } from "./index.ts";

/** See the file's first line. A row stays when the code is let go again, so that its version goes on. */
export const migration: Migration = {
  number: 36,
  name: "code-block",
  statements: ({ int, text }) => [
    `create table code_block (
      folded ${text} primary key,
      is_blocked ${int} not null,
      reason ${text} not null,
      changed_by ${text} not null,
      changed_at ${int} not null,
      version ${int} not null
    )`,
  ],
};
