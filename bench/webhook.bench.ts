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

/** Microseconds of processor time that the bare server has used. */
async function cpuOfBare(url: string): Promise<number> {
  const { user, system } = (await (await fetch(`${url}/cpu`)).json()) as NodeJS.CpuUsage;
  return user + system;
}

/** The same of our server, by its own metrics. */
async function cpuOfOurs(url: string): Promise<number> {
  const headers = { authorization: `Bearer ${CREDENTIALS.apiToken}` };
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/process_cpu_seconds_total ([\d.e+-]+)/.exec(text)?.[1]) * 1_000_000;
}

/** Loads the server; beside the result the processor time of a call. */
async function loaded(url: string, bytes: Buffer, cpuOf: (url: string) => Promise<number>) {
  const before = await cpuOf(url);
  const result = await load(url, [() => bytes], CONNECTIONS, SECONDS);
  if (result.failures > 0) throw new Error(`${result.failures} calls failed`);
  return { ...result, cpuMicros: ((await cpuOf(url)) - before) / result.answered };
}

type Loaded = Awaited<ReturnType<typeof loaded>>;

function middle(
  rounds: readonly { bare: Loaded; ours: Loaded }[],
  share: (round: { bare: Loaded; ours: Loaded }) => number,
) {
  return rounds.toSorted((left, right) => share(left) - share(right))[rounds.length >> 1] as {
    bare: Loaded;
    ours: Loaded;
  };
}

async function main(): Promise<void> {
  const place = await serverPlace("sqlite", {
    PRILAVOK_LIMITS_BASKET_RATE: "1000000",
    // Turning callers away is measured nowhere: on a busy machine it would take the place of what is.
    PRILAVOK_LIMITS_EVENT_LOOP_DELAY: "10s",
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
  const rounds: { bare: Loaded; ours: Loaded }[] = [];
  const plain = requestBytes("127.0.0.1", "/basket", {}, body);
  const real = requestBytes("127.0.0.1", "/irp/basket", { key: CREDENTIALS.irpKey }, body);
  for (let round = 0; round < 3; round += 1) {
    rounds.push({
      bare: await loaded(bare.url, plain, cpuOfBare),
      ours: await loaded(server.url, real, cpuOfOurs),
    });
  }
  bare.kill();
  await server.stop();
  await place.remove();
  const bySpeed = middle(rounds, ({ bare, ours }) => ours.requestsPerSecond / bare.requestsPerSecond);
  const byCpu = middle(rounds, ({ bare, ours }) => bare.cpuMicros / ours.cpuMicros);
  process.stdout.write(
    [
      "## Basket endpoint over SQLite",
      "",
      `Body ${Buffer.byteLength(body)} B, answer ${Buffer.byteLength(answer)} B, 20 lines, ${CONNECTIONS} connections, median of 3 rounds of ${SECONDS} s.`,
      "",
      "| | requests/s | p50 ms | p99 ms | processor time of a request, µs |",
      "|---|---|---|---|---|",
      rowOf("bare Fastify route, parse and serialise", bySpeed.bare, byCpu.bare),
      rowOf("POST /irp/basket", bySpeed.ours, byCpu.ours),
      `| share (goal 50 %) | **${percent(bySpeed.ours.requestsPerSecond, bySpeed.bare.requestsPerSecond)}** | | | ${percent(byCpu.bare.cpuMicros, byCpu.ours.cpuMicros)} |`,
      "",
    ].join("\n"),
  );
}

function rowOf(name: string, { requestsPerSecond, p50Ms, p99Ms }: Loaded, { cpuMicros }: Loaded): string {
  return `| ${name} | ${Math.round(requestsPerSecond)} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} | ${cpuMicros.toFixed(0)} |`;
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}

await main();
