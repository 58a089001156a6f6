// Imports a generated feed of 100,000 offers (about 45 MB) on SQLite in a process of its own: seconds and peak memory.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../test/support/server.ts";

const OFFERS = 100_000;
const DESCRIPTION = "Литая сковорода из чугуна с двумя носиками, годится для духовки и любой плиты.";

/** Writes a feed whose prices differ by `shift` roubles. */
async function writeFeed(path: string, shift: number): Promise<void> {
  const out = createWriteStream(path);
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await once(out, "drain");
  };
  await write(
    '<?xml version="1.0" encoding="UTF-8"?>\n<yml_catalog date="2026-11-21 06:00"><shop><categories>\n',
  );
  for (let id = 1; id <= 1000; id += 1) {
    const parent = id > 10 ? ` parentId="${Math.ceil(id / 10)}"` : "";
    await write(`<category id="${id}"${parent}>Категория ${id}</category>\n`);
  }
  await write("</categories><offers>\n");
  for (let index = 0; index < OFFERS; index += 1) {
    const price = (index % 5000) + 100 + shift;
    await write(`<offer id="${100_000 + index}" group_id="${50_000 + (index >> 1)}" available="true">
<name>Сковорода чугунная «Уралочка» № ${index}</name>
<price>${price}.90</price><price priceTier="vip">${price - 10}</price><oldprice>${price + 300}</oldprice>
<currencyId>RUR</currencyId><categoryId>${(index % 1000) + 1}</categoryId><vendor>Уралочка</vendor>
<description>${DESCRIPTION}</description><param name="Диаметр">26 см</param>
</offer>\n`);
  }
  await write("</offers></shop></yml_catalog>\n");
  out.end();
  await once(out, "close");
}

/** One run of `prilavok import feed` as an operator types it; the peak is the kernel's own figure for the process. */
function importOnce(feed: string, folder: string): { seconds: number; peakMb: number; kind: string } {
  const started = performance.now();
  const child = spawnSync(
    process.execPath,
    ["--import", PEAK_PRINTER, join(ROOT, "bin", "prilavok.js"), "import", "feed", feed, "--json"],
    { encoding: "utf8", env: { ...process.env, PRILAVOK_DATA_DIR: folder } },
  );
  if (child.status !== 0) throw new Error(child.stdout + child.stderr);
  const { kind } = JSON.parse(child.stdout.trim().split("\n").at(-1) ?? "{}") as { kind: string };
  const peak = /peak (\d+) kB/.exec(child.stderr)?.[1];
  return { seconds: (performance.now() - started) / 1000, peakMb: Number(peak) / 1024, kind };
}

/** Loaded before the command: says at the end how much memory the process ever held. */
const PEAK_PRINTER = `data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+" kB"))`;

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-bench-"));
  try {
    const [first, second] = ["first.xml", "second.xml"].map((name) => join(folder, name)) as [string, string];
    await writeFeed(first, 0);
    await writeFeed(second, 1);
    const size = (statSync(first).size / 1e6).toFixed(0);
    // The first start of a clone strips and compiles its sources and keeps the result.
    spawnSync(process.execPath, [join(ROOT, "bin", "prilavok.js"), "config", "check"]);
    const rows = [
      ["first import", first],
      ["the same again", first],
      ["every price changed", second],
    ].map(([title, feed]) => {
      const { seconds, peakMb, kind } = importOnce(feed as string, folder);
      return `| ${title} (${kind}) | ${seconds.toFixed(1)} | ${Math.round(peakMb)} |`;
    });
    process.stdout.write(
      [
        `## Feed of ${OFFERS.toLocaleString("en")} offers, ${size} MB, \`prilavok import feed\` on SQLite`,
        "",
        "Whole process from its start to its end (goal: under 10 s, under 150 MB).",
        "",
        "| | seconds | peak MB |",
        "|---|---|---|",
        ...rows,
        "",
      ].join("\n"),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await bench();
