// Notices: where people are told, what they have still to be told, alert rules for single items, and filters of webhooks.
import type { Migration } from "./index.ts";

/**
 * See the file's first line. The primary key of `notice` is the promise that a destination is told nothing twice: its key is the
 * rule with the item, the alarm, or the week of the digest. A notice belongs to no message until the sender makes one of it.
 */
export const migration: Migration = {
  number: 25,
  name: "notice",
  statements: ({ int, text }) => [
    `create table notice_destination (
      id ${text} primary key,
      kind ${text} not null,
      address ${text} not null,
      label ${text} not null,
      language ${text} not null,
      gets_items ${int} not null,
      gets_alarms ${int} not null,
      gets_digest ${int} not null,
      quiet_from ${int},
      quiet_to ${int},
      zone ${text},
      is_on ${int} not null,
      holder ${text},
      lease_until ${int},
      paused_until ${int},
      problem ${text},
      problem_at ${int},
      sent_at ${int},
      skipped ${int} not null,
      skipped_since ${int},
      created_at ${int} not null,
      updated_at ${int} not null
    )`,
    `create table notice (
      destination_id ${text} not null,
      key ${text} not null,
      kind ${text} not null,
      body ${text} not null,
      at ${int} not null,
      state ${text} not null,
      message_id ${text},
      primary key (destination_id, key)
    )`,
    "create index notice_waiting on notice (destination_id, at, key) where state = 'waiting'",
    "create index notice_message_of on notice (message_id) where message_id is not null",
    "create index notice_at on notice (at)",
    `create table notice_message (
      id ${text} primary key,
      destination_id ${text} not null,
      place ${int} not null,
      is_together ${int} not null,
      is_alone ${int} not null,
      state ${text} not null,
      attempts ${int} not null,
      misses ${int} not null,
      skipped ${int} not null,
      skipped_since ${int},
      problem ${text},
      made_at ${int} not null,
      ended_at ${int}
    )`,
    "create index notice_message_waiting on notice_message (destination_id, made_at, place) where state = 'waiting'",
    "create index notice_message_ended on notice_message (destination_id, ended_at)",
    `create table desk_alert_rule (
      id ${text} primary key,
      name ${text} not null,
      filter ${text} not null,
      destinations ${text} not null,
      is_on ${int} not null,
      created_by ${text} not null,
      created_at ${int} not null,
      updated_at ${int} not null
    )`,
    `alter table webhook_endpoint add column filter ${text}`,
  ],
};
