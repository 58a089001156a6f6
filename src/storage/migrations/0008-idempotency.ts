// Answers of the management API kept under the caller's key, so that a repeat makes nothing twice.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 8,
  name: "idempotency",
  statements: ({ int, text, bytes }) => [
    `create table idempotency_key (
      token_id ${text} not null,
      name ${text} not null,
      fingerprint ${text} not null,
      status ${int},
      answer ${bytes},
      created_at ${int} not null,
      primary key (token_id, name)
    )`,
    "create index idempotency_key_age on idempotency_key (created_at)",
  ],
};
