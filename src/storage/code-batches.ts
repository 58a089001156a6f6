// Batches of promo codes, and the codes of one batch page by page.
import type { Tx } from "./database.ts";
import { type PromoCodeRow, promoCodeFromRow, type StoredPromoCode } from "./promo-codes.ts";
import type { PromotionTables } from "./tables/promotion.ts";

/** Where the codes of a batch come from. */
export type BatchKind = "generated" | "imported";

/** A batch. */
export interface CodeBatch {
  readonly id: string;
  /** Unique. */
  readonly name: string;
  readonly kind: BatchKind;
  /** Null: its codes name several promotions. */
  readonly promotionId: string | null;
  /** Null for imported ones. */
  readonly pattern: string | null;
  readonly alphabet: string | null;
  /** Null: as the promotion's limits say. */
  readonly usesPerCode: number | null;
  /** Exclusive; null: for ever, or told by each code. */
  readonly validUntil: number | null;
  /** How many codes it shall have; null for imported ones. */
  readonly wanted: number | null;
  /** How many it has. */
  readonly codes: number;
  readonly createdAt: number;
  /** Null: it is being made, or making it was interrupted. */
  readonly completedAt: number | null;
  /** Null: its codes may be used. */
  readonly disabledAt: number | null;
}

type CodeBatchRow = PromotionTables["code_batch"];

const COLUMNS = `id, name, kind, promotion_id, pattern, alphabet, uses_per_code, valid_until, wanted, codes,
  created_at, completed_at, disabled_at`;

function batchFromRow(row: CodeBatchRow): CodeBatch {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as BatchKind,
    promotionId: row.promotion_id,
    pattern: row.pattern,
    alphabet: row.alphabet,
    usesPerCode: row.uses_per_code,
    validUntil: row.valid_until,
    wanted: row.wanted,
    codes: row.codes,
    createdAt: row.created_at,
    completedAt: row.completed_at,
    disabledAt: row.disabled_at,
  };
}

/** Adds a batch; false when its name is taken. */
export async function addCodeBatch(tx: Tx, batch: CodeBatch): Promise<boolean> {
  const added = await tx.run(
    `insert into code_batch (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    [
      batch.id,
      batch.name,
      batch.kind,
      batch.promotionId,
      batch.pattern,
      batch.alphabet,
      batch.usesPerCode,
      batch.validUntil,
      batch.wanted,
      batch.codes,
      batch.createdAt,
      batch.completedAt,
      batch.disabledAt,
    ],
  );
  return added === 1;
}

/** The batch of that id; null when there is none. */
export async function codeBatchById(tx: Tx, id: string): Promise<CodeBatch | null> {
  const [row] = await tx.rows<CodeBatchRow>(`select ${COLUMNS} from code_batch where id = ?`, [id]);
  return row === undefined ? null : batchFromRow(row);
}

/** The batch of that name; null when there is none. */
export async function codeBatchByName(tx: Tx, name: string): Promise<CodeBatch | null> {
  const [row] = await tx.rows<CodeBatchRow>(`select ${COLUMNS} from code_batch where name = ?`, [name]);
  return row === undefined ? null : batchFromRow(row);
}

/** The batch, locked until the transaction ends, so that nobody else adds to it meanwhile; null when there is none. */
export async function lockCodeBatch(tx: Tx, id: string): Promise<CodeBatch | null> {
  const [row] = await tx.rows<CodeBatchRow>(
    `update code_batch set codes = codes where id = ? returning ${COLUMNS}`,
    [id],
  );
  return row === undefined ? null : batchFromRow(row);
}

/** Batches, newest first; `before`: only those whose id sorts before it. */
export async function listCodeBatches(
  tx: Tx,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<CodeBatch[]> {
  const rows = await tx.rows<CodeBatchRow>(
    `select ${COLUMNS} from code_batch ${before === null ? "" : "where id < ?"} order by id desc limit ?`,
    before === null ? [limit] : [before, limit],
  );
  return rows.map(batchFromRow);
}

/** Counts codes that a batch got (or lost), and says that it is whole when `completedAt` is given. */
export async function countIntoBatch(
  tx: Tx,
  id: string,
  codes: number,
  completedAt: number | null,
): Promise<void> {
  await tx.run(
    "update code_batch set codes = codes + ?, completed_at = coalesce(completed_at, ?) where id = ?",
    [codes, completedAt, id],
  );
}

/** Switches all codes of a batch off at an instant, or on again with null; false when there is no such batch. */
export async function switchCodeBatch(tx: Tx, id: string, disabledAt: number | null): Promise<boolean> {
  return (await tx.run("update code_batch set disabled_at = ? where id = ?", [disabledAt, id])) === 1;
}

/** Removes up to `limit` codes of a batch; gives how many. The batch itself goes with `removeCodeBatch`. */
export function removeCodesOfBatch(tx: Tx, id: string, limit: number): Promise<number> {
  return tx.run(
    "delete from promo_code where folded in (select folded from promo_code where batch = ? limit ?)",
    [id, limit],
  );
}

/** Removes a batch without codes. */
export async function removeCodeBatch(tx: Tx, id: string): Promise<void> {
  await tx.run("delete from code_batch where id = ?", [id]);
}

/** The last place in a batch; 0 when it is empty. */
export async function lastPlace(tx: Tx, id: string): Promise<number> {
  const [row] = await tx.rows<{ last: number | null }>(
    "select max(place) as last from promo_code where batch = ?",
    [id],
  );
  return row?.last ?? 0;
}

/** Codes of a batch in the order of making; `after`: those behind that place. */
export async function codesOfBatch(
  tx: Tx,
  id: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<StoredPromoCode[]> {
  const rows = await tx.rows<PromoCodeRow>(
    `select folded, code, promotion_id, state, batch, valid_until, created_at, uses_per_code, customer_id, place
     from promo_code where batch = ? and place > ? order by place limit ?`,
    [id, after, limit],
  );
  return rows.map(promoCodeFromRow);
}
