// Indexes for the orders in which lists of the desk are read: what is due soonest, fewest stars first, what a day's first and last are.
import type { Migration } from "./index.ts";

/** See the file's first line. The expressions are those of the lists, letter by letter, or the indexes are not used. */
export const migration: Migration = {
  number: 22,
  name: "desk-sorts",
  statements: () => [
    "create index desk_item_by_day on desk_item (day, seq)",
    "create index desk_item_by_due on desk_item ((coalesce(due_at, 9007199254740991)), seq)",
    "create index desk_item_by_stars on desk_item ((coalesce(rating, 6)), seq desc)",
  ],
};
