// Calculations by where their carts would be fetched: so carts of the app belong to outlets, too.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 34,
  name: "calculation-pickup",
  statements: ({ text }, engine) => [
    `alter table calculation add column pickup ${text}`,
    engine === "sqlite"
      ? "update calculation set pickup = json_extract(input, '$.cart.pickupPoint')"
      : "update calculation set pickup = input::json->'cart'->>'pickupPoint'",
    "create index calculation_pickup on calculation (pickup, at) where pickup is not null",
  ],
};
