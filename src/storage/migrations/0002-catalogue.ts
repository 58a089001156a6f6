// The catalogue with its versions, stock, outlets, and the record of every import.
import type { Migration } from "./index.ts";

/** See the file's first line. An offer row is seen by carts while `since` ≤ the catalogue's version < `until`. */
export const migration: Migration = {
  number: 2,
  name: "catalogue",
  statements: ({ int, text }) => [
    `create table catalogue (
      id ${int} primary key check (id = 1),
      version ${int} not null,
      stock_version ${int} not null,
      has_leftovers ${int} not null
    )`,
    "insert into catalogue (id, version, stock_version, has_leftovers) values (1, 0, 0, 0)",
    `create table offer (
      id ${text} not null,
      since ${int} not null,
      until ${int} not null,
      hash ${text} not null,
      group_id ${text} not null,
      name ${text} not null,
      vendor ${text},
      price ${int} not null,
      old_price ${int},
      is_available ${int} not null,
      step ${int},
      code_cap ${int},
      use_points ${int} not null,
      category_ids ${text} not null,
      params ${text} not null,
      variants ${text} not null,
      primary key (id, since)
    )`,
    "create index offer_by_group on offer (group_id)",
    `create table catalogue_section (
      version ${int} primary key,
      categories ${text} not null,
      price_tiers ${text} not null
    )`,
    `create table catalogue_import (
      id ${text} primary key,
      kind ${text} not null,
      source ${text} not null,
      state ${text} not null,
      reason ${text},
      base_version ${int} not null,
      started_at ${int} not null,
      heartbeat_at ${int} not null,
      finished_at ${int},
      counts ${text} not null,
      problems ${text} not null,
      etag ${text},
      last_modified ${text}
    )`,
    "create index catalogue_import_by_start on catalogue_import (kind, started_at)",
    `create table stock (
      offer_id ${text} not null,
      outlet_id ${text} not null,
      quantity ${int} not null,
      price ${int},
      old_price ${int},
      seen ${int} not null,
      primary key (offer_id, outlet_id)
    )`,
    `create table stock_outlet (id ${text} primary key, seen ${int} not null)`,
    `create table outlet (
      id ${text} primary key,
      name ${text},
      city ${text},
      timezone ${text},
      eats_id ${text} unique,
      pickup_point_id ${text}
    )`,
    "create index outlet_by_pickup_point on outlet (pickup_point_id)",
  ],
};
