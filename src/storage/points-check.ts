// The ledger's audit: balances recomputed from the entries, and everything that does not agree with them.
import type { Tx } from "./database.ts";

/** What an audit found. */
export interface PointsAudit {
  readonly movements: number;
  readonly entries: number;
  readonly accounts: number;
  readonly lots: number;
  /** Sum over all accounts: always 0. */
  readonly sum: number;
  /** One sentence for each thing that does not agree, at most DIFFERENCE_LIMIT of each kind; none in a sound ledger. */
  readonly differences: readonly string[];
}

/** Most differences of a kind that are told. */
export const DIFFERENCE_LIMIT = 20;

const SUMS = ["pending", "available", "held", "expired"]
  .map((account) => `sum(case when account = '${account}' then amount else 0 end) as ${account}`)
  .join(", ");

/** Balances of every customer as the entries make them, in a fixed order. */
const REBUILT_ACCOUNTS = `select customer_id, ${SUMS} from points_entry where customer_id is not null group by customer_id`;

/** Balances of every lot as the entries make them. */
const REBUILT_LOTS = `select lot_id, ${SUMS} from points_entry group by lot_id`;

interface Difference {
  name: string;
  stored: string | null;
  rebuilt: string | null;
}

/** Text of the columns of one side; null where that side has no such row. */
const textOf = (side: string, key: string, columns: readonly string[]): string =>
  `case when ${side}.${key} is null then null else ${columns.map((name) => `cast(${side}.${name} as text)`).join(" || '/' || ")} end`;

const ACCOUNT_COLUMNS = ["pending", "available", "held"];
const LOT_COLUMNS = [...ACCOUNT_COLUMNS, "expired"];

/**
 * Recomputes all balances from the entries and compares them with what is stored, as text; also that every movement's
 * entries come to 0, that held points are those of open holds, and that lots belong to who has their points. Reads only; on PostgreSQL within a transaction, since it may take long.
 */
export async function rebuildBalances(tx: Tx): Promise<PointsAudit> {
  if (tx.engine === "postgres") await tx.run("set local statement_timeout = 0");
  const differences = [
    ...(await tell(tx, "account", accountDifferences)),
    ...(await tell(tx, "lot", lotDifferences)),
    ...(await tell(tx, "movement", UNBALANCED)),
    ...(await tell(tx, "held points of lot", HELD)),
    ...(await tell(tx, "lots of customer", OWNED)),
  ];
  const [row] = await tx.rows<Omit<PointsAudit, "differences">>(
    `select (select count(*) from points_movement) as movements, (select count(*) from points_entry) as entries,
       (select count(*) from points_account) as accounts, (select count(*) from points_lot) as lots,
       (select coalesce(sum(amount), 0) from points_entry) as sum`,
  );
  return { ...(row as Omit<PointsAudit, "differences">), differences };
}

const accountDifferences = `select coalesce(stored.customer_id, rebuilt.customer_id) as name,
    ${textOf("stored", "customer_id", ACCOUNT_COLUMNS)} as stored,
    coalesce(${textOf("rebuilt", "customer_id", ACCOUNT_COLUMNS)}, '0/0/0') as rebuilt
  from points_account as stored full join (${REBUILT_ACCOUNTS}) as rebuilt on rebuilt.customer_id = stored.customer_id`;

const lotDifferences = `select coalesce(stored.id, rebuilt.lot_id) as name,
    ${textOf("stored", "id", LOT_COLUMNS)} as stored, ${textOf("rebuilt", "lot_id", LOT_COLUMNS)} as rebuilt
  from points_lot as stored full join (${REBUILT_LOTS}) as rebuilt on rebuilt.lot_id = stored.id`;

const UNBALANCED = `select points_movement.id as name, '0' as stored, cast(coalesce(sum(amount), min(case when kind = 'undo' then 0 else 1 end)) as text) as rebuilt
  from points_movement left join points_entry on movement_id = points_movement.id group by points_movement.id`;

const HELD = `select points_lot.id as name, cast(held as text) as stored, cast(coalesce((
      select sum(part.amount - part.given_back) from points_hold_part as part
      join points_hold on points_hold.order_id = part.order_id
      where part.lot_id = points_lot.id and points_hold.state = 'held'
        and points_hold.customer_id = points_lot.customer_id), 0) as text) as rebuilt
  from points_lot where held > 0
  union all
  select part.order_id as name, cast(sum(part.amount - part.given_back) as text) as stored,
    cast(sum(case when points_lot.held >= part.amount - part.given_back then part.amount - part.given_back else 0 end)
      as text) as rebuilt
  from points_hold_part as part join points_hold on points_hold.order_id = part.order_id
  join points_lot on points_lot.id = part.lot_id where points_hold.state = 'held' group by part.order_id`;

const OWNED = `select points_account.customer_id as name, cast(pending + available + held as text) as stored,
    cast(coalesce((select sum(points_lot.pending + points_lot.available + points_lot.held) from points_lot
      where points_lot.customer_id = points_account.customer_id), 0) as text) as rebuilt
  from points_account`;

async function tell(tx: Tx, what: string, sql: string): Promise<string[]> {
  const rows = await tx.rows<Difference>(
    `select name, stored, rebuilt from (${sql}) as compared where stored is null or rebuilt is null or stored <> rebuilt
     order by name limit ${DIFFERENCE_LIMIT}`,
  );
  return rows.map(
    ({ name, stored, rebuilt }) =>
      `${what} ${name}: ${stored ?? "nothing"} is stored, ${rebuilt ?? "nothing"} was posted`,
  );
}
