// Movements of points and their entries: written once, never changed (the database itself refuses), and balances with them.
import { assert, type Instant, instant } from "../core/basics/index.ts";
import {
  type Account,
  accountChanges,
  type Change,
  type Entry,
  entriesOf,
  lotChanges,
  type MovementKind,
  type NewLot,
  type Posting,
} from "../core/loyalty/index.ts";
import type { Tx, Value } from "./database.ts";

/** What is known of a movement beside its entries. */
export interface Movement {
  readonly id: string;
  /** Unique: the same movement cannot be posted twice. */
  readonly key: string;
  readonly kind: MovementKind;
  readonly customerId: string;
  readonly orderId: string | null;
  /** Who did it by hand; null where the program did. */
  readonly actor: string | null;
  readonly reason: string | null;
  /** The balance that another system told, where the movement makes ours equal to it. */
  readonly control: number | null;
  readonly at: Instant;
}

/** A row of points_movement. */
export interface MovementRow {
  id: string;
  movement_key: string;
  kind: string;
  customer_id: string;
  order_id: string | null;
  actor: string | null;
  reason: string | null;
  control: number | null;
  at: number;
}

const COLUMNS = "id, movement_key, kind, customer_id, order_id, actor, reason, control, at";

const LOT_COLUMNS =
  "id, customer_id, kind, order_id, amount, pending, available, held, expired, active_from, expires_at, created_at";

/** Most rows of one statement: what is prepared has a limit too. */
const HANDFUL = 40;

/**
 * Posts a movement: its row, its new lots, two entries a pair, and the balances of accounts and lots. The accounts must be
 * locked. One that undoes another may find nothing left to move: its row keeps it from being done again. A balance that would go below 0 or a key that was used makes the whole transaction fail.
 */
export async function postMovement(
  tx: Tx,
  movement: Omit<Movement, "kind">,
  posting: Posting,
): Promise<void> {
  const entries = entriesOf(posting.pairs);
  assert(entries.length > 0 || posting.kind === "undo", "a movement has entries");
  const lots = lotChanges(entries);
  await tx.run(`insert into points_movement (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    movement.id,
    movement.key,
    posting.kind,
    movement.customerId,
    movement.orderId,
    movement.actor,
    movement.reason,
    movement.control,
    movement.at,
  ]);
  for (const lot of posting.newLots) await insertLot(tx, lot, lots.get(lot.id));
  const made = new Set(posting.newLots.map(({ id }) => id));
  await insertEntries(tx, movement, entries);
  await changeLots(
    tx,
    [...lots].filter(([id, change]) => !made.has(id) && !isNothing(change)),
  );
  for (const [customerId, change] of accountChanges(entries)) await changeAccount(tx, customerId, change);
}

async function insertLot(tx: Tx, lot: NewLot, change: Change | undefined): Promise<void> {
  await tx.run(`insert into points_lot (${LOT_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    lot.id,
    lot.customerId,
    lot.kind,
    lot.orderId,
    lot.amount,
    change?.pending ?? 0,
    change?.available ?? 0,
    change?.held ?? 0,
    change?.expired ?? 0,
    lot.activeFrom,
    lot.expiresAt,
    lot.createdAt,
  ]);
}

async function insertEntries(
  tx: Tx,
  { id, at }: Pick<Movement, "id" | "at">,
  entries: readonly Entry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += HANDFUL) {
    const handful = entries.slice(from, from + HANDFUL);
    await tx.run(
      `insert into points_entry (movement_id, position, account, customer_id, lot_id, amount, at)
       values ${handful.map(() => "(?, ?, ?, ?, ?, ?, ?)").join(", ")}`,
      handful.flatMap((entry, index): Value[] => [
        id,
        from + index + 1,
        entry.account,
        entry.customerId,
        entry.lotId,
        entry.amount,
        at,
      ]),
    );
  }
}

async function changeLots(tx: Tx, changes: readonly (readonly [string, Change])[]): Promise<void> {
  for (let from = 0; from < changes.length; from += HANDFUL) {
    const handful = changes.slice(from, from + HANDFUL);
    const row =
      "(cast(? as text), cast(? as bigint), cast(? as bigint), cast(? as bigint), cast(? as bigint))";
    const changed = await tx.run(
      `update points_lot set pending = pending + delta.column2, available = available + delta.column3,
         held = held + delta.column4, expired = expired + delta.column5
       from (values ${handful.map(() => row).join(", ")}) as delta where points_lot.id = delta.column1`,
      handful.flatMap(([id, { pending, available, held, expired }]): Value[] => [
        id,
        pending,
        available,
        held,
        expired,
      ]),
    );
    assert(changed === handful.length, "every lot of a movement is there");
  }
}

async function changeAccount(tx: Tx, customerId: string, change: Change): Promise<void> {
  if (isNothing(change)) return;
  const changed = await tx.run(
    `update points_account set pending = pending + ?, available = available + ?, held = held + ?
     where customer_id = ?`,
    [change.pending, change.available, change.held, customerId],
  );
  assert(changed === 1, "the accounts of a movement are there");
}

function isNothing({ pending, available, held, expired }: Change): boolean {
  return pending === 0 && available === 0 && held === 0 && expired === 0;
}

/** The movement of a key; null when nothing was posted under it. */
export async function movementByKey(tx: Tx, key: string): Promise<Movement | null> {
  const [row] = await tx.rows<MovementRow>(`select ${COLUMNS} from points_movement where movement_key = ?`, [
    key,
  ]);
  return row === undefined ? null : fromRow(row);
}

/** Entries of a movement, in their order. */
export async function entriesOfMovement(tx: Tx, id: string): Promise<Entry[]> {
  const rows = await tx.rows<{
    account: string;
    customer_id: string | null;
    lot_id: string;
    amount: number;
  }>(
    "select account, customer_id, lot_id, amount from points_entry where movement_id = ? order by position",
    [id],
  );
  return rows.map((row) => ({
    account: row.account as Account,
    customerId: row.customer_id,
    lotId: row.lot_id,
    amount: row.amount,
  }));
}

/** Corrections that `actor` made since `since`, those in this transaction too. */
export async function correctionsSince(tx: Tx, actor: string, since: Instant): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    "select count(*) as count from points_movement where actor = ? and at >= ? and kind = 'correct'",
    [actor, since],
  );
  return row?.count ?? 0;
}

/** Makes corrections of one person wait for each other until the transaction ends, so that they can be counted. */
export async function lockOperator(tx: Tx, actor: string): Promise<void> {
  await tx.run(
    `insert into points_operator (actor, turns) values (?, 1)
     on conflict (actor) do update set turns = points_operator.turns + 1`,
    [actor],
  );
}

/** A row of points_movement as the ledger knows it. */
export function fromRow(row: MovementRow): Movement {
  return {
    id: row.id,
    key: row.movement_key,
    kind: row.kind as MovementKind,
    customerId: row.customer_id,
    orderId: row.order_id,
    actor: row.actor,
    reason: row.reason,
    control: row.control,
    at: instant(row.at),
  };
}
