// Rows of the counters of limits and of what each order has taken of them.

/** See the migration "limit-use". */
export interface LimitTables {
  limit_use: {
    promotion_id: string;
    kind: string;
    subject: string;
    period: string;
    uses: number;
    spent: number;
    ends_at: number | null;
  };
  order_use: {
    order_id: string;
    promotion_id: string;
    amount: number;
    customer_key: string;
    code: string | null;
    counted: string;
    at: number;
    uses: number;
    released_at: number | null;
  };
}
