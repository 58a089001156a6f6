// Orders that all want one limit: 10,000 from 200 connections against a limit of 1,000, on PostgreSQL with two servers, with
// both alive and with one killed in the middle. Exactness is checked, the wait for the limit's row is the database's own.

import { audit, crowd, limitStand, order } from "../test/support/limit-stand.ts";
import { startPostgres, URL_VARIABLE } from "../test/support/postgres.ts";

const ORDERS = Number(process.env["PRILAVOK_LIMIT_ORDERS"] ?? 10_000);
const LIMIT = Math.ceil(ORDERS / 10);
const LANES = Number(process.env["PRILAVOK_LIMIT_CONNECTIONS"] ?? 200);

/** Times that one order is sent again. */
const TRIES = 50;

const at = (values: number[], share: number): number =>
  values.sort((left, right) => left - right)[
    Math.min(values.length - 1, Math.floor(values.length * share))
  ] ?? 0;

/** Counts of waits up to each bound, seconds, summed over servers. */
async function waitsOf(urls: readonly string[]): Promise<Map<number, number>> {
  const sums = new Map<number, number>();
  for (const url of urls) {
    const text = await (await fetch(`${url}/metrics`)).text();
    for (const [, bound, count] of text.matchAll(
      /^prilavok_limit_wait_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm,
    ))
      sums.set(
        Number(bound?.replace("+Inf", "Infinity")),
        (sums.get(Number(bound?.replace("+Inf", "Infinity"))) ?? 0) + Number(count),
      );
  }
  return sums;
}

/** The smallest bound that holds this share of the waits, ms. */
function boundOf(waits: ReadonlyMap<number, number>, share: number): number {
  const all = waits.get(Number.POSITIVE_INFINITY) ?? 0;
  const [bound = Number.NaN] =
    [...waits].sort(([left], [right]) => left - right).find(([, count]) => count >= all * share) ?? [];
  return bound * 1000;
}

async function run(isKilled: boolean): Promise<string> {
  const stand = await limitStand("postgres", 2, { hot: { uses: LIMIT } });
  const [first, second] = stand.servers;
  const urls = stand.servers.map(({ url }) => url);
  const [times, contended]: [number[], number[]] = [[], []];
  let answered = 0;
  let busy = 0;
  let end: Promise<void> | undefined;
  const started = performance.now();
  await crowd(ORDERS, LANES, async (index, lane) => {
    let said = await order(urls[lane % 2] ?? "", "hot", index);
    answered += 1;
    times.push(said.ms);
    if (isKilled && answered === Math.ceil(LIMIT / 2)) end = first?.kill();
    for (let tries = 1; said.price === null; tries += 1) {
      // Told to come back later, or not answered: the same order again, as the app does.
      busy += 1;
      if (tries > TRIES) throw new Error(`no answer to an order: ${said.status} ${said.body}`);
      await new Promise((next) => setTimeout(next, 250 * Math.random() * tries));
      said = await order((isKilled ? second?.url : urls[lane % 2]) ?? "", "hot", index);
    }
    if (said.price === 90) contended.push(said.ms);
  });
  await end;
  const seconds = (performance.now() - started) / 1000;
  const waits = await waitsOf(isKilled ? urls.slice(1) : urls);
  const found = await audit(stand, "hot");
  for (const server of stand.servers.slice(isKilled ? 1 : 0)) await server.stop();
  await stand.place.remove();
  if (found.orders !== ORDERS || found.cheaper !== LIMIT || found.uses !== LIMIT)
    throw new Error(`not exact: ${JSON.stringify(found)}`);
  const figures = [
    `${(ORDERS / seconds) | 0}`,
    `${boundOf(waits, 0.5)}`,
    `${boundOf(waits, 0.99)}`,
    `${waits.get(Number.POSITIVE_INFINITY)}`,
    at(times, 0.5).toFixed(0),
    at(times, 0.99).toFixed(0),
    at(contended, 0.99).toFixed(0),
    `${busy}`,
  ];
  return `| ${isKilled ? "one killed in the middle" : "both alive"} | ${found.uses} of ${found.orders} | ${figures.join(" | ")} |`;
}

const postgres = process.env[URL_VARIABLE] === undefined ? await startPostgres() : null;
if (postgres === undefined) {
  process.stdout.write("## One limit that all want\n\nPostgreSQL is not installed here.\n");
} else {
  if (postgres !== null) process.env[URL_VARIABLE] = postgres.url;
  try {
    process.stdout.write(`## One limit that all want

${ORDERS} different orders from ${LANES} connections, two servers on one PostgreSQL, a limit of ${LIMIT}. Waits are those for the counter's row by the clock of PostgreSQL (${"`prilavok_limit_wait_seconds`"}), as "at most" of its buckets; the rest is what clients saw.

| servers | uses | orders/s | wait p50 ≤ ms | wait p99 ≤ ms | waits | order p50, ms | order p99, ms | p99 of those that got a use, ms | come back later |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${await run(false)}
`);
    process.stdout.write(`${await run(true)}\n`);
  } finally {
    postgres?.stop();
  }
}
