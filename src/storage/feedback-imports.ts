// Imports of past feedback: what was taken in which batch, and what of it is untouched since.
import type { Tx } from "./database.ts";
import type { FeedbackTables } from "./tables/feedback.ts";

/** `undoing`: it is being taken back, and goes on after a crash. */
export type FeedbackImportState = "running" | "done" | "undoing" | "undone";

/** One batch. */
export interface FeedbackImport {
  readonly id: string;
  readonly name: string;
  readonly actor: string;
  readonly state: FeedbackImportState;
  /** Rows that the file had to give. */
  readonly rows: number;
  readonly startedAt: number;
  /** Items that were not taken back, since somebody or something has gone on with them. */
  readonly kept: number;
}

type Row = FeedbackTables["feedback_import"];

/** Begins an import; where the same file was taken and not taken back since, gives that one, as it stands. */
export async function beginFeedbackImport(
  tx: Tx,
  wish: Pick<FeedbackImport, "id" | "name" | "actor" | "rows" | "startedAt"> & { readonly hash: string },
): Promise<FeedbackImport> {
  await tx.run(
    `insert into feedback_import (id, name, hash, actor, state, rows, started_at, kept)
     values (?, ?, ?, ?, 'running', ?, ?, 0) on conflict do nothing`,
    [wish.id, wish.name, wish.hash, wish.actor, wish.rows, wish.startedAt],
  );
  const [row] = await tx.rows<Row>("select * from feedback_import where hash = ? and undone_at is null", [
    wish.hash,
  ]);
  return fromRow(row as Row);
}

/** Holds an import until the transaction ends, if it is in this state; false when it is not (any more). */
export async function lockFeedbackImport(tx: Tx, id: string, state: FeedbackImportState): Promise<boolean> {
  const held = await tx.run("update feedback_import set state = state where id = ? and state = ?", [
    id,
    state,
  ]);
  return held === 1;
}

/** Ends the taking. */
export async function finishFeedbackImport(tx: Tx, id: string, at: number): Promise<void> {
  await tx.run(
    "update feedback_import set state = 'done', finished_at = ? where id = ? and state = 'running'",
    [at, id],
  );
}

/** Begins to take it back, or goes on with it. */
export async function beginFeedbackUndo(tx: Tx, id: string): Promise<void> {
  await tx.run("update feedback_import set state = 'undoing' where id = ? and state in ('running', 'done')", [
    id,
  ]);
}

/** Ends the taking back. */
export async function finishFeedbackUndo(tx: Tx, id: string, at: number, actor: string): Promise<void> {
  await tx.run(
    `update feedback_import set state = 'undone', undone_at = ?, undone_by = ?, kept =
       (select count(*) from feedback_import_row r where r.import_id = feedback_import.id and r.item_id is not null)
     where id = ? and state = 'undoing'`,
    [at, actor, id],
  );
}

/** Whether a row of the file was gone through already. */
export async function isRowTaken(tx: Tx, importId: string, position: number): Promise<boolean> {
  const rows = await tx.rows(
    "select 1 as one from feedback_import_row where import_id = ? and position = ?",
    [importId, position],
  );
  return rows.length > 0;
}

/** Notes a row that was gone through; without an item it was known before. */
export async function addImportRow(
  tx: Tx,
  row: {
    readonly importId: string;
    readonly position: number;
    readonly itemId: string | null;
    readonly isRating: boolean;
  },
): Promise<void> {
  await tx.run(
    "insert into feedback_import_row (import_id, position, item_id, is_rating) values (?, ?, ?, ?)",
    [row.importId, row.position, row.itemId, row.isRating ? 1 : 0],
  );
}

/** A record that an import made. */
export interface ImportedRecord {
  readonly position: number;
  readonly itemId: string;
  readonly isRating: boolean;
}

/** Records that an import made, in the order of the file. */
export async function importedRecords(
  tx: Tx,
  importId: string,
  after: number,
  limit: number,
): Promise<ImportedRecord[]> {
  const rows = await tx.rows<{ position: number; item_id: string; is_rating: number }>(
    `select position, item_id, is_rating from feedback_import_row
     where import_id = ? and position > ? and item_id is not null order by position limit ?`,
    [importId, after, limit],
  );
  return rows.map((row) => ({
    position: row.position,
    itemId: row.item_id,
    isRating: row.is_rating === 1,
  }));
}

/** How many records an import has made. */
export async function countImported(tx: Tx, importId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    "select count(*) as count from feedback_import_row where import_id = ? and item_id is not null",
    [importId],
  );
  return Number(row?.count ?? 0);
}

/** Whether a record came from a file. */
export async function isImported(tx: Tx, itemId: string): Promise<boolean> {
  const rows = await tx.rows("select 1 as one from feedback_import_row where item_id = ? limit 1", [itemId]);
  return rows.length > 0;
}

/** The order of a record that nobody and nothing has gone on with since it was taken; null: somebody has, or it is gone. */
export async function untouchedOrder(
  tx: Tx,
  { itemId, isRating }: ImportedRecord,
  importId: string,
): Promise<string | null> {
  const table = isRating ? "rating" : "feedback_item";
  const told = isRating ? "record.revisions = 1" : "record.deliveries = 1";
  const revision = isRating
    ? "rating_revision r where r.order_id = record.order_id"
    : "feedback_revision r where r.item_id = record.id";
  const [row] = await tx.rows<{ orderId: string }>(
    `select record.order_id as "orderId" from ${table} record join desk_item item on item.id = record.id
     where record.id = ? and ${told} and item.version = 1 and item.note_count = 0 and item.answer = 'no'
       and not exists (select 1 from answer a where a.item_id = record.id)
       and not exists (select 1 from ${revision} and r.delivery_id <> ?)`,
    [itemId, importId],
  );
  return row?.orderId ?? null;
}

/** Removes a record with its item and all that belongs to them. */
export async function removeImported(tx: Tx, { itemId, isRating }: ImportedRecord): Promise<void> {
  const seq = "(select seq from desk_item where id = ?)";
  await tx.run(`delete from desk_word where seq = ${seq}`, [itemId]);
  await tx.run(`delete from desk_item_dish where seq = ${seq}`, [itemId]);
  await tx.run("delete from desk_thread where item_id = ?", [itemId]);
  await tx.run("delete from desk_item where id = ?", [itemId]);
  if (isRating) {
    await tx.run("delete from rating_revision where order_id = (select order_id from rating where id = ?)", [
      itemId,
    ]);
    await tx.run("delete from rating where id = ?", [itemId]);
  } else {
    await tx.run("delete from feedback_revision where item_id = ?", [itemId]);
    await tx.run("delete from feedback_item where id = ?", [itemId]);
  }
}

/** Forgets that a row made a record: it was taken back. */
export async function releaseImportRow(tx: Tx, importId: string, position: number): Promise<void> {
  await tx.run("update feedback_import_row set item_id = null where import_id = ? and position = ?", [
    importId,
    position,
  ]);
}

/** The import of that id; null: there is none. */
export async function feedbackImportById(tx: Tx, id: string): Promise<FeedbackImport | null> {
  const [row] = await tx.rows<Row>("select * from feedback_import where id = ?", [id]);
  return row === undefined ? null : fromRow(row);
}

/** Imports, newest first. */
export async function listFeedbackImports(tx: Tx, limit: number): Promise<FeedbackImport[]> {
  const rows = await tx.rows<Row>("select * from feedback_import order by id desc limit ?", [limit]);
  return rows.map(fromRow);
}

function fromRow(row: Row): FeedbackImport {
  return {
    id: row.id,
    name: row.name,
    actor: row.actor,
    state: row.state as FeedbackImportState,
    rows: row.rows,
    startedAt: row.started_at,
    kept: row.kept,
  };
}
