// How long recorded carts take to be replayed, by their own rules and under a draft: the whole command, and what a record takes of the disk.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { instant } from "../src/core/basics/index.ts";
import { ENGINE_VERSION, type PromotionDocument, price } from "../src/core/pricing/index.ts";
import { packCalculation } from "../src/flows/calculation-text.ts";
import { applyRules, RuleShelf } from "../src/flows/index.ts";
import {
  addCalculations,
  type CalculationRecord,
  calculationRoom,
  type GoodsRecord,
  migrate,
  noteGoods,
  openDatabase,
} from "../src/storage/index.ts";
import { houseOver } from "../test/support/house.ts";
import { chanceOf } from "../test/support/random-baskets.ts";
import { ROOT } from "../test/support/server.ts";
import { cart, customer, facts, line, NOON } from "../test/support/shop.ts";
import { matching, offersOf } from "./priced-carts.ts";

/** BENCH_CARTS=1000000 measures the goal itself; less is stretched to it. */
const CARTS = Number(process.env["BENCH_CARTS"] ?? 100_000);
const GOAL = 1_000_000;
const LINES = 20;
const PROMOTIONS = 20;
const OFFERS = 60;
/** Carts packed before they are written. */
const BATCH = 2000;
/** Carts that are made one by one; beyond them there are copies of earlier days, which cost a replay the same. */
const MADE = Math.min(CARTS, 100_000);
const DAY = 86_400_000;

/** Fills a database in `folder` with carts as the server would have recorded them; gives bytes of the file a cart. */
async function record(folder: string): Promise<{ perCart: number; kept: number }> {
  const path = join(folder, "prilavok.db");
  const database = await openDatabase({ url: `sqlite:${path}` });
  await migrate(database, 0);
  const house = houseOver(database, NOON);
  const shelf = new RuleShelf(house, "Europe/Moscow");
  await applyRules(house, shelf, { set: { promotions: matching(PROMOTIONS) } }, { note: "bench" });
  const { rules, version, hash } = await shelf.current();
  const offers = [...offersOf(OFFERS).values()];
  const chance = chanceOf(1);
  truncate(database);
  const before = statSync(path).size;
  for (let start = 0; start < MADE; start += BATCH) {
    const records: CalculationRecord[] = [];
    const goods = new Map<string, GoodsRecord>();
    for (let index = start; index < Math.min(start + BATCH, MADE); index += 1) {
      const bought = Array.from({ length: LINES }, () => offers[Math.floor(chance() * OFFERS)] ?? offers[0]);
      const asked = cart(
        bought.map((each) => line(each?.id ?? "", 1 + Math.floor(chance() * 4))),
        { city: { name: "Екатеринбург", kladr: "6600000100000", fias: null } },
      );
      const known = facts(
        bought.flatMap((each) => each ?? []),
        { customer: customer({ id: `u-${index % 5000}` }) },
      );
      const at = instant(NOON + index * 10);
      const quote = price(asked, rules, known, at, "menu");
      const packed = packCalculation({
        ...{ id: house.newId(), at, cart: asked, facts: known, rules: { version, hash }, quote },
        ...{ engineVersion: ENGINE_VERSION, foldedCode: null, madeBy: "engine" as const },
      });
      records.push(packed.record);
      for (const good of packed.goods) goods.set(good.hash, good);
    }
    await database.transaction(async (tx) => {
      await noteGoods(tx, [...goods.values()], NOON);
      await addCalculations(tx, records);
    });
  }
  for (let copy = 1; copy < CARTS / MADE; copy += 1) {
    await database.transaction((tx) =>
      tx.run(
        `insert into calculation (id, at, channel, customer_id, code, rules_version, rules_hash, engine_version, input, result, size)
          select id || ?, at - ?, channel, customer_id, code, rules_version, rules_hash, engine_version, input, result, size
          from calculation where at >= ?`,
        [`-${copy}`, copy * DAY, NOON],
      ),
    );
    truncate(database);
  }
  truncate(database);
  const { size } = await database.read(calculationRoom);
  await database.close();
  return { perCart: (statSync(path).size - before) / CARTS, kept: size / CARTS };
}

function truncate(database: Awaited<ReturnType<typeof openDatabase>>): void {
  database.truncateLog?.();
}

/** Loaded before the command: says at the end what the process took. */
const USAGE_PRINTER = `data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("used "+(u.userCPUTime+u.systemCPUTime)+" "+u.maxRSS)})`;

/** One run of `prilavok replay` as an operator types it. */
function replay(folder: string, argv: readonly string[]) {
  const started = performance.now();
  const child = spawnSync(
    process.execPath,
    ["--import", USAGE_PRINTER, join(ROOT, "bin", "prilavok.js"), "replay", "--json", ...argv],
    { encoding: "utf8", env: { ...process.env, PRILAVOK_DATA_DIR: folder } },
  );
  if (child.status !== 0) throw new Error(child.stdout + child.stderr);
  const seconds = (performance.now() - started) / 1000;
  const [, cpu = "0", peak = "0"] = /used (\d+) (\d+)/.exec(child.stderr) ?? [];
  const report = JSON.parse(child.stdout) as { taken: number };
  if (report.taken !== CARTS) throw new Error(`${report.taken} carts were taken`);
  return { seconds, cpuSeconds: Number(cpu) / 1e6, peakMb: Number(peak) / 1024 };
}

function row(name: string, { seconds, cpuSeconds, peakMb }: ReturnType<typeof replay>): string {
  const minutes = (of: number): string => ((of * GOAL) / CARTS / 60).toFixed(1);
  const perSecond = Math.round(CARTS / cpuSeconds).toLocaleString("en");
  return `| ${name} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${perSecond} | ${minutes(seconds)} | ${minutes(cpuSeconds)} | ${Math.round(peakMb)} |`;
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-bench-"));
  try {
    const { perCart, kept } = await record(folder);
    const draft = join(folder, "draft.yaml");
    const dearer = ({ then, ...promotion }: PromotionDocument): PromotionDocument => ({
      ...promotion,
      then: then.map((effect) => ("percent" in effect ? { percent: effect.percent + 1 } : effect)),
    });
    writeFileSync(draft, stringify({ promotions: matching(PROMOTIONS).map(dearer) }));
    console.log(
      [
        `## \`prilavok replay\` of ${CARTS.toLocaleString("en")} recorded carts, ${LINES} lines × ${PROMOTIONS} promotions, SQLite, one core`,
        "",
        `A recorded cart takes ${Math.round(perCart)} bytes of the file, ${Math.round(kept)} of them its texts. By processor time: on a machine with nothing else to do.`,
        "",
        `| | seconds | processor s | carts a processor s | minutes for a million (goal: under 10) | by processor time | peak MB |`,
        "| --- | --- | --- | --- | --- | --- | --- |",
        row("by their own rules, bit for bit", replay(folder, [])),
        row("under a draft", replay(folder, ["--rules", draft])),
        row(
          "under a draft, with a table of carts",
          replay(folder, ["--rules", draft, "--out", join(folder, "carts.csv")]),
        ),
      ].join("\n"),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await bench();
