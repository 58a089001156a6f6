// Rule sets by version, the promotions in force, and the promo codes that name them.
import type { Migration } from "./index.ts";

/** See the file's first line. A version holds everything that decides a price beside facts, so that old calculations can be repeated. */
export const migration: Migration = {
  number: 5,
  name: "promotions",
  statements: ({ int, text }) => [
    `create table ruleset (
      version ${int} primary key,
      hash ${text} not null,
      documents ${text} not null,
      programme ${text},
      note ${text} not null,
      created_at ${int} not null
    )`,
    `create table promotion (
      id ${text} primary key,
      position ${int} not null,
      document ${text} not null
    )`,
    `create table promo_code (
      folded ${text} primary key,
      code ${text} not null,
      promotion_id ${text} not null,
      state ${text} not null,
      batch ${text} not null,
      valid_until ${int},
      created_at ${int} not null
    )`,
    "create index promo_code_by_promotion on promo_code (promotion_id)",
  ],
};
