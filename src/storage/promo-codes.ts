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
  /** Confirmed orders that used it, where it says itself how many may; see limit-uses.ts. */
  readonly uses: number;
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

/** What the tables say of one spelling: its code, if it has a row of its own, and whether people have blocked it. */
export interface CodeLookUp {
  readonly code: FoundPromoCode | null;
  /** See code-blocks.ts. True also of codes that stand nowhere but in a promotion. */
  readonly isBlocked: boolean;
}

/** Looks a folded spelling up; on the path of every cart that has a code. */
export async function lookUpCode(tx: Tx, folded: string): Promise<CodeLookUp> {
  const rows = await tx.rows<
    PromoCodeRow & { disabled_at: number | null; uses: number | null; is_block: number }
  >(
    // Not a join: on SQLite that costs 10 µs even where there is no such code, this 0.5 (November 2026).
    `select folded, code, promotion_id, state, batch, valid_until, created_at, uses_per_code, customer_id, place,
       (select disabled_at from code_batch where id = promo_code.batch) as disabled_at,
       (select uses from limit_use where promotion_id = promo_code.promotion_id and kind = 'code'
         and subject = promo_code.folded and period = '') as uses, 0 as is_block
     from promo_code where folded = ?
     union all
     select folded, '', '', '', '', null, changed_at, null, null, 0, null, null, 1
     from code_block where folded = ? and is_blocked = 1`,
    [folded, folded],
  );
  const row = rows.find(({ is_block }) => is_block === 0);
  return {
    code:
      row === undefined
        ? null
        : { ...promoCodeFromRow(row), isBatchOff: row.disabled_at !== null, uses: row.uses ?? 0 },
    isBlocked: rows.some(({ is_block }) => is_block === 1),
  };
}

/** The code with this folded spelling; null: it has no row. */
export async function findPromoCode(tx: Tx, folded: string): Promise<FoundPromoCode | null> {
  return (await lookUpCode(tx, folded)).code;
}

/** Codes of these folded spellings that exist, in no order. */
export async function findPromoCodes(tx: Tx, folded: readonly string[]): Promise<StoredPromoCode[]> {
  if (folded.length === 0) return [];
  const rows = await tx.rows<PromoCodeRow>(
    `select folded, code, promotion_id, state, batch, valid_until, created_at, uses_per_code, customer_id, place
     from promo_code where folded ${LIST[tx.engine]}`,
    [JSON.stringify(folded)],
  );
  return rows.map(promoCodeFromRow);
}

/** A list of texts in one parameter, so that one statement serves lists of any length. */
export const LIST = {
  sqlite: "in (select value from json_each(?))",
  postgres: "= any(array(select json_array_elements_text(?::json)))",
} as const;

/** Adds the codes whose folded spelling is free and passes over the others; gives the folded spellings that were added. */
export async function addPromoCodes(tx: Tx, codes: readonly StoredPromoCode[]): Promise<ReadonlySet<string>> {
  const added = new Set<string>();
  const skip = "on conflict (folded) do nothing";
  if (tx.engine === "sqlite") {
    for (const code of codes)
      if ((await tx.run(`${INSERT_ONE} ${skip}`, valuesOf(code))) === 1) added.add(code.folded);
  } else if (codes.length > 0) {
    const rows = await tx.rows<{ folded: string }>(`${INSERT_LIST} ${skip} returning folded`, [
      JSON.stringify(codes.map(valuesOf)),
    ]);
    for (const { folded } of rows) added.add(folded);
  }
  return added;
}

/** Adds codes, or changes what exists: promotion, state, end, uses and owner; spelling, batch, place and the day of making stay. */
export async function savePromoCodes(tx: Tx, codes: readonly StoredPromoCode[]): Promise<void> {
  const change = `on conflict (folded) do update set promotion_id = excluded.promotion_id, state = excluded.state,
    valid_until = excluded.valid_until, uses_per_code = excluded.uses_per_code, customer_id = excluded.customer_id`;
  if (tx.engine === "sqlite") {
    for (const code of codes) await tx.run(`${INSERT_ONE} ${change}`, valuesOf(code));
  } else if (codes.length > 0) {
    await tx.run(`${INSERT_LIST} ${change}`, [JSON.stringify(codes.map(valuesOf))]);
  }
}

/** Codes of each promotion at an instant: all, and those that may still be used. */
export async function promoCodeSupply(
  tx: Tx,
  at: number,
): Promise<ReadonlyMap<string, { readonly all: number; readonly usable: number }>> {
  const rows = await tx.rows<{ promotion_id: string; codes: number; usable: number }>(
    `select c.promotion_id, count(*) as codes,
        count(case when c.state = 'free' and (c.valid_until is null or c.valid_until > ?) and b.disabled_at is null
          and not exists (select 1 from code_block k where k.folded = c.folded and k.is_blocked = 1)
          then 1 end) as usable
      from promo_code c left join code_batch b on b.id = c.batch group by c.promotion_id order by c.promotion_id`,
    [at],
  );
  return new Map(rows.map((row) => [row.promotion_id, { all: row.codes, usable: row.usable }]));
}

// By hand, and as each engine is quickest: a million codes through a query builder take minutes (November 2026).
const INSERT = `insert into promo_code (folded, code, promotion_id, state, batch, valid_until, created_at, uses_per_code,
  customer_id, place)`;
const INSERT_ONE = `${INSERT} values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const INSERT_LIST = `${INSERT} select v ->> 0, v ->> 1, v ->> 2, v ->> 3, v ->> 4, (v ->> 5)::bigint, (v ->> 6)::bigint,
  (v ->> 7)::bigint, v ->> 8, (v ->> 9)::bigint from json_array_elements(?::json) r(v)`;

function valuesOf(code: StoredPromoCode): Value[] {
  return [
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
  ];
}
