// Test cases of the rules: recorded carts kept for good with the sums that they must come to; and calculations by outlet.
import type { Migration } from "./index.ts";

/** See the file's first line. A case holds its goods itself, since those of calculations are forgotten. */
export const migration: Migration = {
  number: 30,
  name: "calculation-case",
  statements: ({ int, text }, engine) => [
    `create table calculation_case (
      id ${text} primary key,
      name ${text} not null,
      note ${text} not null,
      calculation_id ${text} not null,
      at ${int} not null,
      channel ${text} not null,
      rules_version ${int} not null,
      rules_hash ${text} not null,
      engine_version ${text} not null,
      input ${text} not null,
      result ${text} not null,
      goods ${text} not null,
      expected ${text} not null,
      created_at ${int} not null,
      created_by ${text} not null
    )`,
    `alter table calculation add column outlet ${text}`,
    engine === "sqlite"
      ? "update calculation set outlet = json_extract(input, '$.cart.outletId')"
      : "update calculation set outlet = input::json->'cart'->>'outletId'",
    "create index calculation_outlet on calculation (outlet, at) where outlet is not null",
  ],
};
