// Explanations of calculations: what went in, what came out, and the goods they speak of, each wording kept once.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 7,
  name: "calculation",
  statements: ({ int, text }) => [
    `create table calculation (
      id ${text} primary key,
      at ${int} not null,
      channel ${text} not null,
      customer_id ${text},
      code ${text},
      rules_version ${int} not null,
      rules_hash ${text} not null,
      engine_version ${text} not null,
      input ${text} not null,
      result ${text} not null,
      size ${int} not null
    )`,
    "create index calculation_at on calculation (at, size)",
    "create index calculation_customer on calculation (customer_id, at) where customer_id is not null",
    "create index calculation_code on calculation (code, at) where code is not null",
    `create table calculation_goods (
      hash ${text} primary key,
      body ${text} not null,
      used_at ${int} not null
    )`,
    "create index calculation_goods_used on calculation_goods (used_at)",
  ],
};
