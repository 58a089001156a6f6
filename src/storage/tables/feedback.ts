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
