// Orders of one split cart are one use together: one of them holds it, each holds the money that it took.
import type { Migration } from "./index.ts";

/** See the file's first line. `uses` is 1 or 0. */
export const migration: Migration = {
  number: 17,
  name: "use-share",
  statements: ({ int }) => [`alter table order_use add column uses ${int} not null default 1`],
};
