// The retailer's outlets, under the ids by which the channels know them.
import type { Tx } from "./database.ts";
import type { CatalogueTables } from "./tables/catalogue.ts";

/** An outlet. */
export interface Outlet {
  readonly id: string;
  readonly name: string | null;
  readonly city: string | null;
  /** IANA zone; null: the shop's own. */
  readonly timezone: string | null;
  /** The id that Yandex Eats calls it by; at most one outlet has it. */
  readonly yandexEatsId: string | null;
  readonly pickupPointId: string | null;
}

/** The outlet with that id, or null. */
export async function outletById(tx: Tx, id: string): Promise<Outlet | null> {
  const [row] = await tx.rows<OutletRow>("select * from outlet where id = ?", [id]);
  return row === undefined ? null : fromRow(row);
}

/** The outlet that Yandex Eats calls `id`, or null. */
export async function outletByEatsId(tx: Tx, id: string): Promise<Outlet | null> {
  const [row] = await tx.rows<OutletRow>("select * from outlet where eats_id = ?", [id]);
  return row === undefined ? null : fromRow(row);
}

/** All outlets, sorted by id. */
export async function allOutlets(tx: Tx): Promise<Outlet[]> {
  const rows = await tx.kysely.selectFrom("outlet").selectAll().orderBy("id").execute();
  return rows.map(fromRow);
}

/** Writes an outlet; takes the Yandex Eats id from whichever outlet had it. Gives what happened. */
export async function saveOutlet(tx: Tx, outlet: Outlet): Promise<"added" | "changed" | "unchanged"> {
  const before = await outletById(tx, outlet.id);
  if (before !== null && JSON.stringify(before) === JSON.stringify(fromRow(toRow(outlet))))
    return "unchanged";
  if (outlet.yandexEatsId !== null) {
    await tx.run("update outlet set eats_id = null where eats_id = ? and id <> ?", [
      outlet.yandexEatsId,
      outlet.id,
    ]);
  }
  const row = toRow(outlet);
  await tx.kysely
    .insertInto("outlet")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
  return before === null ? "added" : "changed";
}

type OutletRow = CatalogueTables["outlet"];

function toRow(outlet: Outlet): OutletRow {
  return {
    id: outlet.id,
    name: outlet.name,
    city: outlet.city,
    timezone: outlet.timezone,
    eats_id: outlet.yandexEatsId,
    pickup_point_id: outlet.pickupPointId,
  };
}

function fromRow(row: OutletRow): Outlet {
  return {
    id: row.id,
    name: row.name,
    city: row.city,
    timezone: row.timezone,
    yandexEatsId: row.eats_id,
    pickupPointId: row.pickup_point_id,
  };
}
