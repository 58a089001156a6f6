// Promo codes that name a promotion, found by their folded spelling.
import type { Tx, Value } from "./database.ts";

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
  /** Id of the batch that it came with. */
  readonly batch: string;
  /** Exclusive; null: for ever. */
  readonly validUntil: number | null;
  readonly createdAt: number;
  /** How often it may be used; null: as the promotion's limits say. */
  readonly usesPerCode: number | null;
  /** Whose it is; null: anybody's. */
  readonly customerId: string | null;
  /** Number within the batch, ascending, with gaps. */
  readonly place: number;
}

/** A code as a cart finds it. */
export interface FoundPromoCode extends StoredPromoCode {
  /** Its whole batch is switched off. */
  readonly isBatchOff: boolean;
}

/** A row of promo_code. */
export interface PromoCodeRow {
  folded: string;
  code: string;
  promotion_id: string;
  state: string;
  batch: string;
  valid_until: number | null;
  created_at: number;
  uses_per_code: number | null;
  customer_id: string | null;
  place: number;
}

/** The code of a row. */
export function promoCodeFromRow(row: PromoCodeRow): StoredPromoCode {
  return {
    folded: row.folded,
    code: row.code,
    promotionId: row.promotion_id,
    state: row.state as PromoCodeState,
    batch: row.batch,
    validUntil: row.valid_until,
    createdAt: row.created_at,
    usesPerCode: row.uses_per_code,
    customerId: row.customer_id,
    place: row.place,
  };
}

/** The code with this folded spelling; on the path of every cart that has a code. */
export async function findPromoCode(tx: Tx, folded: string): Promise<FoundPromoCode | null> {
  const [row] = await tx.rows<PromoCodeRow & { disabled_at: number | null }>(
    `select c.folded, c.code, c.promotion_id, c.state, c.batch, c.valid_until, c.created_at, c.uses_per_code,
       c.customer_id, c.place, b.disabled_at
     from promo_code c left join code_batch b on b.id = c.batch where c.folded = ?`,
    [folded],
  );
  return row === undefined ? null : { ...promoCodeFromRow(row), isBatchOff: row.disabled_at !== null };
}

/** Codes of these folded spellings that exist, in no order. */
export async function findPromoCodes(tx: Tx, folded: readonly string[]): Promise<StoredPromoCode[]> {
  const found: StoredPromoCode[] = [];
  for (const piece of pieces(folded)) {
    const rows = await tx.rows<PromoCodeRow>(
      `select folded, code, promotion_id, state, batch, valid_until, created_at, uses_per_code, customer_id, place
       from promo_code where folded in (${piece.map(() => "?").join(", ")})`,
      piece,
    );
    found.push(...rows.map(promoCodeFromRow));
  }
  return found;
}

/** Adds the codes whose folded spelling is free and passes over the others; gives the folded spellings that were added. */
export async function addPromoCodes(tx: Tx, codes: readonly StoredPromoCode[]): Promise<ReadonlySet<string>> {
  const added = new Set<string>();
  for (const piece of pieces(codes)) {
    const rows = await tx.rows<{ folded: string }>(
      `${insertOf(piece.length)} on conflict (folded) do nothing returning folded`,
      valuesOf(piece),
    );
    for (const { folded } of rows) added.add(folded);
  }
  return added;
}

/** Adds codes, or changes what exists: promotion, state, end, uses and owner; spelling, batch, place and the day of making stay. */
export async function savePromoCodes(tx: Tx, codes: readonly StoredPromoCode[]): Promise<void> {
  for (const piece of pieces(codes)) {
    await tx.run(
      `${insertOf(piece.length)} on conflict (folded) do update set promotion_id = excluded.promotion_id,
         state = excluded.state, valid_until = excluded.valid_until, uses_per_code = excluded.uses_per_code,
         customer_id = excluded.customer_id`,
      valuesOf(piece),
    );
  }
}

/** How many codes each promotion has, by promotion id. */
export async function countPromoCodes(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.rows<{ promotion_id: string; codes: number }>(
    "select promotion_id, count(*) as codes from promo_code group by promotion_id",
  );
  return new Map(rows.map((row) => [row.promotion_id, row.codes]));
}

/** Rows of one statement: few sizes, so that few statements are kept prepared. */
const SIZES = [256, 16, 1] as const;

function* pieces<Entry>(entries: readonly Entry[]): Generator<readonly Entry[]> {
  let at = 0;
  for (const size of SIZES) {
    for (; entries.length - at >= size; at += size) yield entries.slice(at, at + size);
  }
}

// By hand: a million codes through a query builder take minutes, through one prepared text seconds (November 2026).
const inserts = new Map<number, string>();

function insertOf(rows: number): string {
  let text = inserts.get(rows);
  if (text === undefined) {
    text = `insert into promo_code (folded, code, promotion_id, state, batch, valid_until, created_at, uses_per_code,
      customer_id, place) values ${Array.from({ length: rows }, () => "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").join(", ")}`;
    inserts.set(rows, text);
  }
  return text;
}

function valuesOf(codes: readonly StoredPromoCode[]): Value[] {
  return codes.flatMap((code) => [
    code.folded,
    code.code,
    code.promotionId,
    code.state,
    code.batch,
    code.validUntil,
    code.createdAt,
    code.usesPerCode,
    code.customerId,
    code.place,
  ]);
}
