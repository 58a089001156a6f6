// Rows of rule sets, promotions and promo codes.

/** See migration 0005. */
export interface PromotionTables {
  ruleset: {
    version: number;
    hash: string;
    documents: string;
    programme: string | null;
    note: string;
    created_at: number;
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
  };
}
