// The retailer's catalogue of extra services: small, replaced as a whole.
import type { ExtraService } from "../core/carts/index.ts";
import { minor } from "../core/money/index.ts";
import type { Tx } from "./database.ts";

/** Stored for a service of the whole cart, so that the primary key has no null. */
const WHOLE_CART = "";

/** All services, in the order they were given. */
export async function listExtraServices(tx: Tx): Promise<ExtraService[]> {
  const rows = await tx.rows<{
    id: string;
    item_id: string;
    title: string;
    description: string | null;
    price_minor: number;
    modal_title: string | null;
    modal_text: string | null;
  }>(
    `select id, item_id, title, description, price_minor, modal_title, modal_text
     from extra_service order by position`,
  );
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id === WHOLE_CART ? null : row.item_id,
    title: row.title,
    description: row.description,
    price: minor(row.price_minor),
    modal:
      row.modal_title === null || row.modal_text === null
        ? null
        : { title: row.modal_title, text: row.modal_text },
  }));
}

/** Puts these services in place of all there were. */
export async function replaceExtraServices(tx: Tx, services: readonly ExtraService[]): Promise<void> {
  await tx.run("delete from extra_service");
  for (const [position, service] of services.entries()) {
    await tx.run(
      `insert into extra_service (id, item_id, position, title, description, price_minor, modal_title, modal_text)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        service.id,
        service.itemId ?? WHOLE_CART,
        position,
        service.title,
        service.description,
        service.price,
        service.modal?.title ?? null,
        service.modal?.text ?? null,
      ],
    );
  }
}
