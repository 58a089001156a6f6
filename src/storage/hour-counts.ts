// Counts by hour, added to by whoever counts and read for the front page: over all instances, and over restarts.
import type { Tx } from "./database.ts";

/** An hour, ms. */
export const HOUR_MS = 3_600_000;

/** What was counted in an hour; `hour` is the number of the UTC hour since 1970. */
export interface HourCount {
  readonly kind: string;
  readonly hour: number;
  /** A channel, or a face with a bucket of time. */
  readonly part: string;
  readonly amount: number;
}

/** Adds to counts; several of one kind, hour and part must have been added up before. */
export async function addHourCounts(tx: Tx, tallies: readonly HourCount[]): Promise<void> {
  if (tallies.length === 0) return;
  // In one order everywhere, or two writers on PostgreSQL could wait for each other in a ring.
  const sorted = [...tallies].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  for (const { kind, hour, part, amount } of sorted)
    await tx.run(
      `insert into hour_count (kind, hour, part, amount) values (?, ?, ?, ?)
        on conflict (kind, hour, part) do update set amount = hour_count.amount + excluded.amount`,
      [kind, hour, part, amount],
    );
}

function keyOf({ kind, hour, part }: HourCount): string {
  return `${kind} ${hour} ${part}`;
}

/** Counts of a kind in the hours from `from`, before `until`, in no order. */
export function hourCounts(tx: Tx, kind: string, from: number, until: number): Promise<HourCount[]> {
  return tx.rows<HourCount>(
    "select kind, hour, part, amount from hour_count where kind = ? and hour >= ? and hour < ?",
    [kind, from, until],
  );
}

/** Forgets counts of a kind in hours before `before`; gives how many rows. */
export function forgetHourCounts(tx: Tx, kind: string, before: number): Promise<number> {
  return tx.run("delete from hour_count where kind = ? and hour < ?", [kind, before]);
}

/** Calculations made from `from`, before `until`: of whole hours as they were counted, of the edges as they stand. */
export async function countCarts(tx: Tx, from: number, until: number): Promise<number> {
  const [first, end] = [Math.ceil(from / HOUR_MS), Math.floor(until / HOUR_MS)];
  if (first >= end) return rowsBetween(tx, from, until);
  const whole = (await hourCounts(tx, "carts", first, end)).reduce((sum, { amount }) => sum + amount, 0);
  return (
    whole + (await rowsBetween(tx, from, first * HOUR_MS)) + (await rowsBetween(tx, end * HOUR_MS, until))
  );
}

async function rowsBetween(tx: Tx, from: number, until: number): Promise<number> {
  if (from >= until) return 0;
  const [row] = await tx.rows<{ count: number }>(
    "select count(*) as count from calculation where at >= ? and at < ?",
    [from, until],
  );
  return row?.count ?? 0;
}
