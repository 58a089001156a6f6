// Promo codes that name a promotion, found by their folded spelling.
import type { Tx } from "./database.ts";

/** What a code may be by itself; that its time is over is told by `validUntil`. */
export type PromoCodeState = "free" | "redeemed" | "blocked";

/** A code. */
export interface StoredPromoCode {
  /** As compared. */
  readonly folded: string;
  /** As written by its maker. */
  readonly code: string;
  readonly promotionId: string;
  readonly state: PromoCodeState;
  /** What it came with, so that a batch can be found again. */
  readonly batch: string;
  /** Exclusive; null: for ever. */
  readonly validUntil: number | null;
  readonly createdAt: number;
}

interface PromoCodeRow {
  folded: string;
  code: string;
  promotion_id: string;
  state: string;
  batch: string;
  valid_until: number | null;
  created_at: number;
}

function promoCodeFromRow(row: PromoCodeRow): StoredPromoCode {
  return {
    folded: row.folded,
    code: row.code,
    promotionId: row.promotion_id,
    state: row.state as PromoCodeState,
    batch: row.batch,
    validUntil: row.valid_until,
    createdAt: row.created_at,
  };
}

/** The code with this folded spelling; on the path of every cart that has a code. */
export async function findPromoCode(tx: Tx, folded: string): Promise<StoredPromoCode | null> {
  const [row] = await tx.rows<PromoCodeRow>(
    "select folded, code, promotion_id, state, batch, valid_until, created_at from promo_code where folded = ?",
    [folded],
  );
  return row === undefined ? null : promoCodeFromRow(row);
}

/** Codes of these folded spellings that exist. */
export async function findPromoCodes(tx: Tx, folded: readonly string[]): Promise<StoredPromoCode[]> {
  if (folded.length === 0) return [];
  const rows = await tx.kysely
    .selectFrom("promo_code")
    .selectAll()
    .where("folded", "in", [...folded])
    .orderBy("folded")
    .execute();
  return rows.map(promoCodeFromRow);
}

/** Adds codes, or changes what exists: spelling, promotion, state, batch and end; the day of making stays. */
export async function savePromoCodes(tx: Tx, codes: readonly StoredPromoCode[]): Promise<void> {
  if (codes.length === 0) return;
  await tx.kysely
    .insertInto("promo_code")
    .values(
      codes.map((code) => ({
        folded: code.folded,
        code: code.code,
        promotion_id: code.promotionId,
        state: code.state,
        batch: code.batch,
        valid_until: code.validUntil,
        created_at: code.createdAt,
      })),
    )
    .onConflict((conflict) =>
      conflict.column("folded").doUpdateSet((row) => ({
        code: row.ref("excluded.code"),
        promotion_id: row.ref("excluded.promotion_id"),
        state: row.ref("excluded.state"),
        batch: row.ref("excluded.batch"),
        valid_until: row.ref("excluded.valid_until"),
      })),
    )
    .execute();
}

/** How many codes each promotion has, by promotion id. */
export async function countPromoCodes(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.rows<{ promotion_id: string; codes: number }>(
    "select promotion_id, count(*) as codes from promo_code group by promotion_id",
  );
  return new Map(rows.map((row) => [row.promotion_id, row.codes]));
}
