// Explanations of calculations: written in batches after the answers, read one by one, forgotten by age and by room.
import type { Tx, Value } from "./database.ts";
import type { CalculationRow } from "./tables/calculation.ts";

/** One stored calculation; `input` and `result` are JSON of the flow that wrote it. */
export interface CalculationRecord {
  /** The request id that the caller was given. */
  readonly id: string;
  readonly at: number;
  readonly channel: string;
  readonly customerId: string | null;
  /** Folded, as codes are compared. */
  readonly code: string | null;
  readonly rulesVersion: number;
  readonly rulesHash: string;
  readonly engineVersion: string;
  readonly input: string;
  readonly result: string;
}

/** What one wording of a good is known by. */
export interface GoodsRecord {
  readonly hash: string;
  readonly body: string;
}

const COLUMNS =
  "id, at, channel, customer_id, code, rules_version, rules_hash, engine_version, input, result, size";
const PLACES = `(${COLUMNS.split(",")
  .map(() => "?")
  .join(", ")})`;

function valuesOf(record: CalculationRecord): Value[] {
  return [
    record.id,
    record.at,
    record.channel,
    record.customerId,
    record.code,
    record.rulesVersion,
    record.rulesHash,
    record.engineVersion,
    record.input,
    record.result,
    record.input.length + record.result.length,
  ];
}

/** Writes calculations; one that is there already (same id) stays as it is. */
export async function addCalculations(tx: Tx, records: readonly CalculationRecord[]): Promise<void> {
  if (tx.engine === "sqlite") {
    // One prepared statement, many runs: on SQLite that is faster than one long statement.
    const insert = `insert into calculation (${COLUMNS}) values ${PLACES} on conflict (id) do nothing`;
    for (const record of records) await tx.run(insert, valuesOf(record));
    return;
  }
  if (records.length === 0) return;
  await tx.run(
    `insert into calculation (${COLUMNS}) values ${records.map(() => PLACES).join(", ")} on conflict (id) do nothing`,
    records.flatMap(valuesOf),
  );
}

/** Writes wordings of goods that are new and notes for all that they were used at `at`. */
export async function noteGoods(tx: Tx, goods: readonly GoodsRecord[], at: number): Promise<void> {
  // In one order everywhere, or two writers on PostgreSQL could wait for each other.
  const sorted = [...goods].sort((left, right) => (left.hash < right.hash ? -1 : 1));
  for (const { hash, body } of sorted) {
    await tx.run(
      `insert into calculation_goods (hash, body, used_at) values (?, ?, ?)
        on conflict (hash) do update set used_at = excluded.used_at`,
      [hash, body, at],
    );
  }
}

/** The calculation of a request id. */
export async function calculationById(tx: Tx, id: string): Promise<CalculationRecord | null> {
  const [row] = await tx.rows<CalculationRow>(`select ${COLUMNS} from calculation where id = ?`, [id]);
  return row === undefined ? null : fromRow(row);
}

/** Bodies of goods by hash; those already forgotten are absent. */
export async function goodsByHash(tx: Tx, hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (hashes.length === 0) return new Map();
  const rows = await tx.kysely
    .selectFrom("calculation_goods")
    .select(["hash", "body"])
    .where("hash", "in", [...new Set(hashes)])
    .execute();
  return new Map(rows.map(({ hash, body }) => [hash, body]));
}

/** What a list of calculations is narrowed to; instants in ms, `until` exclusive. */
export interface CalculationFilter {
  readonly customerId?: string;
  /** Folded. */
  readonly code?: string;
  readonly channel?: string;
  readonly from?: number;
  readonly until?: number;
  /** Where the page before ended. */
  readonly after?: { readonly at: number; readonly id: string };
}

/** Newest first, at most `limit`. */
export async function listCalculations(
  tx: Tx,
  filter: CalculationFilter,
  limit: number,
): Promise<CalculationRecord[]> {
  let query = tx.kysely.selectFrom("calculation").selectAll();
  const { customerId, code, channel, from, until, after } = filter;
  if (customerId !== undefined) query = query.where("customer_id", "=", customerId);
  if (code !== undefined) query = query.where("code", "=", code);
  if (channel !== undefined) query = query.where("channel", "=", channel);
  if (from !== undefined) query = query.where("at", ">=", from);
  if (until !== undefined) query = query.where("at", "<", until);
  if (after !== undefined) {
    query = query.where((where) =>
      where.or([
        where("at", "<", after.at),
        where.and([where("at", "=", after.at), where("id", "<", after.id)]),
      ]),
    );
  }
  const rows = await query.orderBy("at", "desc").orderBy("id", "desc").limit(limit).execute();
  return rows.map(fromRow);
}

/** Characters that all calculations take, and how many there are. */
export async function calculationRoom(tx: Tx): Promise<{ readonly count: number; readonly size: number }> {
  const [row] = await tx.rows<{ count: number; size: number | null }>(
    "select count(*) as count, sum(size) as size from calculation",
  );
  return { count: row?.count ?? 0, size: row?.size ?? 0 };
}

/** Removes up to `limit` of the oldest calculations made before `before`; gives how many and the characters they took. */
export async function removeCalculations(
  tx: Tx,
  before: number,
  limit: number,
): Promise<{ readonly count: number; readonly size: number }> {
  const rows = await tx.rows<{ size: number }>(
    `delete from calculation where id in
      (select id from calculation where at < ? order by at limit ?) returning size`,
    [before, limit],
  );
  return { count: rows.length, size: rows.reduce((sum, { size }) => sum + size, 0) };
}

/** Removes goods that no calculation can name any more: unused since `before`. */
export async function removeGoods(tx: Tx, before: number): Promise<number> {
  return tx.run("delete from calculation_goods where used_at < ?", [before]);
}

/** Instant of the oldest calculation; null when there is none. */
export async function oldestCalculation(tx: Tx): Promise<number | null> {
  const [row] = await tx.rows<{ at: number | null }>("select min(at) as at from calculation");
  return row?.at ?? null;
}

function fromRow(row: CalculationRow): CalculationRecord {
  return {
    id: row.id,
    at: row.at,
    channel: row.channel,
    customerId: row.customer_id,
    code: row.code,
    rulesVersion: row.rules_version,
    rulesHash: row.rules_hash,
    engineVersion: row.engine_version,
    input: row.input,
    result: row.result,
  };
}
