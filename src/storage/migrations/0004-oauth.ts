// Who may deliver: clients of a channel, their secrets and the tokens issued for them, all secrets as hashes.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 4,
  name: "oauth",
  statements: ({ int, text }) => [
    `create table oauth_client (
      id ${text} primary key,
      channel ${text} not null,
      label ${text} not null,
      created_at ${int} not null,
      revoked_at ${int}
    )`,
    `create table oauth_secret (
      id ${text} primary key,
      client_id ${text} not null references oauth_client (id),
      hash ${text} not null,
      created_at ${int} not null,
      revoked_at ${int}
    )`,
    `create index oauth_secret_client on oauth_secret (client_id)`,
    // No reference to oauth_client: clients named in the settings have tokens too.
    `create table oauth_token (
      hash ${text} primary key,
      channel ${text} not null,
      client_id ${text} not null,
      secret_id ${text} not null,
      scope ${text} not null,
      issued_at ${int} not null,
      accepted_until ${int} not null
    )`,
    `create index oauth_token_accepted on oauth_token (accepted_until)`,
  ],
};
