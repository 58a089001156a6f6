// Numbers that stand for customers in codes shown at a till: no card and no phone can be read from a code.
import type { Tx } from "./database.ts";

/** A customer's number. */
export interface LoyaltyNumber {
  readonly number: string;
  /** The external id that it was made for; merged meanwhile, it leads to the survivor. */
  readonly customerId: string;
  /** Codes used so far: each use makes all codes shown before it worthless. */
  readonly uses: number;
  /** Wrong codes since `failingSince`, ms; null: none. */
  readonly failures: number;
  readonly failingSince: number | null;
}

interface NumberRow {
  number: string;
  customer_id: string;
  uses: number;
  failures: number;
  failing_since: number | null;
}

const COLUMNS = "number, customer_id, uses, failures, failing_since";

/** The number of a customer; null when none was made yet. */
export async function loyaltyNumberOf(tx: Tx, customerId: string): Promise<LoyaltyNumber | null> {
  const [row] = await tx.rows<NumberRow>(`select ${COLUMNS} from loyalty_number where customer_id = ?`, [
    customerId,
  ]);
  return row === undefined ? null : fromRow(row);
}

/** Gives a customer a number; false when the number is taken or the customer has one. */
export async function addLoyaltyNumber(
  tx: Tx,
  number: string,
  customerId: string,
  at: number,
): Promise<boolean> {
  const added = await tx.run(
    `insert into loyalty_number (number, customer_id, uses, failures, failing_since, created_at)
     values (?, ?, 0, 0, null, ?) on conflict do nothing`,
    [number, customerId, at],
  );
  return added === 1;
}

/** The row of a number, held until the transaction ends, so that guesses and uses are counted one by one; null: no such number. */
export async function lockLoyaltyNumber(tx: Tx, number: string): Promise<LoyaltyNumber | null> {
  const [row] = await tx.rows<NumberRow>(
    `update loyalty_number set uses = uses where number = ? returning ${COLUMNS}`,
    [number],
  );
  return row === undefined ? null : fromRow(row);
}

/** Writes what became of a locked number. */
export async function saveLoyaltyNumber(tx: Tx, kept: LoyaltyNumber): Promise<void> {
  await tx.run("update loyalty_number set uses = ?, failures = ?, failing_since = ? where number = ?", [
    kept.uses,
    kept.failures,
    kept.failingSince,
    kept.number,
  ]);
}

function fromRow(row: NumberRow): LoyaltyNumber {
  return {
    number: row.number,
    customerId: row.customer_id,
    uses: row.uses,
    failures: row.failures,
    failingSince: row.failing_since,
  };
}
