// The spendable points of a customer. Only this file knows where they are kept: today a plain balance.
import type { Instant } from "../core/basics/index.ts";
import { type Points, points } from "../core/money/index.ts";
import type { Tx } from "./database.ts";

/** A scalar SQL expression: the points of the customer whose id is in column `id`, for queries that read them along. */
export function balanceExpression(id: string): string {
  return `coalesce((select points from points_balance where points_balance.customer_id = ${id}), 0)`;
}

/** Spendable points; none for a customer nobody has spoken of. */
export async function balanceOf(tx: Tx, customerId: string): Promise<Points> {
  const [row] = await tx.rows<{ points: number }>(
    `select ${balanceExpression("who.id")} as points from (select cast(? as text) as id) as who`,
    [customerId],
  );
  return points(row?.points ?? 0);
}

/** Sets an opening balance. */
export async function setBalance(tx: Tx, customerId: string, amount: Points, at: Instant): Promise<void> {
  await tx.run(
    `insert into points_balance (customer_id, points, updated_at) values (?, ?, ?)
     on conflict (customer_id) do update set points = excluded.points, updated_at = excluded.updated_at`,
    [customerId, amount, at],
  );
}
