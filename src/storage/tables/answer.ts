// Rows of answers to marketplaces' feedback.

/** See migration 0019. */
export interface AnswerTables {
  answer: {
    id: string;
    item_id: string;
    source: string;
    feedback_id: string | null;
    order_nr: string | null;
    place_id: string;
    branch_id: string | null;
    customer_id: string | null;
    revision: number;
    feedback_at: number;
    state: string;
    text: string;
    text_key: string | null;
    promo_percent: number | null;
    promo_minor: number | null;
    budget_month: number | null;
    template_id: string | null;
    confirmed: string;
    created_by: string;
    created_at: number;
    asked_by: string | null;
    asked_at: number | null;
    approved_by: string | null;
    queued_at: number | null;
    send_at: number | null;
    attempt_id: string | null;
    lease_until: number | null;
    attempts: number;
    refused_tokens: number;
    problem: string | null;
    status: number | null;
    note: string | null;
    ended_at: number | null;
    decided_by: string | null;
    version: number;
  };
  answer_attempt: {
    id: string;
    answer_id: string;
    number: number;
    holder: string;
    started_at: number;
    ended_at: number | null;
    outcome: string | null;
    status: number | null;
    note: string | null;
    source: string;
    age_ms: number | null;
  };
  answer_limit: {
    branch_id: string;
    promos: number | null;
    amount_minor: number | null;
    updated_by: string;
    updated_at: number;
  };
  answer_budget: { branch_id: string; month: number; used_promos: number; used_minor: number };
  answer_cool_down: { customer_id: string; answer_id: string; since: number; until: number };
  answer_template: {
    id: string;
    name: string;
    language: string;
    text: string;
    stars_from: number;
    stars_to: number;
    topics: string;
    updated_by: string;
    updated_at: number;
  };
  answer_place: {
    source: string;
    place_id: string;
    is_subscribed: number;
    changed_at: number;
    changed_by: string | null;
  };
}
