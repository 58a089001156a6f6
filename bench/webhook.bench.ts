// The basket endpoint beside a bare Fastify route that parses and serialises the same bodies, in the same run.
import { spawn } from "node:child_process";
import { join } from "node:path";
import {
  CREDENTIALS,
  ROOT,
  runCli,
  type ServerProcess,
  serverPlace,
  startServer,
} from "../test/support/server.ts";
import { cartBody } from "./cart-body.ts";
import { load, requestBytes } from "./load.ts";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 8);
const CONNECTIONS = 32;

/** A server that does nothing but parse the same request and serialise the same answer. */
async function bareServer(answer: string): Promise<{ url: string; kill(): void }> {
  const child = spawn(process.execPath, [join(ROOT, "bench", "bare-server.ts")], {
    env: { ...process.env, BARE_ANSWER: answer },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve) =>
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8").trim())),
  );
  return { url, kill: () => child.kill("SIGKILL") };
}

async function main(): Promise<void> {
  const place = await serverPlace("sqlite", {
    PRILAVOK_LIMITS_BASKET_RATE: "1000000",
    PRILAVOK_LOG_LEVEL: "info",
  });
  const imported = await runCli(place, ["import", "world", join(ROOT, "examples", "irp-samples-world")]);
  if (imported.code !== 0) throw new Error(imported.out + imported.error);
  const server: ServerProcess = await startServer(place);
  const body = cartBody();
  const answer = await (
    await fetch(`${server.url}/irp/basket`, { method: "POST", headers: { key: CREDENTIALS.irpKey }, body })
  ).text();
  const bare = await bareServer(answer);
  const results: { bare: number; ours: number; p50: number; p99: number }[] = [];
  for (let round = 0; round < 3; round += 1) {
    const plain = requestBytes("127.0.0.1", "/basket", {}, body);
    const real = requestBytes("127.0.0.1", "/irp/basket", { key: CREDENTIALS.irpKey }, body);
    const left = await load(bare.url, [() => plain], CONNECTIONS, SECONDS);
    const right = await load(server.url, [() => real], CONNECTIONS, SECONDS);
    if (right.failures > 0) throw new Error(`${right.failures} baskets failed`);
    results.push({
      bare: left.requestsPerSecond,
      ours: right.requestsPerSecond,
      p50: right.p50Ms,
      p99: right.p99Ms,
    });
  }
  bare.kill();
  await server.stop();
  await place.remove();
  const median = results.sort(
    (left, right) => left.ours / left.bare - right.ours / right.bare,
  )[1] as (typeof results)[number];
  process.stdout.write(
    [
      "## Basket endpoint over SQLite",
      "",
      `Body ${Buffer.byteLength(body)} B, answer ${Buffer.byteLength(answer)} B, 20 lines, ${CONNECTIONS} connections, median of 3 rounds of ${SECONDS} s.`,
      "",
      "| | requests/s | p50 ms | p99 ms |",
      "|---|---|---|---|",
      `| bare Fastify route, parse and serialise | ${Math.round(median.bare)} | | |`,
      `| POST /irp/basket | ${Math.round(median.ours)} | ${median.p50.toFixed(2)} | ${median.p99.toFixed(2)} |`,
      `| share | **${Math.round((median.ours / median.bare) * 100)} %** (goal 40 %) | | |`,
      "",
    ].join("\n"),
  );
}

await main();
