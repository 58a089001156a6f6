// Counts by hour: carts that were priced, and calls with how long they took. A number of a day is a few rows instead of a million.
import type { Migration } from "./index.ts";

/** See the file's first line. Hours are of UTC, counted from 1970; what calculations are kept already is counted at once. */
export const migration: Migration = {
  number: 28,
  name: "hour-count",
  statements: ({ int, text }) => [
    `create table hour_count (
      kind ${text} not null,
      hour ${int} not null,
      part ${text} not null,
      amount ${int} not null,
      primary key (kind, hour, part)
    )`,
    `insert into hour_count (kind, hour, part, amount)
      select 'carts', at / 3600000, channel, count(*) from calculation group by at / 3600000, channel`,
  ],
};
