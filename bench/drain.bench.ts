// What a basket feels of a backlog of events that drains beside it: the same calls without and with it, in turns.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { insertEvent, openDatabase } from "../src/storage/index.ts";
import {
  CREDENTIALS,
  ROOT,
  runCli,
  type ServerPlace,
  serverPlace,
  startServer,
} from "../test/support/server.ts";
import { requestBytes } from "./load.ts";
import { type PaceResult, pace } from "./pace.ts";

const EVENTS = Number(process.env["BENCH_EVENTS"] ?? 60_000);
const PER_SECOND = Number(process.env["BENCH_RATE"] ?? 50);
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 12);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 4);
const WARM_SECONDS = 2;

/** A receiver in a process of its own: says where it listens, answers everything with 200. */
async function receiver(): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [join(ROOT, "bench", "bare-receiver.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve) =>
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8").trim())),
  );
  return { url, process: child };
}

/** Puts events without a number into the outbox of a server that does not run. */
async function note({ databaseUrl }: ServerPlace): Promise<void> {
  const database = await openDatabase({ url: databaseUrl });
  for (let start = 0; start < EVENTS; start += 1000) {
    await database.transaction(async (tx) => {
      for (let count = start; count < start + 1000; count += 1) {
        await insertEvent(tx, {
          id: randomUUID(),
          kind: "order.changed",
          subjectType: "order",
          subjectId: `order-${count % 5000}`,
          body: JSON.stringify({ count, note: "x".repeat(400) }),
          addressee: null,
          at: Date.now(),
        });
      }
    });
  }
  await database.close();
}

/** Calls the management API. */
async function api(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${CREDENTIALS.apiToken}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

const items = ["880101", "620415", "450078"].map((configurationId) => ({ configurationId, quantity: 2 }));
const bytes = requestBytes(
  "127.0.0.1",
  "/irp/basket",
  { key: CREDENTIALS.irpKey },
  JSON.stringify({ items }),
);

const place = await serverPlace("sqlite", { PRILAVOK_LIMITS_BASKET_RATE: "1000000" });
const imported = await runCli(place, ["import", "world", join("examples", "irp-samples-world")]);
if (imported.code !== 0) throw new Error(imported.error);
const far = await receiver();
let server = await startServer(place);
const wish = { url: far.url, kinds: ["order.changed"], allow: ["127.0.0.1"] };
const made = (await api(server.url, "POST", "/webhooks", wish)) as { webhook: { id: string } };
const { id } = made.webhook;
await server.stop();
await note(place);
server = await startServer(place);
const started = performance.now();
const worst = await pace(server.url, bytes, PER_SECOND, 0, 5);
const startMs = performance.now() - started;

const waiting = async (): Promise<number> =>
  ((await api(server.url, "GET", `/webhooks/${id}`)) as { waiting: number }).waiting;
const quiet: PaceResult[] = [];
const beside: PaceResult[] = [];
const rates: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  await api(server.url, "POST", `/webhooks/${id}/disable`);
  quiet.push(await pace(server.url, bytes, PER_SECOND, WARM_SECONDS, SECONDS));
  await api(server.url, "POST", `/webhooks/${id}/enable`);
  const before = await waiting();
  beside.push(await pace(server.url, bytes, PER_SECOND, WARM_SECONDS, SECONDS));
  const left = await waiting();
  if (left === 0) throw new Error("the backlog was too small for the measurement");
  rates.push((before - left) / (SECONDS + WARM_SECONDS));
}
await server.stop();
far.process.kill();
await place.remove();

const middle = (results: readonly PaceResult[], of: (result: PaceResult) => number): number =>
  results.map(of).toSorted((left, right) => left - right)[results.length >> 1] as number;
const row = (what: string, results: readonly PaceResult[], rate: number): string =>
  `| ${what} | ${Math.round(rate)} | ${middle(results, (r) => r.p50Ms).toFixed(2)} | ${middle(results, (r) => r.p99Ms).toFixed(2)} |`;
process.stdout.write(`## Baskets beside a backlog of events

SQLite; ${PER_SECOND} baskets a second, ${ROUNDS} times ${SECONDS} s without and with ${EVENTS} events draining to one receiver, the
middle of each. In the first ${Math.round(startMs / 1000)} s after a start that finds the events without a number: p99 ${worst.p99Ms.toFixed(1)} ms, worst ${worst.worstMs.toFixed(0)} ms.

| | events/s | p50 ms | p99 ms |
|---|---:|---:|---:|
${row("without", quiet, 0)}
${row("beside", beside, rates.reduce((sum, rate) => sum + rate, 0) / rates.length)}

p99 beside as a multiple of without: ${(middle(beside, (r) => r.p99Ms) / middle(quiet, (r) => r.p99Ms)).toFixed(2)}
`);
