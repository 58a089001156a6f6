// Counters of the limits of promotions, and what each confirmed order has used, so that it can be given back once.
import type { Migration } from "./index.ts";

/** See the file's first line. A counter's row is made by its first use; `order_use` has a row for every promotion that an order applied. */
export const migration: Migration = {
  number: 13,
  name: "limit-use",
  statements: ({ int, text }) => [
    `create table limit_use (
      promotion_id ${text} not null,
      kind ${text} not null,
      subject ${text} not null,
      period ${text} not null,
      uses ${int} not null check (uses >= 0),
      spent ${int} not null check (spent >= 0),
      ends_at ${int},
      primary key (promotion_id, kind, subject, period)
    )`,
    "create index limit_use_by_end on limit_use (ends_at) where ends_at is not null",
    `create table order_use (
      order_id ${text} not null,
      promotion_id ${text} not null,
      amount ${int} not null,
      customer_key ${text} not null,
      code ${text},
      counted ${text} not null,
      at ${int} not null,
      released_at ${int},
      primary key (order_id, promotion_id)
    )`,
    "create index order_use_by_promotion on order_use (promotion_id, at)",
    "create index order_use_by_customer on order_use (customer_key)",
    "create index order_use_by_code on order_use (code) where code is not null",
  ],
};
