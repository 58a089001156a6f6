// Orders sent to a real server: each with a code, a limit and points; and the audit of what they left in the database.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tx } from "../../src/storage/index.ts";
import { CREDENTIALS, runCli, type ServerPlace } from "./server.ts";

/** Customers who order; each has points enough for every order. */
export const CUSTOMERS = 64;

const PROMOTIONS = `promotions:
  - id: all
    name: Скидка по коду
    codes: { list: [ВСЕМ] }
    limits: { uses: 1000000, usesPerCustomer: 1000000 }
    then: [{ percent: 10 }]
`;
const PROGRAMME = `id: points
name: Баллы
earn: { percent: 5 }
spend: { percentOfLine: 30 }
`;

/** Settings of a server that takes as many orders as are sent. */
export const UNHURRIED = {
  PRILAVOK_LIMITS_BASKET_RATE: "100000",
  PRILAVOK_LIMITS_EVENT_LOOP_DELAY: "600s",
  PRILAVOK_LIMITS_HANDLER_TIME: "60s",
  PRILAVOK_LIMITS_DATABASE_WAIT: "60s",
  PRILAVOK_LOG_LEVEL: "warn",
} as const;

/** Puts goods, a promotion with limits, a programme and customers with points into the place's database. */
export async function fillShop(place: ServerPlace): Promise<void> {
  const balances = Array.from({ length: CUSTOMERS }, (_, index) => `c${index},10000000`);
  const members = Array.from({ length: CUSTOMERS }, (_, index) => `c${index},,,,,,`);
  await importShop(place, {
    "promotions.yaml": PROMOTIONS,
    "programme.yaml": PROGRAMME,
    "members.csv": `id,card,phone,segments,tier,birthday,orders\n${members.join("\n")}\n`,
    "balances.csv": `id,points\n${balances.join("\n")}\n`,
  });
}

/** Puts the goods of the samples and a world of these files, by name, into the place's database. */
export async function importShop(place: ServerPlace, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-shop-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  for (const argv of [
    ["import", "feed", "examples/irp-samples-world/feed.yml.xml"],
    ["import", "world", folder],
  ]) {
    const { code, error, out } = await runCli(place, argv);
    if (code !== 0) throw new Error(`${argv.join(" ")}: ${error}${out}`);
  }
  rmSync(folder, { recursive: true });
}

/** What came of sending an order. */
export interface OrderSent {
  readonly status: number;
  /** The answer's text; empty where there was none. */
  readonly text: string;
}

/** Sends the order of that key; status 0: the connection was cut, nobody knows. */
export async function sendOrder(url: string, uuid: string, customer: number): Promise<OrderSent> {
  try {
    const answer = await fetch(`${url}/irp/orders`, {
      method: "POST",
      headers: { key: CREDENTIALS.irpKey, "content-type": "application/json" },
      body: JSON.stringify({
        orders: [
          {
            uuid,
            externalUserId: `c${customer % CUSTOMERS}`,
            createdOn: "2026-11-21T09:15:02.117Z",
            status: "placed",
            name: "Ольга",
            phone: "+7 (912) 000-0012",
            promocode: "ВСЕМ",
            authorizedBonuses: 50,
            deliveryPrice: 0,
            items: [{ configurationId: "880102", quantity: 1 }],
          },
        ],
      }),
    });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return { status: 0, text: "" };
  }
}

/** True when the answer says that the order was placed. */
export function isPlaced({ status, text }: OrderSent): boolean {
  if (status !== 200) return false;
  const [order] = (JSON.parse(text) as { orders: { success: boolean }[] }).orders;
  return order?.success === true;
}

/** What an audit found. */
export interface OrderAudit {
  /** How often each key is there. */
  readonly keys: ReadonlyMap<string, number>;
  /** Sentences about what does not fit together; none in a sound database. */
  readonly faults: readonly string[];
}

/** Counts orders that are not named exactly once; by sets, so that half a million orders are looked through in seconds. */
const notOnce = (named: string): string =>
  `select count(*) as n from shop_order o left join (select id, count(*) as times from (${named}) as names group by id) as found
     on found.id = o.id where coalesce(found.times, 0) <> 1`;

/** Each says what is wrong and counts it: 0 in a sound database. */
const CHECKS: readonly (readonly [string, string])[] = [
  [
    "orders without their key",
    "select count(*) as n from shop_order o where not exists (select 1 from order_key k where k.number = o.number)",
  ],
  [
    "keys without their order",
    "select count(*) as n from order_key k where not exists (select 1 from shop_order o where o.number = k.number)",
  ],
  [
    "orders without an answer",
    "select count(*) as n from shop_order o where not exists (select 1 from order_record r where r.order_id = o.id and r.answer is not null)",
  ],
  [
    "orders without lines",
    "select count(*) as n from shop_order o where not exists (select 1 from order_line l where l.order_id = o.id)",
  ],
  ["orders without one first status", notOnce("select order_id as id from order_status")],
  ["orders without one event", notOnce("select subject_id as id from event where kind = 'order.placed'")],
  ["orders without one use", notOnce("select order_id as id from order_use")],
  [
    "orders without one hold",
    notOnce(
      "select h.order_id as id from points_hold h join shop_order p on p.id = h.order_id and p.points_spent = h.amount",
    ),
  ],
  [
    "holds without an order",
    "select count(*) as n from points_hold h where not exists (select 1 from shop_order o where o.id = h.order_id)",
  ],
  [
    "uses without an order",
    "select count(*) as n from order_use u where not exists (select 1 from shop_order o where o.id = u.order_id)",
  ],
  [
    "uses counted and uses taken apart",
    "select abs((select coalesce(sum(uses), 0) from limit_use where kind = 'all') - (select coalesce(sum(uses), 0) from order_use)) as n",
  ],
  ["points in the ledger beside 0", "select abs(coalesce(sum(amount), 0)) as n from points_entry"],
  [
    "points held and points on hold apart",
    "select abs((select coalesce(sum(held), 0) from points_account) - (select coalesce(sum(amount), 0) from points_hold where state = 'held')) as n",
  ],
  [
    "accounts and entries apart",
    `select count(*) as n from points_account a left join (select customer_id, sum(amount) as held from points_entry
       where account = 'held' group by customer_id) e on e.customer_id = a.customer_id
     where a.held <> coalesce(e.held, 0)`,
  ],
];

/** Looks at everything that orders leave. */
export async function auditOrders(tx: Tx): Promise<OrderAudit> {
  // An audit may take longer than anything that callers wait for.
  if (tx.engine === "postgres") await tx.rows("set statement_timeout = 600000");
  const keys = new Map<string, number>();
  const orders = await tx.rows<{ uuid: string }>(
    "select k.uuid from order_key k join shop_order o on o.number = k.number",
  );
  for (const { uuid } of orders) keys.set(uuid, (keys.get(uuid) ?? 0) + 1);
  const faults: string[] = [];
  for (const [what, sql] of CHECKS) {
    const [row] = await tx.rows<{ n: number }>(sql);
    if (row?.n !== 0) faults.push(`${what}: ${row?.n}`);
  }
  return { keys, faults };
}
