// Returns of orders: what came back, in the order in which it came.
import type { Tx } from "./database.ts";
import type { OrderReturnRow } from "./tables/order.ts";

/** A line's part of a return; `taken`: units of each run of the line, or thousandths of a weighed one. */
export interface ReturnedLine {
  readonly position: number;
  readonly quantity: number;
  readonly taken: readonly number[];
  readonly value: number;
  readonly refund: number;
}

/** A return; amounts in kopecks. */
export interface OrderReturn {
  /** UUIDv7. */
  readonly id: string;
  readonly orderId: string;
  /** What the goods cost, money and points together. */
  readonly value: number;
  /** The money of it. */
  readonly refund: number;
  readonly spentBack: number;
  readonly earnedBack: number;
  readonly reason: string | null;
  readonly lines: readonly ReturnedLine[];
  readonly at: number;
}

/** Adds a return. */
export async function addOrderReturn(tx: Tx, given: OrderReturn): Promise<void> {
  await tx.run(
    `insert into order_return (id, order_id, value_minor, refund_minor, spent_back, earned_back, reason, lines, at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      given.id,
      given.orderId,
      given.value,
      given.refund,
      given.spentBack,
      given.earnedBack,
      given.reason,
      JSON.stringify(given.lines),
      given.at,
    ],
  );
}

/** Returns of orders, oldest first, by order. */
export async function returnsOfOrders(
  tx: Tx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OrderReturn[]>> {
  const found = new Map<string, OrderReturn[]>(orderIds.map((id) => [id, []]));
  if (orderIds.length === 0) return found;
  const rows = await tx.rows<OrderReturnRow>(
    `select id, order_id, value_minor, refund_minor, spent_back, earned_back, reason, lines, at from order_return
     where order_id in (${orderIds.map(() => "?").join(", ")}) order by at, id`,
    orderIds,
  );
  for (const row of rows) found.get(row.order_id)?.push(fromRow(row));
  return found;
}

function fromRow(row: OrderReturnRow): OrderReturn {
  return {
    id: row.id,
    orderId: row.order_id,
    value: row.value_minor,
    refund: row.refund_minor,
    spentBack: row.spent_back,
    earnedBack: row.earned_back,
    reason: row.reason,
    lines: JSON.parse(row.lines) as ReturnedLine[],
    at: row.at,
  };
}
