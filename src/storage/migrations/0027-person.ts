// People who sign in to the console, their sessions, one-time links and recovery codes. Of secrets only hashes, or sealed.
import type { Migration } from "./index.ts";

/** See the file's first line. `outlets` is a JSON list, null: all of them. */
export const migration: Migration = {
  number: 27,
  name: "person",
  statements: ({ int, text, bytes }) => [
    `create table person (
      id ${text} primary key,
      login ${text} not null,
      login_folded ${text} not null unique,
      name ${text} not null,
      role ${text} not null,
      outlets ${text},
      language ${text},
      theme ${text} not null,
      password_hash ${text},
      password_at ${int},
      second_factor ${bytes},
      second_factor_step ${int} not null,
      second_factor_wish ${bytes},
      version ${int} not null,
      created_at ${int} not null,
      created_by ${text} not null,
      seen_at ${int},
      blocked_at ${int}
    )`,
    `create table person_session (
      id ${text} primary key,
      hash ${text} not null unique,
      person_id ${text} not null references person (id),
      created_at ${int} not null,
      seen_at ${int} not null,
      fresh_until ${int} not null,
      address ${text} not null,
      agent ${text} not null
    )`,
    "create index person_session_person on person_session (person_id, created_at)",
    "create index person_session_created on person_session (created_at)",
    `create table person_link (
      hash ${text} primary key,
      kind ${text} not null,
      person_id ${text} references person (id),
      drops_second_factor ${int} not null,
      created_at ${int} not null,
      expires_at ${int} not null,
      created_by ${text} not null
    )`,
    "create index person_link_person on person_link (person_id)",
    `create table person_recovery_code (
      person_id ${text} not null references person (id),
      hash ${text} not null,
      primary key (person_id, hash)
    )`,
  ],
};
