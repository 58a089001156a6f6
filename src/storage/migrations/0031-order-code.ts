// Orders found by the promo code that was applied, and by the calculation that explains them.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 31,
  name: "order-code",
  statements: () => [
    "create index shop_order_code on shop_order (code, placed_at) where code is not null",
    "create index shop_order_calculation on shop_order (calculation_id) where calculation_id is not null",
  ],
};
