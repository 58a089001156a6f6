// Rows of feedback and of the raw deliveries it came from.

/** See migrations 0003 and 0024. */
export interface FeedbackTables {
  delivery: {
    id: string;
    channel: string;
    route: string;
    client_id: string;
    received_at: number;
    request_id: string;
    content_type: string | null;
    body: Uint8Array;
    status: number;
    effect: string;
    reason: string | null;
    warnings: string;
    item_id: string | null;
  };
  feedback_item: {
    id: string;
    source: string;
    client_id: string;
    source_id: string | null;
    source_order_id: string;
    created_at: number;
    created_at_micros: number;
    order_id: string;
    place_id: string;
    rating: number;
    has_comment: number;
    is_unassigned: number;
    content: string;
    deliveries: number;
    last_effect: string;
    last_warnings: string;
    first_received_at: number;
    last_received_at: number;
    forgotten: number;
  };
  /** See migration 0026. */
  feedback_import: {
    id: string;
    name: string;
    hash: string;
    actor: string;
    state: string;
    rows: number;
    started_at: number;
    finished_at: number | null;
    undone_at: number | null;
    undone_by: string | null;
    kept: number;
  };
  feedback_import_row: { import_id: string; position: number; item_id: string | null; is_rating: number };
  feedback_revision: {
    item_id: string;
    number: number;
    hash: string;
    created_at: number;
    created_at_micros: number;
    content: string;
    delivery_id: string;
    received_at: number;
  };
}
