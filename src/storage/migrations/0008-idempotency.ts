// What the management API needs beside the nouns: answers kept under the caller's key, and indexes for its lists.
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
    // The last call of a client is shown beside it.
    "create index delivery_client on delivery (client_id, received_at)",
    "create index oauth_token_client on oauth_token (client_id, issued_at)",
  ],
};
