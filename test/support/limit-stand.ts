// Real servers with limited promotions, orders sent to them over real connections, and what their database says afterwards.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Limits } from "../../src/core/pricing/index.ts";
import { openForReading } from "../../src/storage/index.ts";
import {
  CREDENTIALS,
  runCli,
  type ServerPlace,
  type ServerProcess,
  serverPlace,
  startServer,
} from "./server.ts";

/** Servers over one database. */
export interface LimitStand {
  readonly place: ServerPlace;
  readonly servers: readonly ServerProcess[];
  close(): Promise<void>;
}

/** Limits of the server that a crowd from one address would meet first. */
const OPEN = {
  PRILAVOK_LIMITS_BASKET_RATE: "100000",
  PRILAVOK_LIMITS_EVENT_LOOP_DELAY: "30s",
  PRILAVOK_LIMITS_SOCKETS_PER_ADDRESS: "2000",
  PRILAVOK_LIMITS_HANDLER_TIME: "60s",
  PRILAVOK_LIMITS_DATABASE_WAIT: "60s",
  PRILAVOK_LIMITS_REQUEST_TIME: "90s",
  PRILAVOK_LOG_LEVEL: "error",
};

const FEED = `<?xml version="1.0" encoding="UTF-8"?>
<yml_catalog date="2026-11-22 10:00"><shop><categories><category id="1">Посуда</category></categories><offers>
<offer id="cup" available="true"><name>Кружка</name><price>100</price><currencyId>RUR</currencyId><categoryId>1</categoryId></offer>
</offers></shop></yml_catalog>`;

/** Starts `instances` servers; each promotion takes 10 of the 100 roubles of a cup for the code of its name, within its limits. */
export async function limitStand(
  engine: "sqlite" | "postgres",
  instances: number,
  limits: Readonly<Record<string, Limits>>,
): Promise<LimitStand> {
  const place = await serverPlace(engine, OPEN);
  const folder = mkdtempSync(join(tmpdir(), "prilavok-limits-"));
  const promotions = Object.entries(limits).map(([id, limits]) => ({
    id,
    name: id,
    codes: { list: [id] },
    then: [{ percent: 10 }],
    limits,
  }));
  writeFileSync(join(folder, "feed.yml.xml"), FEED);
  // JSON is YAML.
  writeFileSync(join(folder, "promotions.yaml"), JSON.stringify({ promotions }));
  const imported = await runCli(place, ["import", "world", folder]);
  rmSync(folder, { recursive: true, force: true });
  if (imported.code !== 0) throw new Error(`the world was not imported: ${imported.error}${imported.out}`);
  const servers: ServerProcess[] = [];
  for (let each = 0; each < instances; each += 1) servers.push(await startServer(place));
  return {
    place,
    servers,
    close: async () => {
      for (const server of servers) await server.stop();
      await place.remove();
    },
  };
}

/** What a server said to a call; status 0: no answer came. */
export interface Said {
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** One call of the app. */
export function call(url: string, path: string, body: object): Promise<Said> {
  const text = JSON.stringify(body);
  const headers = {
    key: CREDENTIALS.irpKey,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  };
  const started = performance.now();
  return new Promise((resolve) => {
    const said = (status: number, answer: string): void =>
      resolve({ status, body: answer, ms: performance.now() - started });
    const sent = request(url + path, { method: "POST", agent, headers }, (answer) => {
      let whole = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        whole += chunk;
      });
      answer.on("end", () => said(answer.statusCode ?? 0, whole));
      answer.on("error", () => said(0, ""));
    });
    sent.on("error", () => said(0, ""));
    sent.end(text);
  });
}

/** Places an order of one cup with a code; its price in roubles, null where the order was not placed. */
export async function order(
  url: string,
  code: string,
  number: number,
  more: object = {},
): Promise<Said & { price: number | null }> {
  const items = [{ configurationId: "cup", quantity: 1 }];
  const whole = { uuid: `${code}-${number}`, promocode: code, items, ...more };
  const said = await call(url, "/irp/orders", { orders: [whole] });
  const placed = said.status === 200 ? (JSON.parse(said.body) as Answer).orders[0] : undefined;
  return { ...said, price: placed?.success === true ? placed.price : null };
}

interface Answer {
  readonly orders: readonly { readonly success: boolean; readonly price: number; readonly id: string }[];
}

/** What the database holds of orders with a code: how many, those of them cheaper, and uses as counted. */
export async function audit({ place }: LimitStand, code: string) {
  const database = await openForReading(place.databaseUrl);
  try {
    return await database.read(async (tx) => {
      const number = async (sql: string, of: string): Promise<number> => {
        const [row] = await tx.rows<{ n: number | null }>(sql, [of]);
        return Number(row?.n ?? 0);
      };
      const uses = "as n from limit_use where promotion_id = ?";
      return {
        orders: await number("select count(*) as n from order_key where uuid like ?", `${code}-%`),
        cheaper: await number(
          `select count(*) as n from shop_order o join order_key k on k.number = o.number
           where k.uuid like ? and discount_minor > 0 and coalesce(status, '') not in ('canceled', 'closed')`,
          `${code}-%`,
        ),
        uses: await number(`select uses ${uses} and kind = 'all' and period = ''`, code),
        counters: await number(`select count(*) ${uses}`, code),
        standing: await number(
          "select sum(uses) as n from order_use where promotion_id = ? and released_at is null",
          code,
        ),
      };
    });
  } finally {
    await database.close();
  }
}

/** Runs `work` for 0 … count − 1 over `lanes` at once. */
export async function crowd(
  count: number,
  lanes: number,
  work: (index: number, lane: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let mine = next++; mine < count; mine = next++) await work(mine, lane);
    }),
  );
}
