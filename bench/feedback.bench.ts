// Acknowledged feedback per second with durable commits, on SQLite and, where there is a server, on PostgreSQL.
import { startPostgres, URL_VARIABLE } from "../test/support/postgres.ts";
import { eatsToken, serverPlace, startServer } from "../test/support/server.ts";
import { load, requestBytes } from "./load.ts";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 8);

/** A full feedback with an id of its own each time. */
function feedbacks(token: string): () => Buffer {
  let count = 0;
  return () => {
    count += 1;
    const number = String(count).padStart(8, "0");
    const body = {
      feedback: {
        id: `b-${number}`,
        createdAt: "2026-11-04T21:17:45.318204+03:00",
        eatsId: `261104-${number}`,
        orderId: `POS-${number}`,
        comment: "Суп приехал тёплым, остальное хорошо.",
        restaurantId: "lesnaya-12",
        rating: 4,
        takenAt: "2026-11-04T20:31:09+03:00",
        deliveredAt: "2026-11-04T20:58:40+03:00",
      },
      orderInfo: {
        createdAt: "2026-11-04T19:52:03.004511+03:00",
        platform: "YE",
        discriminator: "yandex",
        deliveryInfo: { clientName: "M." },
        paymentInfo: { total: 1347.5 },
        items: [{ id: "dish-1001", name: "Суп", quantity: 2, price: 389.25, modifications: [] }],
        comment: "",
      },
    };
    return requestBytes(
      "127.0.0.1",
      "/yandex-eats/v1/feedback",
      { authorization: `Bearer ${token}` },
      JSON.stringify(body),
    );
  };
}

async function measure(engine: "sqlite" | "postgres", connections: number): Promise<string> {
  const place = await serverPlace(engine, {
    PRILAVOK_LIMITS_FEEDBACK_RATE: "1000000",
    PRILAVOK_LIMITS_WRITERS_WAITING: "100000",
  });
  const server = await startServer(place);
  const result = await load(server.url, [feedbacks(await eatsToken(server.url))], connections, SECONDS);
  await server.stop();
  await place.remove();
  if (result.failures > 0) throw new Error(`${result.failures} feedbacks failed`);
  return `| ${engine} | ${connections} | ${Math.round(result.requestsPerSecond)} | ${result.p50Ms.toFixed(2)} | ${result.p99Ms.toFixed(2)} |`;
}

const postgres = await startPostgres();
if (postgres !== undefined) process.env[URL_VARIABLE] = postgres.url;
const rows: string[] = [];
for (const engine of postgres === undefined ? (["sqlite"] as const) : (["sqlite", "postgres"] as const)) {
  for (const connections of [1, 16, 64]) rows.push(await measure(engine, connections));
}
postgres?.stop();
process.stdout.write(
  [
    "## Acknowledged feedback, each durable before its answer",
    "",
    "| engine | in flight | feedbacks/s | p50 ms | p99 ms |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n"),
);
