// What an import of the catalogue changed, offer by offer, for people who look at it.
import type { Migration } from "./index.ts";

/** See the file's first line. Rows go with the record of their import. */
export const migration: Migration = {
  number: 33,
  name: "catalogue-change",
  statements: ({ int, text }) => [
    `create table catalogue_change (
      import_id ${text} not null,
      kind ${text} not null,
      offer_id ${text} not null,
      name ${text} not null,
      price_before ${int},
      price_after ${int},
      primary key (import_id, kind, offer_id)
    )`,
  ],
};
