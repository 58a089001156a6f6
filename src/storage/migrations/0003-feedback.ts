// Feedback: raw deliveries as they came, the record each belongs to, and every revision of it.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 3,
  name: "feedback",
  statements: ({ int, text, bytes }) => [
    `create table delivery (
      id ${text} primary key,
      channel ${text} not null,
      route ${text} not null,
      client_id ${text} not null,
      received_at ${int} not null,
      request_id ${text} not null,
      content_type ${text},
      body ${bytes} not null,
      status ${int} not null,
      effect ${text} not null,
      reason ${text},
      warnings ${text} not null,
      item_id ${text}
    )`,
    `create index delivery_received on delivery (received_at)`,
    `create index delivery_item on delivery (item_id, id)`,
    `create index delivery_unusable on delivery (id) where effect in ('rejected', 'quarantined')`,
    `create table feedback_item (
      id ${text} primary key,
      source ${text} not null,
      client_id ${text} not null,
      source_id ${text},
      source_order_id ${text} not null,
      created_at ${int} not null,
      created_at_micros ${int} not null,
      order_id ${text} not null,
      place_id ${text} not null,
      rating ${int} not null,
      has_comment ${int} not null,
      is_unassigned ${int} not null,
      content ${text} not null,
      deliveries ${int} not null,
      last_effect ${text} not null,
      last_warnings ${text} not null,
      first_received_at ${int} not null,
      last_received_at ${int} not null
    )`,
    `create unique index feedback_item_named on feedback_item (source, client_id, source_id)
      where source_id is not null`,
    `create unique index feedback_item_unnamed
      on feedback_item (source, client_id, source_order_id, created_at, created_at_micros) where source_id is null`,
    `create index feedback_item_source_order on feedback_item (source_order_id, id)`,
    `create index feedback_item_order on feedback_item (order_id, id)`,
    `create index feedback_item_place on feedback_item (place_id, created_at)`,
    `create index feedback_item_unassigned on feedback_item (id) where is_unassigned = 1`,
    `create table feedback_revision (
      item_id ${text} not null references feedback_item (id),
      number ${int} not null,
      hash ${text} not null,
      created_at ${int} not null,
      created_at_micros ${int} not null,
      content ${text} not null,
      delivery_id ${text} not null,
      received_at ${int} not null,
      primary key (item_id, number)
    )`,
  ],
};
