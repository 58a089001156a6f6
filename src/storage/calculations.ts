// Explanations of calculations: written in batches after the answers, read one by one, forgotten by age and by room.
import { type SqlBool, sql } from "kysely";
import { among } from "./among.ts";
import type { Tx, Value } from "./database.ts";
import { addHourCounts, HOUR_MS, type HourCount } from "./hour-counts.ts";
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
  /** Keyed hash of an anonymous shopper's install, to find what was shown to them; a customer's carts need none. */
  readonly device?: string | null;
  /** The outlet that the cart named. */
  readonly outlet?: string | null;
  /** Where it would be fetched. */
  readonly pickup?: string | null;
}

const COLUMNS =
  "id, at, channel, customer_id, code, rules_version, rules_hash, engine_version, input, result, size, device, outlet, pickup";
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
    record.device ?? null,
    record.outlet ?? null,
    record.pickup ?? null,
  ];
}

/** Writes calculations and counts them by hour; one that is there already (same id) stays as it is. */
export async function addCalculations(tx: Tx, records: readonly CalculationRecord[]): Promise<void> {
  const added = await insertCalculations(tx, records);
  const hours = new Map<string, HourCount>();
  for (const { at, channel } of added) {
    const hour = Math.floor(at / HOUR_MS);
    const key = `${hour} ${channel}`;
    const amount = (hours.get(key)?.amount ?? 0) + 1;
    hours.set(key, { kind: "carts", hour, part: channel, amount });
  }
  // Last, since all instances add to the same rows: they are held for the commit alone.
  await addHourCounts(tx, [...hours.values()]);
}

async function insertCalculations(
  tx: Tx,
  records: readonly CalculationRecord[],
): Promise<readonly Pick<CalculationRecord, "at" | "channel">[]> {
  if (tx.engine === "sqlite") {
    // One prepared statement, many runs: on SQLite that is faster than one long statement.
    const insert = `insert into calculation (${COLUMNS}) values ${PLACES} on conflict (id) do nothing`;
    const added: CalculationRecord[] = [];
    for (const record of records) if ((await tx.run(insert, valuesOf(record))) > 0) added.push(record);
    return added;
  }
  if (records.length === 0) return [];
  return tx.rows<Pick<CalculationRow, "at" | "channel">>(
    `insert into calculation (${COLUMNS}) values ${records.map(() => PLACES).join(", ")}
      on conflict (id) do nothing returning at, channel`,
    records.flatMap(valuesOf),
  );
}

/** The calculation of a request id. */
export async function calculationById(tx: Tx, id: string): Promise<CalculationRecord | null> {
  const [row] = await tx.rows<CalculationRow>(`select ${COLUMNS} from calculation where id = ?`, [id]);
  return row === undefined ? null : fromRow(row);
}

/** The newest calculations of a shopper since `since`, newest first: the customer's, and the anonymous ones of the install. */
export async function latestCalculations(
  tx: Tx,
  shopper: { readonly customerId: string | null; readonly device: string | null },
  since: number,
  limit: number,
): Promise<CalculationRecord[]> {
  const found: CalculationRow[] = [];
  // Not by id besides: no index has it, and SQLite would then read all carts of a shopper to find the latest twenty.
  for (const [column, value] of [
    ["customer_id", shopper.customerId],
    ["device", shopper.device],
  ] as const) {
    if (value === null) continue;
    found.push(
      ...(await tx.rows<CalculationRow>(
        `select ${COLUMNS} from calculation where ${column} = ? and at >= ? order by at desc limit ?`,
        [value, since, limit],
      )),
    );
  }
  return found
    .sort((left, right) => right.at - left.at || (left.id < right.id ? 1 : -1))
    .slice(0, limit)
    .map(fromRow);
}

/** What a list of calculations is narrowed to; instants in ms, `until` exclusive. */
export interface CalculationFilter {
  /** Any of these: a customer has every id that was merged into it. */
  readonly customerIds?: readonly string[];
  readonly id?: string;
  /** The one that this order was placed with. */
  readonly orderId?: string;
  readonly outlet?: string;
  /** Only carts of these outlets: sold there, or fetched there and sold by none. */
  readonly outletIds?: readonly string[];
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
  const { customerIds, id, orderId, outlet, outletIds, code, channel, from, until, after } = filter;
  if (customerIds !== undefined) query = query.where("customer_id", "in", customerIds);
  if (id !== undefined) query = query.where("id", "=", id);
  if (orderId !== undefined) {
    const placed = tx.kysely.selectFrom("shop_order").select("calculation_id").where("id", "=", orderId);
    query = query.where("id", "=", placed);
  }
  if (outlet !== undefined) query = query.where("outlet", "=", outlet);
  if (outletIds !== undefined) query = query.where(withinOutlets(outletIds));
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

/** Whether a calculation belongs to one of the outlets. */
function withinOutlets(outletIds: readonly string[]) {
  const any = among(outletIds);
  return sql<SqlBool>`(outlet in (${any}) or (outlet is null and (pickup in (${any})
    or pickup in (select pickup_point_id from outlet where id in (${any})))))`;
}

/** What a walk through calculations is narrowed to; instants in ms, `until` exclusive. */
export interface CalculationSpan {
  readonly from: number;
  readonly until: number;
  /** Null: every channel. */
  readonly channel: string | null;
}

/** Where a walk stands: everything up to this one, in the order of instant and id, was seen. */
export interface CalculationPlace {
  readonly at: number;
  readonly id: string;
}

/** The next ones of a walk, oldest first, at most `limit`; `after` null: from the start. */
export async function walkCalculations(
  tx: Tx,
  span: CalculationSpan,
  after: CalculationPlace | null,
  limit: number,
): Promise<CalculationRecord[]> {
  const { at, id } = after ?? { at: span.from, id: "" };
  const from = Math.max(at, span.from);
  // No id is empty, so a walk from the start leaves none out.
  const rows = await tx.rows<CalculationRow>(
    `select ${COLUMNS} from calculation
      where at >= ? and at < ? and (at > ? or id > ?)${ofChannel(span)} order by at, id limit ?`,
    [from, span.until, from, at < from ? "" : id, ...channelOf(span), limit],
  );
  return rows.map(fromRow);
}

/** How many calculations a span has. */
export async function countCalculations(tx: Tx, span: CalculationSpan): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    `select count(*) as count from calculation where at >= ? and at < ?${ofChannel(span)}`,
    [span.from, span.until, ...channelOf(span)],
  );
  return row?.count ?? 0;
}

/** When the `last`-th newest calculation of the span was made, so that so many follow from there on; null: there are fewer. */
export async function instantOfLast(tx: Tx, span: CalculationSpan, last: number): Promise<number | null> {
  const [row] = await tx.rows<{ at: number }>(
    `select at from calculation where at >= ? and at < ?${ofChannel(span)} order by at desc limit 1 offset ?`,
    [span.from, span.until, ...channelOf(span), last - 1],
  );
  return row?.at ?? null;
}

function ofChannel({ channel }: CalculationSpan): string {
  return channel === null ? "" : " and channel = ?";
}

function channelOf({ channel }: CalculationSpan): string[] {
  return channel === null ? [] : [channel];
}

/** How many calculations the outlets have in each hour since 1970 of a stretch of time. */
export async function outletCartHours(
  tx: Tx,
  outletIds: readonly string[],
  { from, until }: { readonly from: number; readonly until: number },
): Promise<ReadonlyMap<number, number>> {
  const rows = await tx.kysely
    .selectFrom("calculation")
    .select(({ fn }) => [
      sql<number>`at / ${sql.lit(HOUR_MS)}`.as("hour"),
      fn.countAll<number>().as("amount"),
    ])
    .where("at", ">=", from)
    .where("at", "<", until)
    .where(withinOutlets(outletIds))
    .groupBy("hour")
    .execute();
  return new Map(rows.map(({ hour, amount }) => [Number(hour), Number(amount)]));
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
    outlet: row.outlet,
    pickup: row.pickup,
  };
}
