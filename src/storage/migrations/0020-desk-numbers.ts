// Counts of the desk by day and by month, kept with every item, so that a year of millions is read from thousands of rows.
import type { Migration } from "./index.ts";

const COUNTS = [
  "items",
  "x1",
  "x2",
  "x3",
  "x4",
  "x5",
  "asked",
  "asked_answered",
  "worded",
  "given",
  "no_reaction",
  "delivered",
  "outdated",
  "open",
  "promos",
  "promo_minor",
];

/**
 * See the file's first line. A branch that is not known is the empty text, so that keys are never null; rows that count
 * nothing are not there. Parts are hours of the week, minutes on the way and topics. `desk_item.hour` is the hour of the
 * order on the branch's clock. What is wide is of all branches together, spread over a few slots. `desk_first_answer` repeats what numbers are asked by.
 */
export const migration: Migration = {
  number: 20,
  name: "desk-numbers",
  statements: ({ int, text }) => [
    `alter table desk_item add column hour ${int}`,
    `create table desk_tally (
      day ${int} not null,
      branch_id ${text} not null,
      source ${text} not null,
      ${COUNTS.map((name) => `${name} ${int} not null`).join(", ")},
      primary key (day, branch_id, source)
    )`,
    `create table desk_tally_part (
      month ${int} not null,
      branch_id ${text} not null,
      source ${text} not null,
      kind ${text} not null,
      word ${text} not null,
      total ${int} not null,
      low ${int} not null,
      primary key (kind, month, branch_id, source, word)
    )`,
    `create table desk_tally_month (
      month ${int} not null,
      branch_id ${text} not null,
      source ${text} not null,
      ${COUNTS.map((name) => `${name} ${int} not null`).join(", ")},
      primary key (month, branch_id, source)
    )`,
    `create table desk_tally_wide (
      day ${int} not null,
      slot ${int} not null,
      source ${text} not null,
      ${COUNTS.map((name) => `${name} ${int} not null`).join(", ")},
      primary key (day, slot, source)
    )`,
    `create table desk_tally_part_wide (
      kind ${text} not null,
      span ${text} not null,
      period ${int} not null,
      slot ${int} not null,
      source ${text} not null,
      word ${text} not null,
      total ${int} not null,
      low ${int} not null,
      primary key (kind, span, period, slot, source, word)
    )`,
    `create table desk_first_answer (
      seq ${int} primary key references desk_item (seq),
      day ${int} not null,
      branch_id ${text},
      source ${text} not null,
      at ${int} not null,
      minutes ${int} not null,
      is_in_time ${int}
    )`,
    "create index desk_first_answer_day on desk_first_answer (day)",
    "create index desk_thread_reopened on desk_thread (item_id) where kind = 'reopened'",
  ],
};
