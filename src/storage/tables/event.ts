// Rows of events and of their deliveries to endpoints.

/** See migration 0010. */
export interface EventTables {
  event: {
    entry: number;
    id: string;
    kind: string;
    subject_type: string;
    subject_id: string;
    body: string;
    addressee: string | null;
    at: number;
    number: number | null;
  };
  event_head: { one: number; last: number };
  webhook_endpoint: {
    id: string;
    channel: string;
    url: string;
    label: string;
    allow: string;
    filter: string | null;
    secret: Uint8Array | null;
    old_secret: Uint8Array | null;
    old_secret_until: number | null;
    state: string;
    disabled_reason: string | null;
    disabled_at: number | null;
    failures: number;
    failing_ms: number;
    last_failure_at: number | null;
    last_success_at: number | null;
    last_reached_at: number | null;
    last_outcome: string | null;
    paused_until: number | null;
    created_at: number;
    updated_at: number;
  };
  webhook_subscription: { endpoint_id: string; kind: string };
  webhook_delivery: {
    endpoint_id: string;
    number: number;
    subject: string;
    state: string;
    attempts: number;
    last_outcome: string | null;
    last_status: number | null;
    last_note: string | null;
    last_at: number | null;
    next_at: number | null;
    created_at: number;
  };
  webhook_lane: { endpoint_id: string; subject: string; due_at: number; holder: string | null };
  webhook_attempt: {
    endpoint_id: string;
    number: number;
    attempt: number;
    at: number;
    ms: number;
    outcome: string;
    status: number | null;
  };
}
