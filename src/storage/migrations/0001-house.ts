// The house itself: settings the program keeps, keys of channels, tokens of the management API.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 1,
  name: "house",
  statements: ({ int, text }) => [
    `create table setting (name ${text} primary key, value ${text} not null)`,
    `create table channel_key (
      id ${text} primary key,
      channel ${text} not null,
      label ${text} not null,
      prefix ${text} not null,
      hash ${text} not null unique,
      created_at ${int} not null,
      revoked_at ${int},
      last_used_at ${int}
    )`,
    `create table api_token (
      id ${text} primary key,
      label ${text} not null,
      prefix ${text} not null,
      hash ${text} not null unique,
      scopes ${text} not null,
      created_at ${int} not null,
      expires_at ${int},
      revoked_at ${int},
      last_used_at ${int}
    )`,
  ],
};
