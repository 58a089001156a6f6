// 100,000 opening balances from a file as an old system writes it (Windows-1251, semicolons, decimal commas), on both engines.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { startPostgres, URL_VARIABLE } from "../test/support/postgres.ts";
import { childEnvironment, ROOT, type ServerPlace, serverPlace } from "../test/support/server.ts";

const BALANCES = Number(process.env["BENCH_BALANCES"] ?? 100_000);

/** Loaded before the command: says at the end how much memory the process ever held. */
const PEAK_PRINTER = `data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+" kB"))`;

interface Run {
  readonly seconds: number;
  readonly peakMb: number;
  readonly out: { readonly kind?: string; readonly taken?: number; readonly total?: number };
}

/** One command as an operator types it; the peak is the kernel's own figure for the process. */
function run(place: ServerPlace, argv: readonly string[]): Run {
  const started = performance.now();
  const child = spawnSync(
    process.execPath,
    ["--import", PEAK_PRINTER, join(ROOT, "bin", "prilavok.js"), ...argv, "--json"],
    { cwd: ROOT, encoding: "utf8", env: childEnvironment(place.environment), maxBuffer: 64 * 1024 ** 2 },
  );
  if (child.status !== 0) throw new Error(child.stdout + child.stderr);
  const peak = /peak (\d+) kB/.exec(child.stderr)?.[1];
  const out = JSON.parse(child.stdout.trim().split("\n").at(-1) ?? "{}") as Run["out"];
  return { seconds: (performance.now() - started) / 1000, peakMb: Number(peak) / 1024, out };
}

/** The sum that the old system would state. */
const TOTAL = Array.from({ length: BALANCES }, (_, index) => 1 + (index % 997)).reduce(
  (sum, each) => sum + each,
  0,
);

function writeFile(path: string): void {
  const rows = Array.from({ length: BALANCES }, (_, index) => `К-${index};${1 + (index % 997)},00`);
  writeFileSync(path, iconv.encode(`id;points\r\n${rows.join("\r\n")}\r\n`, "win1251"));
}

async function measure(engine: "sqlite" | "postgres", file: string): Promise<string[]> {
  const place = await serverPlace(engine);
  const rows: string[] = [];
  const time = (title: string, argv: readonly string[]): Run["out"] => {
    const { seconds, peakMb, out } = run(place, argv);
    rows.push(`| ${engine} | ${title} | ${seconds.toFixed(1)} | ${Math.round(peakMb)} |`);
    return out;
  };
  try {
    const all = ["import", "balances", file, "--expect-sum", String(TOTAL)];
    time("dry run", [...all, "--dry-run"]);
    const first = time("import balances", all);
    if (first.taken !== BALANCES || first.total !== TOTAL) throw new Error(JSON.stringify(first));
    const again = time("the same again", all);
    if (again.kind !== "unchanged") throw new Error(JSON.stringify(again));
    const [one] = run(place, ["import", "undo"]).out as unknown as { id: string }[];
    time("import undo", ["import", "undo", one?.id ?? ""]);
  } finally {
    await place.remove();
  }
  return rows;
}

const folder = mkdtempSync(join(tmpdir(), "prilavok-balances-"));
const file = join(folder, "balances.csv");
writeFile(file);
const postgres = await startPostgres();
if (postgres !== undefined) process.env[URL_VARIABLE] = postgres.url;
try {
  const rows = await measure("sqlite", file);
  if (postgres !== undefined) rows.push(...(await measure("postgres", file)));
  process.stdout.write(
    [
      `## ${BALANCES.toLocaleString("en")} opening balances`,
      "",
      `Whole process from its start to its end; a file of ${(statSync(file).size / 1e6).toFixed(1)} MB in Windows-1251.`,
      "",
      "| engine | command | seconds | peak MB |",
      "| --- | --- | --- | --- |",
      ...rows,
      "",
    ].join("\n"),
  );
} finally {
  postgres?.stop();
  rmSync(folder, { recursive: true });
}
