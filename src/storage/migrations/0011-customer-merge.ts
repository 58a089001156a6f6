// Customers that turned out to be one: which ids lead to whom, when and why, and under which id a card or phone was given.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 11,
  name: "customer-merge",
  statements: ({ int, text }) => [
    // One step to the survivor, never a chain: whoever merges a survivor moves its aliases along.
    `create table customer_alias (
      id ${text} primary key,
      customer_id ${text} not null references customer (id)
    )`,
    "create index customer_alias_customer on customer_alias (customer_id)",
    `create table customer_merge (
      id ${text} primary key,
      from_id ${text} not null unique,
      into_id ${text} not null,
      reason ${text} not null,
      actor ${text} not null,
      moved ${text} not null,
      merged_at ${int} not null
    )`,
    "create index customer_merge_at on customer_merge (merged_at)",
    // The id that the retailer's systems gave it under: their files go on speaking of a merged customer by the old id.
    `alter table customer_identity add column external_id ${text}`,
    "update customer_identity set external_id = customer_id",
    "create index promo_code_customer on promo_code (customer_id) where customer_id is not null",
    "create index customer_identity_external on customer_identity (external_id, kind)",
  ],
};
