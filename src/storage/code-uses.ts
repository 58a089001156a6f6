// Orders that used one promo code, for people who look at it.
import type { Tx } from "./database.ts";

/** A use of a code by an order. */
export interface UseOfCode {
  readonly orderId: string;
  readonly promotionId: string;
  /** What it took off, kopecks. */
  readonly amount: number;
  /** ms UTC. */
  readonly at: number;
  /** Null: it stands. */
  readonly releasedAt: number | null;
  /** Of the order; null: not told. */
  readonly status: string | null;
  readonly customerId: string | null;
  readonly outletId: string | null;
}

/** The last uses of a code (folded), newest first; those that were given back, too. */
export function usesOfCode(tx: Tx, folded: string, limit: number): Promise<UseOfCode[]> {
  return tx.rows<UseOfCode>(
    `select u.order_id as "orderId", u.promotion_id as "promotionId", u.amount, u.at, u.released_at as "releasedAt",
       o.status, o.customer_id as "customerId", o.outlet_id as "outletId"
     from order_use u left join shop_order o on o.id = u.order_id
     where u.code = ? order by u.at desc, u.order_id desc limit ?`,
    [folded, limit],
  );
}

/** How many uses of a code stand, and how many of them belong to orders that may still end unbought. */
export async function openUsesOfCode(
  tx: Tx,
  folded: string,
): Promise<{ readonly standing: number; readonly open: number }> {
  const [row] = await tx.rows<{ standing: number; open: number }>(
    `select coalesce(sum(u.uses), 0) as standing,
       coalesce(sum(case when o.status = 'done' then 0 else u.uses end), 0) as open
     from order_use u left join shop_order o on o.id = u.order_id
     where u.code = ? and u.released_at is null`,
    [folded],
  );
  return { standing: row?.standing ?? 0, open: row?.open ?? 0 };
}
