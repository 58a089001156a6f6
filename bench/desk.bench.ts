// The desk full of feedback: lists, searches, counts, a table of everything, and intake at 200 a second, on both engines.
import { setTimeout as sleep } from "node:timers/promises";
import { instant } from "../src/core/basics/index.ts";
import {
  countDesk,
  deskTable,
  findDeskItems,
  type House,
  readDashboard,
  readDeskFilter,
} from "../src/flows/index.ts";
import { SECTIONS, type Section } from "../src/flows/read-numbers.ts";
import { type DeskSort, migrate, openDatabase } from "../src/storage/index.ts";
import { marketplaceSays } from "../test/support/desk-channels.ts";
import { freshPlace } from "../test/support/engines.ts";
import { startPostgres, URL_VARIABLE } from "../test/support/postgres.ts";
import { fillDesk } from "./desk-fill.ts";

const ITEMS = {
  postgres: Number(process.env["BENCH_DESK"] ?? 5_000_000),
  sqlite: Number(process.env["BENCH_DESK_SQLITE"] ?? 1_000_000),
};
const CALLS = 40;
const INTAKE = { perSecond: 200, seconds: 10 };
const LISTS: readonly [string, DeskSort][] = [
  ["", "newest"],
  ["state:new", "due"],
  ["rating:1..2 has:comment", "newest"],
  ["branch:b-7 rating:1..3", "newest"],
  ["branch:b-190", "oldest"],
  ["tag:cold -state:closed", "newest"],
  ["late:>60m rating:1", "newest"],
  ["day:2026-03-01..2026-03-31 rating:1", "newest"],
];
const SEARCHES: readonly [string, DeskSort][] = [
  ["холодный суп", "newest"],
  ['"холодного супа"', "newest"],
  ["верните деньги rating:1", "newest"],
  ["курьер branch:b-7", "newest"],
  ["item:пицца rating:1..2", "newest"],
  ["небывалоеслово", "newest"],
];

/** Sections of the dashboard as the console opens it, and all of them. */
const OPENED: readonly Section[] = ["trend", "branches", "hours", "lateness", "topics"];
const DASHBOARDS: readonly [string, string, readonly Section[]][] = [
  ["a year", "day:2025-11-01..2026-10-31", OPENED],
  ["twelve months from the middle of one", "day:2025-10-15..2026-10-14", OPENED],
  ["a year of one branch", "branch:b-7 day:2025-11-01..2026-10-31", OPENED],
  ["a month", "day:2026-09-01..2026-09-30", OPENED],
  ["a year with dishes and the team", "day:2025-11-01..2026-10-31", SECTIONS],
];

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Every filter CALLS times; the p95 of all, and the slowest filter by its median. */
async function calls(house: House, filters: readonly [string, DeskSort][]): Promise<string> {
  const all: number[] = [];
  let slowest = ["", 0] as [string, number];
  for (const [text, sort] of filters) {
    const own: number[] = [];
    for (let turn = 0; turn < CALLS; turn += 1) {
      own.push(
        await timed(() => {
          const read = readDeskFilter(house, text, { me: null, zone: null });
          if (read.kind === "refused") throw new Error(text);
          return findDeskItems(house, read.filter, { sort, after: null, limit: 50 });
        }),
      );
    }
    all.push(...own);
    const median = at(
      own.sort((a, b) => a - b),
      0.5,
    );
    if (median > slowest[1]) slowest = [text, median];
  }
  all.sort((a, b) => a - b);
  return `p50 ${at(all, 0.5).toFixed(0)} ms, p95 ${at(all, 0.95).toFixed(0)} ms; slowest \`${slowest[0]}\` ${slowest[1].toFixed(0)} ms`;
}

/** A dashboard read again and again; the first time, too. */
async function dashboard(house: House, text: string, sections: readonly Section[]): Promise<string> {
  const took: number[] = [];
  for (let turn = 0; turn < CALLS / 2; turn += 1) {
    took.push(
      await timed(() => {
        const read = readDeskFilter(house, text, { me: null, zone: null });
        if (read.kind === "refused") throw new Error(text);
        return readDashboard(house, read.filter, sections);
      }),
    );
  }
  took.sort((a, b) => a - b);
  return `p50 ${at(took, 0.5).toFixed(0)} ms, p95 ${at(took, 0.95).toFixed(0)} ms`;
}

/** Deliveries begun at even intervals, whether those before have ended or not. */
async function intake(house: House, turn: string): Promise<string> {
  const took: number[] = [];
  const running: Promise<void>[] = [];
  const started = performance.now();
  for (let index = 0; index < INTAKE.perSecond * INTAKE.seconds; index += 1) {
    const due = started + (index * 1000) / INTAKE.perSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    running.push(
      timed(() =>
        marketplaceSays(house, {
          orderId: `${turn}-${index}`,
          rating: (index % 5) + 1,
          comment: "Холодный суп, ждали час",
          dishes: ["Суп", "Плов"],
        }),
      ).then((ms) => void took.push(ms)),
    );
  }
  await Promise.all(running);
  took.sort((a, b) => a - b);
  return `p50 ${at(took, 0.5).toFixed(1)} ms, p99 ${at(took, 0.99).toFixed(1)} ms`;
}

async function onEngine(engine: "sqlite" | "postgres"): Promise<void> {
  const place = await freshPlace(engine);
  const database = await openDatabase({ url: place.url });
  const say = (title: string, figure: string) =>
    process.stdout.write(`| ${engine} | ${title} | ${figure} |\n`);
  try {
    await migrate(database, 0);
    const count = ITEMS[engine];
    say("fill", `${count} items in ${(await fillDesk(database, count, 1)).toFixed(0)} s`);
    let ids = 0;
    const house: House = {
      database,
      now: () => instant(Date.UTC(2026, 10, 1) + Math.floor(performance.now())),
      newId: () => {
        ids += 1;
        return `n-${String(ids).padStart(12, "0")}`;
      },
      alarm: () => undefined,
    };
    say("list of 50", await calls(house, LISTS));
    say("search of 50", await calls(house, SEARCHES));
    for (const [title, text, sections] of DASHBOARDS)
      say(`dashboard of ${title}`, await dashboard(house, text, sections));
    const rail = ["", "state:new", "is:overdue", "rating:1..2 state:new", "is:asked"].map((text) => {
      const read = readDeskFilter(house, text, { me: null, zone: null });
      return read.kind === "filter" ? read.filter : [];
    });
    say("rail of 5 counts", `${(await timed(() => countDesk(house, rail))).toFixed(0)} ms`);
    for (const format of ["csv", "xlsx"] as const) {
      let [rows, bytes, peak] = [0, 0, 0];
      const seconds =
        (await timed(async () => {
          const wish = { filter: [], language: "ru" as const, zone: null };
          for await (const piece of deskTable(house, wish, format, (more) => (rows += more))) {
            bytes += piece.length;
            peak = Math.max(peak, process.memoryUsage.rss());
            if (rows >= 1_000_000) break;
          }
        })) / 1000;
      say(
        format,
        `${rows} rows, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s, peak ${(peak / 1e6).toFixed(0)} MB`,
      );
    }
    // The first seconds open connections, prepare statements and compile: told apart from what comes after them.
    for (const turn of ["at first", "warm", "still warm"])
      say(`intake at ${INTAKE.perSecond}/s, ${turn}`, await intake(house, turn));
  } finally {
    await database.close();
    await place.remove();
  }
}

process.stdout.write("## Desk\n\n| engine | what | figure |\n|---|---|---|\n");
const postgres = await startPostgres();
if (postgres !== undefined) process.env[URL_VARIABLE] = postgres.url;
try {
  await onEngine("sqlite");
  if (postgres !== undefined) await onEngine("postgres");
} finally {
  postgres?.stop();
}
