// Rows of ratings, kept carts, customers, gift cards, extra services and orders.
import type { PlacedOrderColumns } from "./order.ts";

/** See migrations 0006, 0011, 0015, 0016 and 0024. */
export interface ShopTables {
  rating: {
    order_id: string;
    id: string;
    stars: number | null;
    comment: string;
    is_asked: number;
    revisions: number;
    first_received_at: number;
    last_received_at: number;
    words_gone: number;
    forgotten: number;
  };
  rating_revision: {
    order_id: string;
    number: number;
    stars: number | null;
    comment: string;
    is_asked: number;
    delivery_id: string;
    received_at: number;
    words_gone: number;
  };
  stored_cart: { customer_id: string; sync_at: number; lines: string; updated_at: number };
  cart_group: { group_id: string; allocation: string; parts: string; updated_at: number };
  customer: {
    id: string;
    segments: string;
    tier: string | null;
    birthday: string | null;
    order_count: number | null;
    updated_at: number;
  };
  customer_identity: { kind: string; hash: string; customer_id: string; external_id: string | null };
  balance_import: {
    id: string;
    name: string;
    hash: string;
    actor: string;
    state: string;
    rows: number;
    total: number;
    started_at: number;
    finished_at: number | null;
    undone_at: number | null;
    undone_by: string | null;
    missing: number;
    lost: number;
  };
  balance_import_row: { import_id: string; position: number; customer_id: string; points: number };
  loyalty_number: {
    number: string;
    customer_id: string;
    uses: number;
    failures: number;
    failing_since: number | null;
    created_at: number;
  };
  customer_alias: { id: string; customer_id: string };
  customer_merge: {
    id: string;
    from_id: string;
    into_id: string;
    reason: string;
    actor: string;
    moved: string;
    merged_at: number;
  };
  shop_order: PlacedOrderColumns & {
    id: string;
    customer_id: string | null;
    placed_at: number | null;
    status: string | null;
    total_minor: number | null;
  };
  gift_card: {
    number_hash: string;
    last4: string;
    pin_hash: string | null;
    state: string;
    balance_minor: number | null;
    text_ru: string | null;
    text_en: string | null;
    updated_at: number;
  };
  extra_service: {
    id: string;
    item_id: string;
    position: number;
    title: string;
    description: string | null;
    price_minor: number;
    modal_title: string | null;
    modal_text: string | null;
  };
}
