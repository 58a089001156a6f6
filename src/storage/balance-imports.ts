// Imports of opening balances as batches: what each said of whom, and whether it still stands.
import type { Tx } from "./database.ts";

/** running and undoing are states that a crash may leave behind; the same call again goes on from there. */
export type BalanceImportState = "running" | "done" | "undoing" | "undone";

/** One import. */
export interface BalanceImport {
  readonly id: string;
  /** Name of the file. */
  readonly name: string;
  /** SHA-256 of the file: the same file is taken once. */
  readonly hash: string;
  readonly actor: string;
  readonly state: BalanceImportState;
  /** Balances that it has, and the sum of their points. */
  readonly rows: number;
  readonly total: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly undoneAt: number | null;
  readonly undoneBy: string | null;
  /** Points that could not be taken back since they were spent, and points that it had taken out and that have expired. */
  readonly missing: number;
  readonly lost: number;
}

/** One balance of an import. */
export interface BalanceRow {
  /** Line of the file. */
  readonly position: number;
  readonly customerId: string;
  readonly points: number;
}

interface ImportRow {
  id: string;
  name: string;
  hash: string;
  actor: string;
  state: string;
  rows: number;
  total: number;
  started_at: number;
  finished_at: number | null;
  undone_at: number | null;
  undone_by: string | null;
  missing: number;
  lost: number;
}

const COLUMNS =
  "id, name, hash, actor, state, rows, total, started_at, finished_at, undone_at, undone_by, missing, lost";

/** Begins an import; where the same file was taken and not taken back since, gives that one, as it stands. */
export async function beginBalanceImport(
  tx: Tx,
  wish: Pick<BalanceImport, "id" | "name" | "hash" | "actor" | "rows" | "total" | "startedAt">,
): Promise<BalanceImport> {
  await tx.run(
    `insert into balance_import (${COLUMNS}) values (?, ?, ?, ?, 'running', ?, ?, ?, null, null, null, 0, 0)
     on conflict do nothing`,
    [wish.id, wish.name, wish.hash, wish.actor, wish.rows, wish.total, wish.startedAt],
  );
  const [row] = await tx.rows<ImportRow>(
    `select ${COLUMNS} from balance_import where hash = ? and undone_at is null`,
    [wish.hash],
  );
  return fromRow(row as ImportRow);
}

/** Holds an import until the transaction ends, if it is in this state; false when it is not (any more). */
export async function lockBalanceImport(tx: Tx, id: string, state: BalanceImportState): Promise<boolean> {
  return (
    (await tx.run("update balance_import set state = state where id = ? and state = ?", [id, state])) === 1
  );
}

/** Brings an import from one state into the next; false when it was not in that state. */
export async function turnBalanceImport(
  tx: Tx,
  id: string,
  turn: {
    readonly from: readonly BalanceImportState[];
    readonly to: BalanceImportState;
    readonly at: number;
    readonly actor: string;
  },
): Promise<boolean> {
  const stamp = {
    running: "",
    done: ", finished_at = ?",
    undoing: "",
    undone: ", undone_at = ?, undone_by = ?",
  };
  const stamped = turn.to === "done" ? [turn.at] : turn.to === "undone" ? [turn.at, turn.actor] : [];
  const turned = await tx.run(
    `update balance_import set state = ?${stamp[turn.to]}
     where id = ? and state in (${turn.from.map(() => "?").join(", ")})`,
    [turn.to, ...stamped, id, ...turn.from],
  );
  return turned === 1;
}

/** Adds to what could not be taken back. */
export async function noteNotUndone(
  tx: Tx,
  id: string,
  { missing, lost }: { readonly missing: number; readonly lost: number },
): Promise<void> {
  await tx.run("update balance_import set missing = missing + ?, lost = lost + ? where id = ?", [
    missing,
    lost,
    id,
  ]);
}

/** Notes balances down; gives the positions of those that were not there yet: only they may be posted. */
export async function addBalanceRows(
  tx: Tx,
  importId: string,
  rows: readonly BalanceRow[],
): Promise<ReadonlySet<number>> {
  const added = await tx.rows<{ position: number }>(
    `insert into balance_import_row (import_id, position, customer_id, points)
     values ${rows.map(() => "(?, ?, ?, ?)").join(", ")} on conflict do nothing returning position`,
    rows.flatMap((row) => [importId, row.position, row.customerId, row.points]),
  );
  return new Set(added.map(({ position }) => position));
}

/** Balances of an import in the order of their lines, after `position`. */
export async function balanceRows(
  tx: Tx,
  importId: string,
  after: number,
  limit: number,
): Promise<BalanceRow[]> {
  const rows = await tx.rows<{ position: number; customer_id: string; points: number }>(
    `select position, customer_id, points from balance_import_row
     where import_id = ? and position > ? order by position limit ?`,
    [importId, after, limit],
  );
  return rows.map((row) => ({ position: row.position, customerId: row.customer_id, points: row.points }));
}

/** Of what an import put in: how many customers have used some (spent, held or lost by time), and how many points. */
export async function usedOfImport(
  tx: Tx,
  importId: string,
): Promise<{ readonly customers: number; readonly points: number }> {
  const [row] = await tx.rows<{ customers: number; points: number }>(
    `select count(*) as customers, coalesce(sum(lot.amount - lot.pending - lot.available), 0) as points
     from balance_import_row as line
     join points_movement as movement on movement.movement_key = 'open:' || line.import_id || ':' || line.customer_id
     join points_entry as entry on entry.movement_id = movement.id and entry.account = 'available' and entry.amount > 0
     join points_lot as lot on lot.id = entry.lot_id
     where line.import_id = ? and lot.amount > lot.pending + lot.available`,
    [importId],
  );
  return row ?? { customers: 0, points: 0 };
}

/** One import; null when there is none. */
export async function balanceImportById(tx: Tx, id: string): Promise<BalanceImport | null> {
  const [row] = await tx.rows<ImportRow>(`select ${COLUMNS} from balance_import where id = ?`, [id]);
  return row === undefined ? null : fromRow(row);
}

/** Imports, newest first; `before`: the id of the last one seen. */
export async function listBalanceImports(
  tx: Tx,
  before: string | null,
  limit: number,
): Promise<BalanceImport[]> {
  const rows = await tx.rows<ImportRow>(
    `select ${COLUMNS} from balance_import ${before === null ? "" : "where id < ?"} order by id desc limit ?`,
    before === null ? [limit] : [before, limit],
  );
  return rows.map(fromRow);
}

function fromRow(row: ImportRow): BalanceImport {
  return {
    id: row.id,
    name: row.name,
    hash: row.hash,
    actor: row.actor,
    state: row.state as BalanceImportState,
    rows: row.rows,
    total: row.total,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by,
    missing: row.missing,
    lost: row.lost,
  };
}
