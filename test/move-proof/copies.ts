// Makes a large database of a small one: every order, customer and point so many times, each copy under ids and times of its own.
//
// The rows keep the shapes in which the product wrote them, and every sum that the product keeps holds over the copies too.
import Sqlite from "better-sqlite3";

/** Time between two copies, ms: five thousand of them are about three weeks of trade. */
const STEP_MS = 360_000;

/** Copies of one transaction. */
const CHUNK = 20;

/** How a column of a copy is made; columns that are not named stay as they are. `x` is the table of the small database. */
type Columns = Readonly<Record<string, string>>;

const ORDERS = "(select count(*) from small.order_key)";
const order = (column: string): string => `cast(cast(${column} as integer) + :copy * ${ORDERS} as text)`;
const customer = (column: string): string => `:copy || '-' || ${column}`;
/** UUIDs of version 7 begin with their time: that of the copy, so that they stand in the order of writing. */
const id = (column: string): string => `:time || substr(${column}, 14)`;
const time = (column: string): string => `${column} - :back`;
/** The end of a random text, counted. */
const spread = (column: string): string =>
  `substr(${column}, 1, length(${column}) - 8) || printf('%08x', :copy)`;

const EVENT_IDS = {
  uuid: spread("(x.body ->> '$.uuid')"),
  customerId: customer("(x.body ->> '$.customerId')"),
  orderId: order("(x.body ->> '$.orderId')"),
  returnId: id("(x.body ->> '$.returnId')"),
  movementId: id("(x.body ->> '$.movementId')"),
};

/** Tables that are multiplied; all others are copied once. */
const TABLES: Readonly<Record<string, Columns>> = {
  customer: { id: customer("x.id"), updated_at: time("x.updated_at") },
  customer_identity: {
    hash: spread("x.hash"),
    customer_id: customer("x.customer_id"),
    external_id: customer("x.external_id"),
  },
  order_key: {
    number: `x.number + :copy * ${ORDERS}`,
    uuid: spread("x.uuid"),
    placed_at: time("x.placed_at"),
  },
  shop_order: {
    id: order("x.id"),
    customer_id: customer("x.customer_id"),
    placed_at: time("x.placed_at"),
    number: `x.number + :copy * ${ORDERS}`,
    calculation_id: order("x.calculation_id"),
    updated_at: time("x.updated_at"),
  },
  order_record: {
    order_id: order("x.order_id"),
    answer: `replace(replace(x.answer, '"id":"' || x.order_id || '"', '"id":"' || ${order("x.order_id")} || '"'),
      x.answer ->> '$.uuid', ${spread("(x.answer ->> '$.uuid')")})`,
  },
  order_contact: { order_id: order("x.order_id") },
  order_line: { order_id: order("x.order_id") },
  order_status: { order_id: order("x.order_id"), at: time("x.at") },
  order_return: { id: id("x.id"), order_id: order("x.order_id"), at: time("x.at") },
  order_use: {
    order_id: order("x.order_id"),
    customer_key: `'id:' || ${customer("substr(x.customer_key, 4)")}`,
    at: time("x.at"),
    released_at: time("x.released_at"),
  },
  points_account: { customer_id: customer("x.customer_id") },
  points_lot: {
    id: id("x.id"),
    customer_id: customer("x.customer_id"),
    order_id: order("x.order_id"),
    active_from: time("x.active_from"),
    expires_at: time("x.expires_at"),
    created_at: time("x.created_at"),
  },
  points_movement: {
    id: id("x.id"),
    // Keys end in the customer, in the order, or in the order and its return.
    movement_key: `case when x.order_id is null then replace(x.movement_key, ':' || x.customer_id, ':' || ${customer("x.customer_id")})
      when x.kind = 'return' then 'return:' || ${order("x.order_id")} || ':' || ${id("substr(x.movement_key, length('return:' || x.order_id) + 2)")}
      else x.kind || ':' || ${order("x.order_id")} end`,
    customer_id: customer("x.customer_id"),
    order_id: order("x.order_id"),
    at: time("x.at"),
  },
  points_entry: {
    movement_id: id("x.movement_id"),
    customer_id: customer("x.customer_id"),
    lot_id: id("x.lot_id"),
    at: time("x.at"),
  },
  points_hold: {
    order_id: order("x.order_id"),
    customer_id: customer("x.customer_id"),
    release_at: time("x.release_at"),
    created_at: time("x.created_at"),
    ended_at: time("x.ended_at"),
  },
  points_hold_part: { order_id: order("x.order_id"), lot_id: id("x.lot_id") },
  points_return: { order_id: order("x.order_id"), return_id: id("x.return_id"), at: time("x.at") },
  balance_import_row: {
    position: "x.position + :copy * (select count(*) from small.balance_import_row)",
    customer_id: customer("x.customer_id"),
  },
  event: {
    entry: "x.entry + :copy * (select count(*) from small.event)",
    number: "x.number + :copy * (select count(*) from small.event)",
    id: id("x.id"),
    subject_id: `case x.subject_type when 'order' then ${order("x.subject_id")}
      when 'customer' then ${customer("x.subject_id")} else x.subject_id end`,
    body: `json_replace(x.body, ${Object.entries(EVENT_IDS)
      .map(([name, value]) => `'$.${name}', ${value}`)
      .join(", ")}, '$.id', case x.subject_type when 'order' then ${order("x.subject_id")} end)`,
    at: time("x.at"),
  },
};

/** Explanations of carts are forgotten after some days: an old shop has none of most of its orders. */
const LEFT_OUT = ["schema_version", "calculation", "calculation_goods"];

/** Sums over all copies, in one row each. */
const SUMS = [
  "insert into limit_use select promotion_id, kind, subject, period, uses * :copies, spent * :copies, ends_at from small.limit_use where kind <> 'customer'",
  "update balance_import set rows = rows * :copies, total = total * :copies",
  "update event_head set last = last * :copies",
];

/**
 * Fills the database at `path`, which has the schema and nothing else, with `copies` copies of the database at `small`: both
 * are SQLite files that nobody has open. `tell` hears how many copies are done.
 */
export function fillWithCopies(
  path: string,
  small: string,
  copies: number,
  tell: (done: number) => void,
): void {
  const database = new Sqlite(path);
  const now = Date.now();
  try {
    // A crash would only mean to begin anew.
    database.pragma("synchronous = OFF");
    database.pragma("cache_size = -1000000");
    database.pragma("foreign_keys = OFF");
    database.prepare("attach ? as small").run(small);
    check(database);
    const names = database
      // A search index and what it is made of are kept by triggers.
      .prepare(
        "select name from small.sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'desk_search%'",
      )
      .pluck()
      .all() as string[];
    for (const name of names)
      if (!(name in TABLES) && !LEFT_OUT.includes(name) && name !== "limit_use") {
        // Making the tables put in what each database begins with.
        database.exec(`delete from main.${name}; insert into main.${name} select * from small.${name}`);
      }
    const statements = copying(database);
    for (let done = 0; done < copies; ) {
      const until = Math.min(copies, done + CHUNK);
      database.transaction(() => {
        for (; done < until; done += 1) {
          const values = valuesOf(done, copies, now);
          for (const statement of statements) statement.run(values);
        }
      })();
      tell(done);
    }
    for (const sql of SUMS) database.prepare(sql).run({ copies: BigInt(copies) });
    database.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
}

/** What the copies take for granted of the small database. */
function check(database: Sqlite.Database): void {
  const [counts] = database
    .prepare(
      `select (select count(*) - max(number) from small.event) + (select count(*) - max(entry) from small.event) as events,
         (select count(*) - 1 - max(number) + min(number) from small.order_key) as orders`,
    )
    .all() as { events: number; orders: number }[];
  if (counts?.events !== 0 || counts.orders !== 0)
    throw new Error(`numbers of the small database have gaps: ${JSON.stringify(counts)}`);
}

/** One statement for each table, and one for the counters of customers. */
function copying(database: Sqlite.Database): Sqlite.Statement[] {
  const tables: Readonly<Record<string, Columns>> = {
    ...TABLES,
    limit_use: { subject: `'id:' || ${customer("substr(x.subject, 4)")}` },
  };
  return Object.entries(tables).map(([name, made]) => {
    const columns = database.prepare(`select name from pragma_table_info(?)`).pluck().all(name) as string[];
    const odd = Object.keys(made).filter((column) => !columns.includes(column));
    if (odd.length > 0) throw new Error(`${name} has no ${odd.join(", ")}`);
    const only = name === "limit_use" ? "where x.kind = 'customer'" : "";
    return database.prepare(
      `insert into main.${name} (${columns.join(", ")})
       select ${columns.map((column) => made[column] ?? `x.${column}`).join(", ")} from small.${name} as x ${only}`,
    );
  });
}

/** Whole numbers are bound as such: SQLite would spell others with a point. */
function valuesOf(copy: number, copies: number, now: number): Record<string, bigint | string> {
  const back = (copies - 1 - copy) * STEP_MS;
  const hex = (now - back).toString(16).padStart(12, "0");
  return { copy: BigInt(copy), back: BigInt(back), time: `${hex.slice(0, 8)}-${hex.slice(8)}` };
}
