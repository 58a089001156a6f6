// Customers and the names they are found by. Cards and phones are kept as keyed hashes only. An id that was merged into
// another customer leads to the survivor, in the same statement.
import type { Instant } from "../core/basics/index.ts";
import { type Points, points } from "../core/money/index.ts";
import type { Tx } from "./database.ts";
import { UNBOUGHT } from "./orders.ts";
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

/** A customer with the points that may be spent at the instant that was asked for. */
export interface CustomerWithBalance extends Customer {
  readonly balance: Points;
}

interface CustomerRow {
  id: string;
  segments: string | null;
  tier: string | null;
  birthday: string | null;
  order_count: number | null;
  orders: number;
  points: number;
}

/** Orders that count: of a customer who was imported those placed here, since the import counted the others already. */
const ORDERS = `(select count(*) from shop_order where shop_order.customer_id = who.id
  and coalesce(shop_order.status, '') not in ${UNBOUGHT}
  and (customer.id is null or shop_order.number is not null))`;

const COLUMNS = `who.id as id, customer.segments, customer.tier, customer.birthday, customer.order_count,
  ${ORDERS} as orders, ${balanceExpression("who.id", "who.at")} as points`;

/** A scalar SQL expression of one parameter used twice: the survivor that an external id leads to, usually itself. */
const SURVIVOR = "coalesce((select customer_id from customer_alias where id = ?), cast(? as text))";

/** Whose external id it is now: itself, or the customer that it was merged into. */
export async function survivorOf(tx: Tx, id: string): Promise<string> {
  const [row] = await tx.rows<{ id: string }>(`select ${SURVIVOR} as id`, [id, id]);
  return (row as { id: string }).id;
}

/** The survivors of those among `ids` that were merged; who is not among them is its own. */
export async function survivorsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; customer_id: string }>(
    `select id, customer_id from customer_alias where id in (${ids.map(() => "?").join(", ")})`,
    ids,
  );
  return new Map(rows.map((row) => [row.id, row.customer_id]));
}

/** Tiers of customers by their own ids; of those that are not known there is none. */
export async function tiersOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; tier: string | null }>(
    `select id, tier from customer where id in (${ids.map(() => "?").join(", ")})`,
    ids,
  );
  return new Map(rows.map(({ id, tier }) => [id, tier]));
}

/** Every external id of a customer: its own, then those that were merged into it. */
export async function idsOfCustomer(tx: Tx, survivorId: string): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(
    "select id from customer_alias where customer_id = ? order by id",
    [survivorId],
  );
  return [survivorId, ...rows.map(({ id }) => id)];
}

/**
 * Whose external id it is, held until the transaction ends: no merge takes the customer away meanwhile, so what is
 * written under the answer stays with its owner. Makes the customer's row where there is none.
 */
export async function lockCustomer(tx: Tx, id: string, at: number): Promise<string> {
  let survivor = tx.engine === "sqlite" ? await survivorOf(tx, id) : id;
  for (;;) {
    const lock = tx.engine === "sqlite" ? "" : " for key share";
    const [row] = await tx.rows(`select id from customer where id = ?${lock}`, [survivor]);
    if (row === undefined) {
      await tx.run(
        `insert into customer (id, segments, tier, birthday, order_count, updated_at)
         values (?, '[]', null, null, null, ?) on conflict (id) do nothing`,
        [survivor, at],
      );
    }
    // One writer at a time: nothing can happen in between.
    if (tx.engine === "sqlite") return survivor;
    // The wait for the row may have been the wait for a merge.
    const now = await survivorOf(tx, id);
    if (row !== undefined && now === survivor) return survivor;
    survivor = now;
  }
}

/** The customer of an external id, in one statement; one we know nothing of has empty facts. */
export async function readCustomer(tx: Tx, id: string, at: Instant): Promise<CustomerWithBalance> {
  const [row] = await tx.rows<CustomerRow>(
    `select ${COLUMNS} from (select ${SURVIVOR} as id, cast(? as bigint) as at) as who
     left join customer on customer.id = who.id`,
    [id, id, at],
  );
  return fromRow(row as CustomerRow);
}

/** Whose card or else phone it is, of two parameters: the hashes; an empty one is nobody's. */
const OWNER = `select coalesce((select alias.customer_id from customer_alias as alias
                                where alias.id = customer_identity.customer_id), customer_id) as id
  from customer_identity
  where (kind = 'card' and hash = ?) or (kind = 'phone' and hash = ?) order by kind limit 1`;

/** Whose card or else phone it is; null when nobody's. An empty hash finds nobody. */
export async function ownerOfIdentity(tx: Tx, cardHash: string, phoneHash: string): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>(OWNER, [cardHash, phoneHash]);
  return row?.id ?? null;
}

/** Whose cards or phones these are, by hash; nobody's are not among them. */
export async function ownersOfIdentities(
  tx: Tx,
  kind: IdentityKind,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (hashes.length === 0) return new Map();
  const rows = await tx.rows<{ hash: string; id: string }>(
    `select hash, coalesce(alias.customer_id, identity.customer_id) as id
     from customer_identity as identity left join customer_alias as alias on alias.id = identity.customer_id
     where kind = ? and hash in (${hashes.map(() => "?").join(", ")})`,
    [kind, ...hashes],
  );
  return new Map(rows.map((row) => [row.hash, row.id]));
}

/** The customer of a card or else of a phone, in one statement; null when neither is known. An empty hash finds nobody. */
export async function readCustomerByIdentity(
  tx: Tx,
  cardHash: string,
  phoneHash: string,
  at: Instant,
): Promise<CustomerWithBalance | null> {
  const [row] = await tx.rows<CustomerRow>(
    `select ${COLUMNS}
     from (select owner.id, cast(? as bigint) as at from (${OWNER}) as owner) as who
     join customer on customer.id = who.id`,
    [at, cardHash, phoneHash],
  );
  return row === undefined ? null : fromRow(row);
}

/** Whether anything is known of that external id: a row of the customer, points, an order, or a merge. */
export async function isCustomerKnown(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.rows(
    `select 1 as one from customer where id = ? union all select 1 from points_account where customer_id = ?
      union all select 1 from shop_order where customer_id = ?
      union all select 1 from customer_alias where id = ? limit 1`,
    [id, id, id, id],
  );
  return rows.length > 0;
}

/** Customers by id, merged ones left out. */
export interface CustomerSearch {
  /** Beginning of the id; null: all. */
  readonly prefix: string | null;
  /** The last id of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** A page of customers with the points that may be spent at `at`. */
export async function searchCustomers(
  tx: Tx,
  search: CustomerSearch,
  at: Instant,
): Promise<CustomerWithBalance[]> {
  const { prefix, after, limit } = search;
  const rows = await tx.rows<CustomerRow>(
    `select ${COLUMNS} from (
       select id, cast(? as bigint) as at from customer
       where id > ? and substr(id, 1, length(cast(? as text))) = ?
         and not exists (select 1 from customer_alias where customer_alias.id = customer.id)
       order by id limit ?) as who
     join customer on customer.id = who.id order by who.id`,
    [at, after ?? "", prefix ?? "", prefix ?? "", limit],
  );
  return rows.map(fromRow);
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

/**
 * Gives a card or phone to the customer of an external id; it leaves whoever had it, since cards and numbers change
 * hands. Under a merged id it goes to the survivor, whose row must be there.
 */
export async function saveIdentity(
  tx: Tx,
  kind: IdentityKind,
  hash: string,
  externalId: string,
): Promise<void> {
  await tx.run(
    `insert into customer_identity (kind, hash, customer_id, external_id) values (?, ?, ${SURVIVOR}, ?)
     on conflict (kind, hash) do update set customer_id = excluded.customer_id, external_id = excluded.external_id`,
    [kind, hash, externalId, externalId, externalId],
  );
}

/** Takes away the cards or phones that were given under an external id, before the present ones are given. */
export async function forgetIdentities(tx: Tx, kind: IdentityKind, externalId: string): Promise<void> {
  await tx.run("delete from customer_identity where external_id = ? and kind = ?", [externalId, kind]);
}

/** How many cards and phones a customer has. */
export async function countIdentities(
  tx: Tx,
  customerId: string,
): Promise<Readonly<Record<IdentityKind, number>>> {
  const [row] = await tx.rows<{ card: number; phone: number }>(
    `select coalesce(sum(case when kind = 'card' then 1 end), 0) as card,
       coalesce(sum(case when kind = 'phone' then 1 end), 0) as phone
     from customer_identity where customer_id = ?`,
    [customerId],
  );
  return { card: row?.card ?? 0, phone: row?.phone ?? 0 };
}

function fromRow(row: CustomerRow): CustomerWithBalance {
  return {
    id: row.id,
    segments: row.segments === null ? [] : (JSON.parse(row.segments) as string[]),
    tier: row.tier,
    birthday: row.birthday,
    orderCount: orderCountOf(row),
    balance: points(row.points),
  };
}

/** Somebody nobody told us of has the orders that we know; where the import left the number open, it is known from the first one on. */
function orderCountOf(row: CustomerRow): number | null {
  if (row.segments === null) return row.orders;
  if (row.order_count === null) return row.orders === 0 ? null : row.orders;
  return row.order_count + row.orders;
}
