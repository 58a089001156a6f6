// Acts of erasure: that personal data were destroyed, kept after the data are gone; and a search index that forgets at once.
import type { Migration } from "./index.ts";

/** See the file's first line. `hash` is SHA-256 of `act`, base64url; `keep_until` is when the act itself may go. */
export const migration: Migration = {
  number: 21,
  name: "erasure",
  statements: ({ int, text }, engine) => [
    `create table erasure (
      id ${text} primary key,
      at ${int} not null,
      actor ${text} not null,
      subject_kind ${text} not null,
      subject ${text} not null,
      act ${text} not null,
      hash ${text} not null,
      keep_until ${int} not null
    )`,
    "create index erasure_subject on erasure (subject)",
    "create index erasure_kept on erasure (keep_until)",
    ...(engine === "sqlite"
      ? ["insert into desk_search (desk_search, rank) values ('secure-delete', 1)"]
      : []),
  ],
};
