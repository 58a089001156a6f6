// Customers and the names they are found by. Cards and phones are kept as keyed hashes only.
import { type Points, points } from "../core/money/index.ts";
import type { Tx } from "./database.ts";
import { balanceExpression } from "./points.ts";

/** What a customer may be found by beside the external id. */
export type IdentityKind = "card" | "phone";

/** A customer as imported. */
export interface Customer {
  /** The external id. */
  readonly id: string;
  readonly segments: readonly string[];
  readonly tier: string | null;
  /** "MM-DD" or "YYYY-MM-DD". */
  readonly birthday: string | null;
  /** Confirmed orders so far; null when unknown. */
  readonly orderCount: number | null;
}

/** A customer with the spendable points. */
export interface CustomerWithBalance extends Customer {
  readonly balance: Points;
}

interface CustomerRow {
  id: string;
  segments: string | null;
  tier: string | null;
  birthday: string | null;
  order_count: number | null;
  points: number;
}

const COLUMNS = `who.id as id, customer.segments, customer.tier, customer.birthday, customer.order_count,
  ${balanceExpression("who.id")} as points`;

/** The customer of an external id, in one statement; one we know nothing of has empty facts. */
export async function readCustomer(tx: Tx, id: string): Promise<CustomerWithBalance> {
  const [row] = await tx.rows<CustomerRow>(
    `select ${COLUMNS} from (select cast(? as text) as id) as who left join customer on customer.id = who.id`,
    [id],
  );
  return fromRow(row as CustomerRow);
}

/** The customer of a card or else of a phone, in one statement; null when neither is known. An empty hash finds nobody. */
export async function readCustomerByIdentity(
  tx: Tx,
  cardHash: string,
  phoneHash: string,
): Promise<CustomerWithBalance | null> {
  const [row] = await tx.rows<CustomerRow>(
    `select ${COLUMNS}
     from (select customer_id as id from customer_identity
           where (kind = 'card' and hash = ?) or (kind = 'phone' and hash = ?) order by kind limit 1) as who
     join customer on customer.id = who.id`,
    [cardHash, phoneHash],
  );
  return row === undefined ? null : fromRow(row);
}

/** Whether anything is known of that external id: a row of the customer, points or an order. */
export async function isCustomerKnown(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.rows(
    `select 1 as one from customer where id = ? union all select 1 from points_balance where customer_id = ?
      union all select 1 from shop_order where customer_id = ? limit 1`,
    [id, id, id],
  );
  return rows.length > 0;
}

/** Adds a customer or replaces what is known of one. */
export async function saveCustomer(tx: Tx, customer: Customer, at: number): Promise<void> {
  await tx.run(
    `insert into customer (id, segments, tier, birthday, order_count, updated_at) values (?, ?, ?, ?, ?, ?)
     on conflict (id) do update set segments = excluded.segments, tier = excluded.tier,
       birthday = excluded.birthday, order_count = excluded.order_count, updated_at = excluded.updated_at`,
    [
      customer.id,
      JSON.stringify(customer.segments),
      customer.tier,
      customer.birthday,
      customer.orderCount,
      at,
    ],
  );
}

/** Gives a card or phone to a customer; it leaves whoever had it, since cards and numbers change hands. */
export async function saveIdentity(
  tx: Tx,
  kind: IdentityKind,
  hash: string,
  customerId: string,
): Promise<void> {
  await tx.run(
    `insert into customer_identity (kind, hash, customer_id) values (?, ?, ?)
     on conflict (kind, hash) do update set customer_id = excluded.customer_id`,
    [kind, hash, customerId],
  );
}

/** Takes a customer's cards or phones away, before the present ones are given. */
export async function forgetIdentities(tx: Tx, kind: IdentityKind, customerId: string): Promise<void> {
  await tx.run("delete from customer_identity where customer_id = ? and kind = ?", [customerId, kind]);
}

function fromRow(row: CustomerRow): CustomerWithBalance {
  return {
    id: row.id,
    segments: row.segments === null ? [] : (JSON.parse(row.segments) as string[]),
    tier: row.tier,
    birthday: row.birthday,
    orderCount: row.order_count,
    balance: points(row.points),
  };
}
