// Rows of notices, of where they go, and of the rules that raise them.

/** See migration 0025. */
export interface NoticeTables {
  notice_destination: {
    id: string;
    kind: string;
    address: string;
    label: string;
    language: string;
    gets_items: number;
    gets_alarms: number;
    gets_digest: number;
    quiet_from: number | null;
    quiet_to: number | null;
    zone: string | null;
    is_on: number;
    holder: string | null;
    lease_until: number | null;
    paused_until: number | null;
    problem: string | null;
    problem_at: number | null;
    sent_at: number | null;
    skipped: number;
    skipped_since: number | null;
    created_at: number;
    updated_at: number;
  };
  notice: {
    destination_id: string;
    key: string;
    kind: string;
    body: string;
    at: number;
    state: string;
    message_id: string | null;
  };
  notice_message: {
    id: string;
    destination_id: string;
    place: number;
    is_together: number;
    is_alone: number;
    state: string;
    attempts: number;
    misses: number;
    skipped: number;
    skipped_since: number | null;
    problem: string | null;
    made_at: number;
    ended_at: number | null;
  };
  desk_alert_rule: {
    id: string;
    name: string;
    filter: string;
    destinations: string;
    is_on: number;
    created_by: string;
    created_at: number;
    updated_at: number;
  };
}
