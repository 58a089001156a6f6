// Offers as carts see them: one statement for all goods of a cart with their stock.
import { bps, minor, quantity } from "../core/money/index.ts";
import {
  type CatalogueOffer,
  type Offer,
  type OfferVariant,
  type OutletStock,
  type PricePlace,
  resolveOffer,
} from "../core/pricing/index.ts";
import type { Tx } from "./database.ts";
import type { OfferRow } from "./tables/catalogue.ts";

/** `until` of an offer that nothing has replaced. */
export const FOREVER = Number.MAX_SAFE_INTEGER;

/** What of a cart decides about price, availability and stock; ids as they came. */
export interface CartPlace {
  readonly cityFias: string | null;
  readonly cityKladr?: string | null;
  readonly regionFias?: string | null;
  readonly priceTier: string | null;
  /** The seller's outlet. */
  readonly outletId: string | null;
  /** The pickup point, which may be an outlet under another id. */
  readonly pickupPointId?: string | null;
}

/** An offer with what every outlet has of it. */
export interface StockedOffer {
  readonly offer: CatalogueOffer;
  readonly stock: readonly OutletStock[];
}

/** Versions that tell whether something read earlier still holds. */
export interface CatalogueVersions {
  readonly version: number;
  readonly stockVersion: number;
}

/** Goods read in one statement, with the versions they belong to. */
export interface LoadedOffers extends CatalogueVersions {
  readonly offers: ReadonlyMap<string, StockedOffer>;
}

type LoadedRow = Omit<OfferRow, "since" | "until" | "hash" | "id"> & {
  version: number;
  stock_version: number;
  id: string | null;
  stock: string | null;
};

const COLUMNS =
  "o.id, o.group_id, o.name, o.vendor, o.price, o.old_price, o.is_available, o.step, o.code_cap, o.use_points, o.category_ids, o.params, o.variants";

// One text per engine where lists of parameters and JSON differ. 30 of 100,000 offers, 2 cores, November 2026: 0.6 ms on SQLite,
// 2 on PostgreSQL, 0.1 from the shelf. PostgreSQL plans badly while a new catalogue has no statistics: without `c.id = 1` it
// compiled the plan first (140 ms), and without the limit it read the whole table (35 ms).
const LOAD = {
  sqlite: `select c.version, c.stock_version, ${COLUMNS},
      (select json_group_array(json_array(s.outlet_id, s.quantity, s.price, s.old_price))
        from stock s where s.offer_id = o.id) as stock
    from catalogue c
    left join json_each(?) w on true
    left join offer o on o.id = w.value and o.since <= c.version and o.until > c.version
    where c.id = 1`,
  postgres: `select c.version, c.stock_version, ${COLUMNS},
      (select json_agg(json_build_array(s.outlet_id, s.quantity, s.price, s.old_price))::text
        from stock s where s.offer_id = o.id) as stock
    from catalogue c
    left join json_array_elements_text(?::json) w(value) on true
    left join lateral (
      select * from offer one where one.id = w.value and one.since <= c.version and one.until > c.version limit 1
    ) o on true
    where c.id = 1`,
};

/** The offers of `ids` that the catalogue has, with all their prices and stock; unknown ids are absent. One statement. */
export async function loadOffers(tx: Tx, ids: readonly string[]): Promise<LoadedOffers> {
  const rows = await tx.rows<LoadedRow>(LOAD[tx.engine], [JSON.stringify([...new Set(ids)])]);
  const offers = new Map<string, StockedOffer>();
  for (const row of rows) {
    if (row.id === null) continue;
    offers.set(row.id, { offer: offerFromRow({ ...row, id: row.id }), stock: stockFromText(row.stock) });
  }
  return { version: rows[0]?.version ?? 0, stockVersion: rows[0]?.stock_version ?? 0, offers };
}

/** The catalogue's and the stock's version: any change of goods or stock raises one of them. */
export async function catalogueVersions(tx: Tx): Promise<CatalogueVersions> {
  const [row] = await tx.rows<{ version: number; stock_version: number }>(
    "select version, stock_version from catalogue where id = 1",
  );
  return { version: row?.version ?? 0, stockVersion: row?.stock_version ?? 0 };
}

/** Offers by id as this cart sees them; unknown ids are absent. Stock of an outlet that no stock file names is the sum of all. */
export async function offersForCart(
  tx: Tx,
  offerIds: readonly string[],
  cart: CartPlace,
): Promise<ReadonlyMap<string, Offer>> {
  const { offers } = await loadOffers(tx, offerIds);
  const place = pricePlace(cart, await stockOutletOf(tx, cart));
  return new Map([...offers].map(([id, { offer, stock }]) => [id, resolveOffer(offer, stock, place)]));
}

/** Cities narrowest first, without gaps and repeats, as the catalogue spells them. */
export function pricePlace(cart: CartPlace, outletId: string | null): PricePlace {
  const cities = [cart.cityFias, cart.cityKladr, cart.regionFias]
    .map((id) => id?.trim().toLowerCase() ?? "")
    .filter((id) => id !== "");
  return { cities: [...new Set(cities)], priceTier: cart.priceTier, outletId };
}

/**
 * The outlet whose stock counts for the cart: the seller's own, else the pickup point, by its id or as the pickup point of an
 * outlet; null where the stock file names none of them. No statement for a cart with neither.
 */
export async function stockOutletOf(tx: Tx, cart: CartPlace): Promise<string | null> {
  const { outletId, pickupPointId } = cart;
  if (!outletId && !pickupPointId) return null;
  const rows = await tx.rows<{ id: string }>(
    `select s.id from stock_outlet s left join outlet o on o.id = s.id
      where s.id in (?, ?) or o.pickup_point_id = ?
      order by case s.id when ? then 0 when ? then 1 else 2 end, s.id limit 1`,
    [outletId || null, pickupPointId || null, pickupPointId || null, outletId || "", pickupPointId || ""],
  );
  return rows[0]?.id ?? null;
}

/** Offer ids of each product card, sorted; a card without offers is absent. Lets a door take a card that has one offer. */
export async function offersOfGroup(
  tx: Tx,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const wanted =
    tx.engine === "sqlite"
      ? "in (select value from json_each(?))"
      : "= any(array(select json_array_elements_text(?::json)))";
  const rows = await tx.rows<{ id: string; group_id: string }>(
    `select o.id, o.group_id from catalogue c join offer o on o.since <= c.version and o.until > c.version
      where c.id = 1 and o.group_id ${wanted} order by o.id`,
    [JSON.stringify(groupIds)],
  );
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const ids = groups.get(row.group_id);
    if (ids === undefined) groups.set(row.group_id, [row.id]);
    else ids.push(row.id);
  }
  return groups;
}

/** Ids of the offers that carts can see, sorted; at most `limit`. */
export async function offerIds(tx: Tx, limit: number): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select o.id from catalogue c join offer o on o.since <= c.version and o.until > c.version
      where c.id = 1 order by o.id limit ?`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** How many offers carts can see. */
export async function countOffers(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    "select count(*) as count from catalogue c join offer o on o.since <= c.version and o.until > c.version where c.id = 1",
  );
  return row?.count ?? 0;
}

/** A category of the catalogue as the feed names it. */
export interface Category {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
}

/** Categories and price tiers of the catalogue that carts see; empty before the first import. */
export async function catalogueSections(
  tx: Tx,
): Promise<{ categories: readonly Category[]; priceTiers: readonly { id: string; name: string }[] }> {
  const [row] = await tx.rows<{ categories: string; price_tiers: string }>(
    `select s.categories, s.price_tiers from catalogue c join catalogue_section s on s.version <= c.version
      where c.id = 1 order by s.version desc limit 1`,
  );
  if (row === undefined) return { categories: [], priceTiers: [] };
  return { categories: JSON.parse(row.categories), priceTiers: JSON.parse(row.price_tiers) };
}

function offerFromRow(row: Omit<OfferRow, "since" | "until" | "hash">): CatalogueOffer {
  const variants: [string | null, string | null, number | null, number | null, boolean | null][] = JSON.parse(
    row.variants,
  );
  return {
    id: row.id,
    groupId: row.group_id,
    name: row.name,
    vendor: row.vendor,
    price: minor(row.price),
    oldPrice: row.old_price === null ? null : minor(row.old_price),
    isAvailable: row.is_available === 1,
    step: row.step === null ? null : quantity(row.step),
    codeCap: row.code_cap === null ? null : bps(row.code_cap),
    usePoints: row.use_points === 1,
    categoryIds: JSON.parse(row.category_ids),
    params: JSON.parse(row.params),
    variants: variants.map(
      ([city, tier, price, oldPrice, isAvailable]): OfferVariant => ({
        city,
        tier,
        price: price === null ? null : minor(price),
        oldPrice: oldPrice === null ? null : minor(oldPrice),
        isAvailable,
      }),
    ),
  };
}

function stockFromText(text: string | null): OutletStock[] {
  if (text === null) return [];
  const rows: [string, number, number | null, number | null][] = JSON.parse(text);
  return rows.map(([outletId, count, price, oldPrice]) => ({
    outletId,
    quantity: quantity(count),
    price: price === null ? null : minor(price),
    oldPrice: oldPrice === null ? null : minor(oldPrice),
  }));
}
