// A hundred lines and five hundred active promotions over HTTP at a constant rate: a server process of its own on SQLite.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CREDENTIALS, runCli, serverPlace, startServer } from "../test/support/server.ts";
import { requestBytes } from "./load.ts";
import { type PaceResult, pace } from "./pace.ts";
import { matching, offersOf, wireOf } from "./priced-carts.ts";

const LINES = 100;
const PROMOTIONS = 500;
const PER_SECOND = Number(process.env["BENCH_RATE"] ?? 200);
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 20);
const WARM_SECONDS = 5;

/** The world of the benchmarks of pricing as files that an operator would import. */
function writeWorld(folder: string): void {
  const offers = [...offersOf(LINES).values()].map(
    ({ id, name, price, categoryIds, vendor }) => `<offer id="${id}" available="true"><name>${name}</name>
<price>${(price / 100).toFixed(2)}</price>${categoryIds.map((category) => `<categoryId>${category}</categoryId>`).join("")}
<vendor>${vendor}</vendor><currencyId>RUR</currencyId></offer>`,
  );
  const ids = new Set([...offersOf(LINES).values()].flatMap(({ categoryIds }) => categoryIds));
  const categories = [...ids].map((id) => `<category id="${id}">${id}</category>`);
  writeFileSync(
    join(folder, "feed.yml.xml"),
    `<?xml version="1.0" encoding="UTF-8"?>
<yml_catalog date="2026-11-21 06:00"><shop><categories>${categories.join("")}</categories>
<offers>${offers.join("\n")}</offers></shop></yml_catalog>\n`,
  );
  // JSON is YAML.
  writeFileSync(join(folder, "promotions.yaml"), JSON.stringify({ promotions: matching(PROMOTIONS) }));
}

/** Checks that a cart is priced and explained as meant, then sends it again and again. */
async function measure(url: string, body: string): Promise<PaceResult & { cpuMicros: number }> {
  const answer = await fetch(`${url}/irp/basket`, {
    method: "POST",
    headers: { key: CREDENTIALS.irpKey },
    body,
  });
  const id = answer.headers.get("x-request-id");
  const answered = (await answer.json()) as { discount: number; items?: unknown[] };
  if (answered.items?.length !== LINES || answered.discount === 0)
    throw new Error(`the cart was not priced as meant: ${JSON.stringify(answered).slice(0, 300)}`);
  const headers = { authorization: `Bearer ${CREDENTIALS.apiToken}` };
  for (let tries = 50; ; tries -= 1) {
    const { status } = await fetch(`${url}/api/v1/calculations/${id}`, { headers });
    if (status === 200) break;
    if (tries === 0) throw new Error(`the explanation is not there: ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const bytes = requestBytes("127.0.0.1", "/irp/basket", { key: CREDENTIALS.irpKey }, body);
  const readMetrics = async (): Promise<string> => (await fetch(`${url}/metrics`, { headers })).text();
  const cpuSeconds = (text: string): number =>
    Number(/process_cpu_seconds_total ([\d.e+-]+)/.exec(text)?.[1]);
  const before = cpuSeconds(await readMetrics());
  const result = await pace(url, bytes, PER_SECOND, WARM_SECONDS, SECONDS);
  const metrics = await readMetrics();
  const dropped = /kind="calculations_dropped"} (\d+)/.exec(metrics)?.[1] ?? "0";
  if (dropped !== "0") throw new Error("explanations were dropped");
  const sent = (SECONDS + WARM_SECONDS) * PER_SECOND;
  return { ...result, cpuMicros: ((cpuSeconds(metrics) - before) * 1_000_000) / sent };
}

async function main(): Promise<void> {
  const place = await serverPlace("sqlite", {
    PRILAVOK_LIMITS_BASKET_RATE: "1000000",
    // A busy machine shall show itself as late answers, not as quick refusals.
    PRILAVOK_LIMITS_EVENT_LOOP_DELAY: "10s",
  });
  const folder = join(place.environment["PRILAVOK_DATA_DIR"] ?? "", "world");
  mkdirSync(folder);
  writeWorld(folder);
  const imported = await runCli(place, ["import", "world", folder]);
  if (imported.code !== 0) throw new Error(imported.out + imported.error);
  const body = wireOf(LINES, offersOf(LINES));
  const server = await startServer(place);
  const result = await measure(server.url, body).finally(() => server.stop());
  await place.remove();
  process.stdout.write(
    [
      `## ${LINES} lines × ${PROMOTIONS} active promotions over HTTP and SQLite, ${PER_SECOND} carts/s`,
      "",
      `Sent when due, whatever has come back; time counts from when it was due. Body ${Buffer.byteLength(body)} B, explanations stored.`,
      "",
      "| carts | turned away | p50 ms | p99 ms | worst ms | client late at most ms | processor time of a cart, µs |",
      "|---|---|---|---|---|---|---|",
      `| ${result.sent} | ${result.failures} | ${result.p50Ms.toFixed(1)} | **${result.p99Ms.toFixed(1)}** (goal: at most 25) | ${result.worstMs.toFixed(1)} | ${result.lateMs.toFixed(1)} | ${result.cpuMicros.toFixed(0)} |`,
      "",
    ].join("\n"),
  );
}

await main();
