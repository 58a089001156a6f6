// Vendors of the catalogue, for those who check what others wrote about them.
import type { Tx } from "./database.ts";

/** Names of all vendors whose goods carts can see, sorted. Reads the whole catalogue: not for a webhook's path. */
export async function vendorNames(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ vendor: string }>(
    `select distinct o.vendor from catalogue c join offer o on o.since <= c.version and o.until > c.version
      where o.vendor is not null order by o.vendor`,
  );
  return rows.map((row) => row.vendor);
}
