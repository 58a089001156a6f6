// Test cases of the rules: recorded carts with what they must come to. They say nothing of whose carts they were.
import type { Tx } from "./database.ts";
import type { CalculationCaseRow } from "./tables/calculation.ts";

/** One case; `input`, `result`, `goods` and `expected` are JSON of the flow that wrote it. */
export interface CalculationCaseRecord {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly calculationId: string;
  /** The moment that the cart is priced at, ms. */
  readonly at: number;
  readonly channel: string;
  readonly rulesVersion: number;
  readonly rulesHash: string;
  readonly engineVersion: string;
  readonly input: string;
  readonly result: string;
  readonly goods: string;
  readonly expected: string;
  readonly createdAt: number;
  readonly createdBy: string;
}

/** Adds a case. */
export async function addCalculationCase(tx: Tx, one: CalculationCaseRecord): Promise<void> {
  await tx.run(
    `insert into calculation_case (id, name, note, calculation_id, at, channel, rules_version, rules_hash,
       engine_version, input, result, goods, expected, created_at, created_by)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[
        one.id,
        one.name,
        one.note,
        one.calculationId,
        one.at,
        one.channel,
        one.rulesVersion,
        one.rulesHash,
      ],
      ...[one.engineVersion, one.input, one.result, one.goods, one.expected, one.createdAt, one.createdBy],
    ],
  );
}

/** How many there are. */
export async function countCalculationCases(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ count: number }>("select count(*) as count from calculation_case");
  return row?.count ?? 0;
}

/** Newest first, those made before `before`; null: from the newest. */
export async function listCalculationCases(
  tx: Tx,
  page: { readonly before: string | null; readonly limit: number },
): Promise<CalculationCaseRecord[]> {
  const rows = await tx.rows<CalculationCaseRow>(
    `select * from calculation_case ${page.before === null ? "" : "where id < ?"} order by id desc limit ?`,
    page.before === null ? [page.limit] : [page.before, page.limit],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    note: row.note,
    calculationId: row.calculation_id,
    at: row.at,
    channel: row.channel,
    rulesVersion: row.rules_version,
    rulesHash: row.rules_hash,
    engineVersion: row.engine_version,
    input: row.input,
    result: row.result,
    goods: row.goods,
    expected: row.expected,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }));
}

/** Removes a case; false: there is none. */
export async function removeCalculationCase(tx: Tx, id: string): Promise<boolean> {
  return (await tx.run("delete from calculation_case where id = ?", [id])) > 0;
}
