// The spendable points of a customer, for carts: reckoned from the lots at an instant, whether or not any job has run.
import type { Instant } from "../core/basics/index.ts";
import { type Points, points } from "../core/money/index.ts";
import type { Tx } from "./database.ts";

/**
 * A scalar SQL expression for queries that read points along: those of the customer whose id is in column `id` that may
 * be spent at the instant in column `at`: of lots that are active and have not expired, and not held.
 */
export function balanceExpression(id: string, at: string): string {
  return `coalesce((select sum(pending + available) from points_lot
    where points_lot.customer_id = ${id} and pending + available > 0
      and active_from <= ${at} and (expires_at is null or expires_at > ${at})), 0)`;
}

/** Points that may be spent at `at`; none for a customer nobody has spoken of. */
export async function balanceOf(tx: Tx, customerId: string, at: Instant): Promise<Points> {
  const [row] = await tx.rows<{ points: number }>(
    `select ${balanceExpression("who.id", "who.at")} as points
     from (select cast(? as text) as id, cast(? as bigint) as at) as who`,
    [customerId, at],
  );
  return points(row?.points ?? 0);
}
