// Orders: those placed here and those that the shop imported, one row each.
import { amongPlaces } from "./among.ts";
import type { Tx } from "./database.ts";

/** An order as it is imported: ratings, segments and spending conditions need no more. */
export interface ShopOrder {
  readonly id: string;
  /** Null where not told. */
  readonly customerId: string | null;
  readonly placedAt: number | null;
  readonly status: string | null;
  /** Goods after discounts, kopecks. */
  readonly totalMinor: number | null;
}

/** An order's own row; amounts in kopecks. What an imported order does not tell is null. */
export interface StoredOrder extends ShopOrder {
  /** Null: not placed here. */
  readonly number: number | null;
  readonly channel: string | null;
  readonly outletId: string | null;
  readonly employeeId: string | null;
  readonly groupId: string | null;
  readonly grossMinor: number | null;
  readonly discountMinor: number | null;
  /** What the app said that delivery costs. */
  readonly deliveryMinor: number | null;
  /** The part of the total that points pay. */
  readonly byPointsMinor: number | null;
  readonly pointsSpent: number | null;
  readonly pointsEarned: number | null;
  /** What came back was worth, and the money of it. */
  readonly returnedMinor: number | null;
  readonly refundedMinor: number | null;
  /** Folded; of a code that was applied. */
  readonly code: string | null;
  readonly calculationId: string | null;
  readonly updatedAt: number | null;
  /** 1: the shop said so, 0: it said the opposite; null: nothing was said. */
  readonly isPaid: number | null;
  readonly trackingUrl: string | null;
  /** What the shopper is told with the status. */
  readonly statusMessage: string | null;
  /** YYYY-MM-DD in the shop's zone. */
  readonly storageUntil: string | null;
  readonly storageExtensions: number | null;
}

/** Column of each field, in the order of inserts. */
const FIELDS = {
  id: "id",
  customerId: "customer_id",
  placedAt: "placed_at",
  status: "status",
  totalMinor: "total_minor",
  number: "number",
  channel: "channel",
  outletId: "outlet_id",
  employeeId: "employee_id",
  groupId: "group_id",
  grossMinor: "gross_minor",
  discountMinor: "discount_minor",
  deliveryMinor: "delivery_minor",
  byPointsMinor: "by_points_minor",
  pointsSpent: "points_spent",
  pointsEarned: "points_earned",
  returnedMinor: "returned_minor",
  refundedMinor: "refunded_minor",
  code: "code",
  calculationId: "calculation_id",
  updatedAt: "updated_at",
  isPaid: "is_paid",
  trackingUrl: "tracking_url",
  statusMessage: "status_message",
  storageUntil: "storage_until",
  storageExtensions: "storage_extensions",
} as const satisfies Record<keyof StoredOrder, string>;

const NAMES = Object.keys(FIELDS) as (keyof StoredOrder)[];
/** Columns under the names of the fields. */
const COLUMNS = NAMES.map((name) => `shop_order.${FIELDS[name]} as "${name}"`).join(", ");
const PLACES = NAMES.map(() => "?").join(", ");

/** Statuses of orders that do not count as bought, in every spelling that other systems import. */
export const UNBOUGHT = "('canceled', 'cancelled', 'closed')";

/** Adds an order, or fills in what is told of one that is known; what is null keeps its place. One placed here is never changed: false. */
export async function saveOrder(tx: Tx, order: ShopOrder): Promise<boolean> {
  const changed = await tx.run(
    `insert into shop_order (id, customer_id, placed_at, status, total_minor) values (?, ?, ?, ?, ?)
     on conflict (id) do update set
       customer_id = coalesce(excluded.customer_id, shop_order.customer_id),
       placed_at = coalesce(excluded.placed_at, shop_order.placed_at),
       status = coalesce(excluded.status, shop_order.status),
       total_minor = coalesce(excluded.total_minor, shop_order.total_minor)
     where shop_order.number is null`,
    [order.id, order.customerId, order.placedAt, order.status, order.totalMinor],
  );
  return changed === 1;
}

/** Adds an order placed here; false: another system's order has that id. */
export async function addOrder(tx: Tx, order: StoredOrder): Promise<boolean> {
  const added = await tx.run(
    `insert into shop_order (${NAMES.map((name) => FIELDS[name]).join(", ")}) values (${PLACES})
     on conflict (id) do nothing`,
    NAMES.map((name) => order[name]),
  );
  return added === 1;
}

/** The order, or null. */
export async function orderById(tx: Tx, id: string): Promise<StoredOrder | null> {
  const [row] = await tx.rows<StoredOrder>(`select ${COLUMNS} from shop_order where id = ?`, [id]);
  return row ?? null;
}

/** The same, held until the transaction ends: changes of one order happen one after another on both engines. */
export async function claimOrder(tx: Tx, id: string): Promise<StoredOrder | null> {
  const hold = tx.engine === "postgres" ? " for update" : "";
  const [row] = await tx.rows<StoredOrder>(`select ${COLUMNS} from shop_order where id = ?${hold}`, [id]);
  return row ?? null;
}

/** What may change of an order after its placement. */
export type OrderChange = Partial<
  Pick<
    StoredOrder,
    | "status"
    | "returnedMinor"
    | "refundedMinor"
    | "isPaid"
    | "trackingUrl"
    | "statusMessage"
    | "storageUntil"
    | "storageExtensions"
    | "updatedAt"
  >
>;

/** Changes a claimed order. */
export async function changeOrder(tx: Tx, id: string, change: OrderChange): Promise<void> {
  const names = Object.keys(change) as (keyof OrderChange)[];
  await tx.run(
    `update shop_order set ${names.map((name) => `${FIELDS[name]} = ?`).join(", ")} where id = ?`,
    [...names.map((name) => change[name] ?? null), id],
  );
}

/** Whether the order is ours. */
export async function isOrderKnown(tx: Tx, id: string): Promise<boolean> {
  return (await tx.rows("select 1 as one from shop_order where id = ?", [id])).length > 0;
}

/** Money a customer's orders came to since each of the instants, kopecks; what ended unbought or came back does not count. */
export async function spentSince(tx: Tx, customerId: string, since: readonly number[]): Promise<number[]> {
  if (since.length === 0) return [];
  const sums = since.map(
    (_, index) =>
      `coalesce(sum(case when placed_at >= ? then total_minor - coalesce(returned_minor, 0) end), 0) as s${index}`,
  );
  const [row] = await tx.rows<Record<string, number>>(
    `select ${sums.join(", ")} from shop_order
     where customer_id = ? and placed_at >= ? and coalesce(status, '') not in ${UNBOUGHT}`,
    [...since, customerId, Math.min(...since)],
  );
  return since.map((_, index) => row?.[`s${index}`] ?? 0);
}

/** Which orders to list, newest first; every filter that is absent lets all through. */
export interface OrderPage {
  /** All ids of one customer. */
  readonly customerIds?: readonly string[];
  /** Folded. */
  readonly code?: string;
  readonly channel?: string;
  readonly calculationId?: string;
  readonly status?: string;
  readonly outletId?: string;
  /** Only orders of these outlets. */
  readonly outletIds?: readonly string[];
  readonly employeeId?: string;
  readonly groupId?: string;
  readonly placedFrom?: number;
  readonly placedBefore?: number;
  /** Only orders placed here. */
  readonly isPlacedHere?: boolean;
  /** The last order of the page before. */
  readonly after?: { readonly placedAt: number; readonly id: string };
  readonly skip?: number;
  readonly limit: number;
}

/** Orders of a page. Those whose moment nobody told come last. */
export async function listOrders(tx: Tx, page: OrderPage): Promise<StoredOrder[]> {
  const tests: string[] = [];
  const values: (string | number)[] = [];
  const demand = (test: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    tests.push(test);
    values.push(value);
  };
  if (page.customerIds !== undefined) {
    tests.push(`customer_id in (${page.customerIds.map(() => "?").join(", ")})`);
    values.push(...page.customerIds);
  }
  if (page.outletIds !== undefined) {
    tests.push(`outlet_id in (${amongPlaces(page.outletIds)})`);
    values.push(...page.outletIds);
  }
  demand("code = ?", page.code);
  demand("channel = ?", page.channel);
  demand("calculation_id = ?", page.calculationId);
  demand("status = ?", page.status);
  demand("outlet_id = ?", page.outletId);
  demand("employee_id = ?", page.employeeId);
  demand("group_id = ?", page.groupId);
  demand("placed_at >= ?", page.placedFrom);
  demand("placed_at < ?", page.placedBefore);
  if (page.isPlacedHere !== undefined) tests.push(`number is ${page.isPlacedHere ? "not " : ""}null`);
  if (page.after !== undefined) {
    tests.push("(coalesce(placed_at, 0), id) < (?, ?)");
    values.push(page.after.placedAt, page.after.id);
  }
  return tx.rows<StoredOrder>(
    `select ${COLUMNS} from shop_order ${tests.length === 0 ? "" : `where ${tests.join(" and ")}`}
     order by coalesce(placed_at, 0) desc, id desc limit ? offset ?`,
    [...values, page.limit, page.skip ?? 0],
  );
}

/** Orders of a split cart that did not end unbought, by id; all of the group are held until the transaction ends. */
export async function siblingsOf(tx: Tx, groupId: string): Promise<string[]> {
  const hold = tx.engine === "postgres" ? " for update" : "";
  const rows = await tx.rows<{ id: string; status: string | null }>(
    `select id, status from shop_order where group_id = ? order by id${hold}`,
    [groupId],
  );
  return rows.filter(({ status }) => !UNBOUGHT.includes(`'${status}'`)).map(({ id }) => id);
}
