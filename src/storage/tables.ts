// The shape of every table, for Kysely. Each noun declares its own rows; this is their sum.
import type { MetaTables } from "./tables/meta.ts";
import type { ShopTables } from "./tables/shop.ts";

/** All tables of the database. */
export interface Tables extends MetaTables, ShopTables {}
