// Rows of the catalogue, of stock, of outlets, and of the imports that fill them.

/** See migration 0002. */
export interface CatalogueTables {
  catalogue: { id: number; version: number; stock_version: number; has_leftovers: number };
  offer: OfferRow;
  catalogue_section: { version: number; categories: string; price_tiers: string };
  catalogue_import: {
    id: string;
    kind: string;
    source: string;
    state: string;
    reason: string | null;
    base_version: number;
    started_at: number;
    heartbeat_at: number;
    finished_at: number | null;
    counts: string;
    problems: string;
    etag: string | null;
    last_modified: string | null;
  };
  catalogue_change: {
    import_id: string;
    kind: string;
    offer_id: string;
    name: string;
    price_before: number | null;
    price_after: number | null;
  };
  stock: {
    offer_id: string;
    outlet_id: string;
    quantity: number;
    price: number | null;
    old_price: number | null;
    seen: number;
  };
  stock_outlet: { id: string; seen: number };
  outlet: {
    id: string;
    name: string | null;
    city: string | null;
    timezone: string | null;
    eats_id: string | null;
    pickup_point_id: string | null;
  };
}

/** An offer in one of its versions. */
export interface OfferRow {
  id: string;
  since: number;
  until: number;
  hash: string;
  group_id: string;
  name: string;
  vendor: string | null;
  price: number;
  old_price: number | null;
  is_available: number;
  step: number | null;
  code_cap: number | null;
  use_points: number;
  category_ids: string;
  params: string;
  variants: string;
}
