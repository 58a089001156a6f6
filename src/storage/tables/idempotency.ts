// Rows of answers kept for repeats.

/** See migration 0008. */
export interface IdempotencyTables {
  idempotency_key: {
    token_id: string;
    name: string;
    fingerprint: string;
    status: number | null;
    answer: Uint8Array | null;
    created_at: number;
  };
}
