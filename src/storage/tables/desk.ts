// Rows of the feedback desk.

/** An entry of the audit log. */
export interface AuditRow {
  number: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  details: string;
  hash: string;
}

/** See migration 0018. */
export interface DeskTables {
  desk_item: {
    /** Given by the database. */
    seq: number;
    id: string;
    source: string;
    order_id: string;
    source_order_id: string | null;
    branch_id: string | null;
    rating: number | null;
    was_asked: number;
    comment: string | null;
    preset: string | null;
    total_minor: number | null;
    customer_id: string | null;
    day: number;
    received_at: number;
    changed_at: number;
    taken_at: number | null;
    delivered_at: number | null;
    late_ms: number | null;
    state: string;
    assignee: string | null;
    due_at: number | null;
    answer: string;
    note_count: number;
    promo_percent: number | null;
    cause: string | null;
    appeal: string;
    is_refunded: number;
    is_disputed: number;
    revision: number;
    version: number;
    stems: string;
    hour: number | null;
  };
  desk_word: { seq: number; kind: string; word: string };
  desk_dish: { id: number; dish_id: string; name: string; stems: string };
  desk_item_dish: { seq: number; dish: number };
  desk_thread: {
    item_id: string;
    number: number;
    at: number;
    kind: string;
    actor: string | null;
    body: string;
  };
  desk_view: {
    id: string;
    owner: string | null;
    name: string;
    filter: string;
    sort: string;
    created_at: number;
  };
  /** See migration 0032. */
  desk_look: { item_id: string; person_id: string; until: number };
  /** See migration 0035. */
  trend_note: {
    id: string;
    day: number;
    branch_id: string | null;
    source: string | null;
    body: string;
    author: string;
    at: number;
  };
  desk_setting: { name: string; value: string; changed_at: number };
  audit_entry: AuditRow;
  /** See migration 0024. */
  erased_source: { hash: string; at: number };
  erasure: {
    id: string;
    at: number;
    actor: string;
    subject_kind: string;
    subject: string;
    act: string;
    hash: string;
    keep_until: number;
  };
}
