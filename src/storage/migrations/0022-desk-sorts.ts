// Indexes for the orders in which lists of the desk are read: what is due soonest, fewest stars first, what a day's first and last are.
import type { Migration } from "./index.ts";

/** See the file's first line. The expressions are those of the lists, letter by letter, or the indexes are not used. */
export const migration: Migration = {
  number: 22,
  name: "desk-sorts",
  statements: () => [
    "create index desk_item_by_day on desk_item (day, seq)",
    // The sum keeps planners from walking all items instead: a channel that never asks has none.
    "create index desk_item_answered_ask on desk_item (source, (seq + 0)) where was_asked = 1 and rating is not null",
    "create index desk_item_low_raters on desk_item (received_at) where rating <= 2 and customer_id is not null",
    // What few items are: found at once, and next to nothing to keep.
    "create index desk_item_disagreed on desk_item (seq) where is_disputed = 1",
    "create index desk_item_refunded on desk_item (seq) where is_refunded = 1",
    "create index desk_item_noted on desk_item (seq) where note_count > 0",
    "create index desk_item_promo on desk_item (seq) where promo_percent is not null",
    "create index desk_item_cause on desk_item (cause, seq) where cause is not null",
    "create index desk_item_by_due on desk_item ((coalesce(due_at, 9007199254740991)), seq)",
    "create index desk_item_by_stars on desk_item ((coalesce(rating, 6)), seq desc)",
  ],
};
