// Imports of opening balances: each is one batch that is taken once and can be taken back as a whole.
import type { Migration } from "./index.ts";

/** See the file's first line. The movements of a batch are found by the keys that import-balances.ts gives them. */
export const migration: Migration = {
  number: 16,
  name: "balance-import",
  statements: ({ int, text }) => [
    `create table balance_import (
      id ${text} primary key,
      name ${text} not null,
      hash ${text} not null,
      actor ${text} not null,
      state ${text} not null,
      rows ${int} not null,
      total ${int} not null,
      started_at ${int} not null,
      finished_at ${int},
      undone_at ${int},
      undone_by ${text},
      missing ${int} not null,
      lost ${int} not null
    )`,
    // The same file is taken once, until it is taken back.
    "create unique index balance_import_live on balance_import (hash) where undone_at is null",
    `create table balance_import_row (
      import_id ${text} not null references balance_import (id),
      position ${int} not null,
      customer_id ${text} not null,
      points ${int} not null,
      primary key (import_id, position)
    )`,
    // A merge asks by customer.
    "create index limit_use_customer on limit_use (subject) where kind = 'customer'",
  ],
};
