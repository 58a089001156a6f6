// What the shop knows beside its catalogue: ratings, carts kept between devices, customers, gift cards, services, orders.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 6,
  name: "shop",
  statements: ({ int, text }) => [
    `create table rating (
      order_id ${text} primary key,
      id ${text} not null unique,
      stars ${int},
      comment ${text} not null,
      is_asked ${int} not null,
      revisions ${int} not null,
      first_received_at ${int} not null,
      last_received_at ${int} not null
    )`,
    `create index rating_received on rating (last_received_at)`,
    `create table rating_revision (
      order_id ${text} not null references rating (order_id),
      number ${int} not null,
      stars ${int},
      comment ${text} not null,
      is_asked ${int} not null,
      delivery_id ${text} not null,
      received_at ${int} not null,
      primary key (order_id, number)
    )`,
    `create table stored_cart (
      customer_id ${text} primary key,
      sync_at ${int} not null,
      lines ${text} not null,
      updated_at ${int} not null
    )`,
    `create index stored_cart_updated on stored_cart (updated_at)`,
    `create table cart_group (
      group_id ${text} primary key,
      allocation ${text} not null,
      parts ${text} not null,
      updated_at ${int} not null
    )`,
    `create index cart_group_updated on cart_group (updated_at)`,
    `create table customer (
      id ${text} primary key,
      segments ${text} not null,
      tier ${text},
      birthday ${text},
      order_count ${int},
      updated_at ${int} not null
    )`,
    `create table customer_identity (
      kind ${text} not null,
      hash ${text} not null,
      customer_id ${text} not null references customer (id),
      primary key (kind, hash)
    )`,
    `create index customer_identity_customer on customer_identity (customer_id)`,
    `create table points_balance (
      customer_id ${text} primary key,
      points ${int} not null,
      updated_at ${int} not null
    )`,
    `create table shop_order (
      id ${text} primary key,
      customer_id ${text},
      placed_at ${int},
      status ${text},
      total_minor ${int}
    )`,
    `create index shop_order_customer on shop_order (customer_id, placed_at)`,
    `create table gift_card (
      number_hash ${text} primary key,
      last4 ${text} not null,
      pin_hash ${text},
      state ${text} not null,
      balance_minor ${int},
      text_ru ${text},
      text_en ${text},
      updated_at ${int} not null
    )`,
    `create table extra_service (
      id ${text} not null,
      item_id ${text} not null,
      position ${int} not null,
      title ${text} not null,
      description ${text},
      price_minor ${int} not null,
      modal_title ${text},
      modal_text ${text},
      primary key (id, item_id)
    )`,
  ],
};
