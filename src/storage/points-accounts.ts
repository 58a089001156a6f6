// The accounts of a customer: the row that every change of their points locks first, with balances that are a checked sum.
import { type Points, points } from "../core/money/index.ts";
import type { Tx } from "./database.ts";

/** Balances of a customer as the book has them: what time alone has changed since is noted by the next change. */
export interface PointsAccount {
  readonly customerId: string;
  readonly pending: Points;
  readonly available: Points;
  readonly held: Points;
  /** Counts changes, so that each has a key of its own. */
  readonly revision: number;
}

interface AccountRow {
  customer_id: string;
  pending: number;
  available: number;
  held: number;
  revision: number;
}

const COLUMNS = "customer_id, pending, available, held, revision";

/** Locks a customer's accounts until the transaction ends; null when they never had points. */
export async function lockPoints(tx: Tx, customerId: string): Promise<PointsAccount | null> {
  // An update, since it locks on both engines alike and makes the number that keys are made of.
  const [row] = await tx.rows<AccountRow>(
    `update points_account set revision = revision + 1 where customer_id = ? returning ${COLUMNS}`,
    [customerId],
  );
  return row === undefined ? null : fromRow(row);
}

/** The same, opening empty accounts where there are none. */
export async function openPoints(tx: Tx, customerId: string): Promise<PointsAccount> {
  const [row] = await tx.rows<AccountRow>(
    `insert into points_account (${COLUMNS}) values (?, 0, 0, 0, 1)
     on conflict (customer_id) do update set revision = points_account.revision + 1 returning ${COLUMNS}`,
    [customerId],
  );
  return fromRow(row as AccountRow);
}

/** Balances as the book has them, without locking; null when the customer never had points. */
export async function readPoints(tx: Tx, customerId: string): Promise<PointsAccount | null> {
  const [row] = await tx.rows<AccountRow>(`select ${COLUMNS} from points_account where customer_id = ?`, [
    customerId,
  ]);
  return row === undefined ? null : fromRow(row);
}

function fromRow(row: AccountRow): PointsAccount {
  return {
    customerId: row.customer_id,
    pending: points(row.pending),
    available: points(row.available),
    held: points(row.held),
    revision: row.revision,
  };
}
