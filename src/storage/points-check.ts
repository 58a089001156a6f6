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

/** The columns of a row as one text. */
const textOf = (columns: readonly string[]): string =>
  columns.map((name) => `cast(${name} as text)`).join(" || '/' || ");

/** Both sides put below each other and folded by name: time grows with the rows, which a full join on SQLite's does not. */
const sideBySide = (
  stored: { readonly key: string; readonly rows: string },
  rebuilt: { readonly key: string; readonly rows: string },
  columns: readonly string[],
): string =>
  `select name, max(stored) as stored, max(rebuilt) as rebuilt from (
     select ${stored.key} as name, ${textOf(columns)} as stored, null as rebuilt from ${stored.rows} as made
     union all
     select ${rebuilt.key} as name, null as stored, ${textOf(columns)} as rebuilt from (${rebuilt.rows}) as posted
   ) as sides group by name`;

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

const accountDifferences = `select name, stored, coalesce(rebuilt, '0/0/0') as rebuilt from (${sideBySide(
  { key: "customer_id", rows: "points_account" },
  { key: "customer_id", rows: REBUILT_ACCOUNTS },
  ACCOUNT_COLUMNS,
)}) as folded`;

const lotDifferences = sideBySide(
  { key: "id", rows: "points_lot" },
  { key: "lot_id", rows: REBUILT_LOTS },
  LOT_COLUMNS,
);

const UNBALANCED = `select points_movement.id as name, '0' as stored, cast(coalesce(sum(amount), min(case when kind = 'undo' then 0 else 1 end)) as text) as rebuilt
  from points_movement left join points_entry on movement_id = points_movement.id group by points_movement.id`;

// Joined to sums, not asked lot by lot: a shop with a million orders has hundreds of thousands of lots that are held.
const HELD = `select points_lot.id as name, cast(held as text) as stored, cast(coalesce(parts.amount, 0) as text) as rebuilt
  from points_lot left join (
    select part.lot_id, points_hold.customer_id, sum(part.amount - part.given_back) as amount
    from points_hold_part as part join points_hold on points_hold.order_id = part.order_id
    where points_hold.state = 'held' group by part.lot_id, points_hold.customer_id
  ) as parts on parts.lot_id = points_lot.id and parts.customer_id = points_lot.customer_id
  where held > 0
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
