// The book of a million carts: the front page, and finding one of them by what people know of it, on both engines.
import { randomUUID } from "node:crypto";
import { instant } from "../src/core/basics/index.ts";
import { findCalculations, type House, RuleShelf, readOverview } from "../src/flows/index.ts";
import {
  addCalculations,
  type CalculationRecord,
  type Database,
  migrate,
  openDatabase,
} from "../src/storage/index.ts";
import { freshPlace } from "../test/support/engines.ts";
import { startPostgres, URL_VARIABLE } from "../test/support/postgres.ts";

const CARTS = Number(process.env["BENCH_CALCULATIONS"] ?? 1_000_000);
const DAYS = 30;
const DAY = 86_400_000;
const CALLS = 40;
const BATCH = 2000;
const NOW = Date.parse("2026-11-01T18:00:00+03:00");

/** About what the explanation of three lines takes. */
const INPUT = JSON.stringify({ cart: { lines: "x".repeat(900) } });
const RESULT = JSON.stringify({ lines: "y".repeat(1800) });

/** Carts at even intervals, every thousandth of one customer, every five-hundredth with the one code. */
function cart(index: number): CalculationRecord {
  return {
    id: randomUUID(),
    at: NOW - DAYS * DAY + Math.floor((index * DAYS * DAY) / CARTS),
    channel: index % 4 === 0 ? "seller" : "app",
    customerId: `c-${index % 1000}`,
    code: index % 500 === 0 ? "SALE" : null,
    rulesVersion: 1,
    rulesHash: "0",
    engineVersion: "1",
    input: INPUT,
    result: RESULT,
    outlet: index % 4 === 0 ? `o-${index % 200}` : null,
  };
}

async function fill(database: Database): Promise<number> {
  const started = performance.now();
  for (let from = 0; from < CARTS; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, CARTS - from) }, (_, index) => cart(from + index));
    await database.transaction((tx) => addCalculations(tx, batch));
  }
  return (performance.now() - started) / 1000;
}

async function spread(work: () => Promise<unknown>): Promise<string> {
  const took: number[] = [];
  for (let turn = 0; turn < CALLS; turn += 1) {
    const started = performance.now();
    await work();
    took.push(performance.now() - started);
  }
  took.sort((a, b) => a - b);
  const at = (share: number): string => (took[Math.floor(took.length * share)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

async function onEngine(engine: "sqlite" | "postgres"): Promise<void> {
  const place = await freshPlace(engine);
  const database = await openDatabase({ url: place.url });
  const say = (title: string, figure: string) =>
    process.stdout.write(`| ${engine} | ${title} | ${figure} |\n`);
  try {
    await migrate(database, 0);
    say("fill", `${CARTS} carts in ${(await fill(database)).toFixed(0)} s`);
    const house: House = { database, now: () => instant(NOW), newId: randomUUID, alarm: () => undefined };
    const rules = new RuleShelf(house, "Europe/Moscow");
    const terms = { backupMs: DAY, feedMs: DAY };
    say(
      "front page",
      await spread(() => readOverview(house, rules, terms, { mayRead: () => true, stores: null })),
    );
    for (const [title, filter] of [
      ["the newest 50", {}],
      ["50 of a customer", { customerId: "c-77" }],
      ["50 with a code", { code: "SALE" }],
      ["50 of an outlet", { outlet: "o-40" }],
      ["50 of a channel in one hour", { channel: "seller", from: NOW - DAY, until: NOW - DAY + DAY / 24 }],
    ] as const)
      say(title, await spread(() => findCalculations(house, filter, 50)));
  } finally {
    await database.close();
    await place.remove();
  }
}

process.stdout.write("## Book of calculations\n\n| engine | what | figure |\n|---|---|---|\n");
await onEngine("sqlite");
const postgres = await startPostgres();
if (postgres !== undefined) {
  process.env[URL_VARIABLE] = postgres.url;
  try {
    await onEngine("postgres");
  } finally {
    await postgres.stop();
  }
}
