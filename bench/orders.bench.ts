// Orders placed per second with durable commits, and what baskets feel of it, on SQLite and, where there is a server, on PostgreSQL.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { startPostgres, URL_VARIABLE } from "../test/support/postgres.ts";
import { CREDENTIALS, runCli, serverPlace, startServer } from "../test/support/server.ts";
import { load, requestBytes } from "./load.ts";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 8);
const HEADERS = { key: CREDENTIALS.irpKey };
const ITEMS = [
  { configurationId: "880101", quantity: 1 },
  { configurationId: "620415", quantity: 3 },
  { configurationId: "450078", quantity: 2 },
];

let buyers = 0;

/** An order of three goods by a buyer of its own, each under a key of its own. */
function order(): Buffer {
  buyers += 1;
  const body = {
    orders: [
      {
        uuid: randomUUID(),
        externalUserId: `buyer-${buyers % 5000}`,
        name: "Ольга",
        phone: "+7 (912) 000-00-12",
        address: "ул Малышева, д 5, кв 8",
        delivery: "webhook/courier",
        deliveryPrice: 300,
        items: ITEMS,
      },
    ],
  };
  return requestBytes("127.0.0.1", "/irp/orders", HEADERS, JSON.stringify(body));
}

const basketBytes = requestBytes("127.0.0.1", "/irp/basket", HEADERS, JSON.stringify({ items: ITEMS }));
const basket = (): Buffer => basketBytes;

async function measure(engine: "sqlite" | "postgres"): Promise<string[]> {
  const place = await serverPlace(engine, {
    PRILAVOK_LIMITS_BASKET_RATE: "1000000",
    PRILAVOK_LIMITS_WRITERS_WAITING: "100000",
  });
  const imported = await runCli(place, ["import", "world", join("examples", "irp-samples-world")]);
  if (imported.code !== 0) throw new Error(imported.error);
  const server = await startServer(place);
  const rows: string[] = [];
  const row = (what: string, result: Awaited<ReturnType<typeof load>>): void => {
    if (result.failures > 0) throw new Error(`${result.failures} calls failed: ${what}`);
    const { requestsPerSecond, p50Ms, p99Ms } = result;
    rows.push(
      `| ${engine} | ${what} | ${Math.round(requestsPerSecond)} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} |`,
    );
  };
  row("orders, 16 connections", await load(server.url, [order], 16, SECONDS));
  row("baskets alone, 2 connections", await load(server.url, [basket], 2, SECONDS));
  const [baskets, orders] = await Promise.all([
    load(server.url, [basket], 2, SECONDS),
    load(server.url, [order], 4, SECONDS),
  ]);
  row("baskets beside orders, 2 connections", baskets);
  row("those orders, 4 connections", orders);
  await server.stop();
  await place.remove();
  return rows;
}

const postgres = await startPostgres();
if (postgres !== undefined) process.env[URL_VARIABLE] = postgres.url;
const rows = await measure("sqlite");
if (postgres !== undefined) rows.push(...(await measure("postgres")));
await postgres?.stop();
process.stdout.write(
  [
    "## Orders",
    "",
    "| engine | calls | a second | p50, ms | p99, ms |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n"),
);
