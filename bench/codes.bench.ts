// A million promo codes made, handed out, imported and imported again on both engines: seconds, peak memory, and how long others wait.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateCodes, importCodes, RuleShelf, textFile } from "../src/flows/index.ts";
import { openDatabase } from "../src/storage/index.ts";
import { freshPlace } from "../test/support/engines.ts";
import { houseOver } from "../test/support/house.ts";
import { startPostgres, URL_VARIABLE } from "../test/support/postgres.ts";
import { ROOT } from "../test/support/server.ts";

const CODES = Number(process.env["BENCH_CODES"] ?? 1_000_000);
const RULES = "promotions:\n  - { id: sale, name: Sale, then: [{ percent: 5 }], codes: {} }\n";

/** Loaded before the command: says at the end how much memory the process ever held. */
const PEAK_PRINTER = `data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+" kB"))`;

interface Place {
  readonly folder: string;
  readonly url: string;
}

/** One command as an operator types it. */
function run(place: Place, argv: readonly string[]): { seconds: number; peakMb: number; out: string } {
  const started = performance.now();
  const child = spawnSync(
    process.execPath,
    ["--import", PEAK_PRINTER, join(ROOT, "bin", "prilavok.js"), ...argv],
    {
      encoding: "utf8",
      cwd: place.folder,
      env: {
        ...process.env,
        PRILAVOK_DATA_DIR: join(place.folder, "data"),
        PRILAVOK_DATABASE_URL: place.url,
      },
    },
  );
  if (child.status !== 0) throw new Error(child.stdout + child.stderr);
  const peak = /peak (\d+) kB/.exec(child.stderr)?.[1];
  return { seconds: (performance.now() - started) / 1000, peakMb: Number(peak) / 1024, out: child.stdout };
}

async function onEngine(engine: "sqlite" | "postgres"): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-codes-"));
  const [first, second] = [await freshPlace(engine), await freshPlace(engine)];
  try {
    const rows: string[] = [];
    const told = (title: string, result: ReturnType<typeof run>): void => {
      rows.push(`| ${engine} | ${title} | ${result.seconds.toFixed(1)} | ${Math.round(result.peakMb)} |`);
    };
    for (const place of [first, second]) {
      mkdirSync(join(folder, "data"), { recursive: true });
      writeFileSync(join(folder, "rules.yaml"), RULES);
      run({ folder, url: place.url }, ["promotions", "apply", "rules.yaml"]);
    }
    const pattern = "SALE-####-####-###";
    const wish = [
      "codes",
      "generate",
      "sale",
      "--name",
      "bench",
      "--pattern",
      pattern,
      "--count",
      `${CODES}`,
    ];
    const [made, other] = [
      { folder, url: first.url },
      { folder, url: second.url },
    ];
    told("codes generate", run(made, wish));
    told("codes export", run(made, ["codes", "export", "bench", "--out", "codes.csv"]));
    const imported = run(other, ["codes", "import", "codes.csv", "--json"]);
    if (!imported.out.includes(`"added":${CODES}`)) throw new Error(imported.out);
    told(`codes import, ${(statSync(join(folder, "codes.csv")).size / 1e6).toFixed(0)} MB`, imported);
    const again = run(other, ["codes", "import", "codes.csv", "--json"]);
    if (!again.out.includes(`"unchanged":${CODES}`)) throw new Error(again.out);
    told("the same import again", again);
    return rows;
  } finally {
    await first.remove();
    await second.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long small writes of the same process wait while codes are made and imported, ms. */
async function waits(engine: "sqlite" | "postgres"): Promise<string> {
  const place = await freshPlace(engine);
  const folder = mkdtempSync(join(tmpdir(), "prilavok-codes-"));
  writeFileSync(join(folder, "rules.yaml"), RULES);
  run({ folder, url: place.url }, ["promotions", "apply", "rules.yaml"]);
  const database = await openDatabase({ url: place.url });
  const house = houseOver(database, Date.now() as ReturnType<ReturnType<typeof houseOver>["now"]>);
  const shelf = new RuleShelf(house, "Europe/Moscow");
  const taken: number[] = [];
  const timer = setInterval(() => {
    const started = performance.now();
    const work = database.transaction((tx) =>
      tx.run("update code_batch set codes = codes where id = 'none'"),
    );
    work.then(
      () => taken.push(performance.now() - started),
      () => taken.push(Number.POSITIVE_INFINITY),
    );
  }, 5);
  const count = Math.min(CODES, 200_000);
  const shared = { name: "waits", promotionId: "sale", alphabet: null, usesPerCode: 1, validUntil: null };
  await generateCodes(house, shelf, { ...shared, pattern: "W-###-###-#####", count });
  const table = Array.from({ length: count }, (_, index) => `I-${index},sale`).join("\n");
  await importCodes(house, shelf, textFile(`code,promotion\n${table}\n`), { batch: "waits-import" });
  clearInterval(timer);
  await database.close();
  await place.remove();
  rmSync(folder, { recursive: true, force: true });
  taken.sort((left, right) => left - right);
  const at = (share: number): string => (taken[Math.floor((taken.length - 1) * share)] ?? 0).toFixed(1);
  return `| ${engine} | ${taken.length} | ${at(0.5)} | ${at(0.99)} | ${at(1)} |`;
}

const postgres = await startPostgres();
if (postgres !== undefined) process.env[URL_VARIABLE] = postgres.url;
const names = postgres === undefined ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);
try {
  // The first start of a clone strips and compiles its sources and keeps the result.
  spawnSync(process.execPath, [join(ROOT, "bin", "prilavok.js"), "config", "check"]);
  const rows: string[] = [];
  for (const name of names) rows.push(...(await onEngine(name)));
  const waiting: string[] = [];
  for (const name of names) waiting.push(await waits(name));
  process.stdout.write(
    [
      `## ${CODES.toLocaleString("en")} promo codes`,
      "",
      "Whole process from its start to its end (goal: under 60 s each).",
      "",
      "| engine | command | seconds | peak MB |",
      "|---|---|---|---|",
      ...rows,
      "",
      "Small writes of the same process while 200,000 codes are made and as many imported (goal: some 100 ms at most).",
      "",
      "| engine | writes | p50 ms | p99 ms | longest ms |",
      "|---|---|---|---|---|",
      ...waiting,
      "",
    ].join("\n"),
  );
} finally {
  postgres?.stop();
}
