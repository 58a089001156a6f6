// Rows of rule sets, promotions, promo codes, their batches and their blocks.

/** See migrations 0005, 0009, 0029 and 0036. */
export interface PromotionTables {
  ruleset: {
    version: number;
    hash: string;
    documents: string;
    programme: string | null;
    note: string;
    created_at: number;
  };
  rule_draft: {
    id: string;
    name: string;
    note: string;
    base_version: number;
    document: string;
    version: number;
    created_by: string;
    created_at: number;
    updated_by: string;
    updated_at: number;
    published_version: number | null;
    published_at: number | null;
  };
  promotion: { id: string; position: number; document: string };
  promo_code: {
    folded: string;
    code: string;
    promotion_id: string;
    state: string;
    batch: string;
    valid_until: number | null;
    created_at: number;
    uses_per_code: number | null;
    customer_id: string | null;
    place: number | null;
  };
  code_batch: {
    id: string;
    name: string;
    kind: string;
    promotion_id: string | null;
    pattern: string | null;
    alphabet: string | null;
    uses_per_code: number | null;
    valid_until: number | null;
    wanted: number | null;
    codes: number;
    created_at: number;
    completed_at: number | null;
    disabled_at: number | null;
  };
  code_block: {
    folded: string;
    is_blocked: number;
    reason: string;
    changed_by: string;
    changed_at: number;
    version: number;
  };
}
