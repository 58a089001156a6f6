// Alarms of the desk: what was raised with its evidence, what people did about it, and how far each series is watched.
import type { Migration } from "./index.ts";

/**
 * See the file's first line. `place` is a branch's id or the empty text for all branches together. At most one alarm of a
 * place and source is open. `until_day` closes the period that baselines leave out; `muted_until` belongs to the place.
 */
export const migration: Migration = {
  number: 23,
  name: "desk-alarm",
  statements: ({ int, text, real }) => [
    `create table desk_alarm (
      id ${text} primary key,
      rule ${text} not null,
      place ${text} not null,
      source ${text} not null,
      state ${text} not null,
      since_day ${int} not null,
      day ${int} not null,
      until_day ${int},
      evidence ${text} not null,
      raised_at ${int} not null,
      snoozed_until ${int},
      note ${text},
      closed_by ${text},
      closed_at ${int}
    )`,
    "create unique index desk_alarm_open on desk_alarm (rule, place, source) where state in ('open', 'snoozed')",
    "create index desk_alarm_state on desk_alarm (state, raised_at)",
    `create table desk_watch (
      place ${text} not null,
      source ${text} not null,
      through_day ${int} not null,
      sum ${real} not null,
      rising_since ${int},
      muted_until ${int},
      primary key (place, source)
    )`,
  ],
};
