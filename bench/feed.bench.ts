// Imports a generated feed of 100,000 offers (about 45 MB) on SQLite in a process of its own: seconds and peak memory.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { v7 } from "uuid";
import { keepMemoryLow } from "../src/cli/memory.ts";
import { instant } from "../src/core/basics/index.ts";
import { importFeed } from "../src/flows/index.ts";
import { readFeed } from "../src/protocols/yml-feed/index.ts";
import { migrate, openDatabase } from "../src/storage/index.ts";

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

/** The measured process: one import, one line of JSON. */
async function importOnce(feed: string, file: string): Promise<void> {
  const database = await openDatabase({ url: `sqlite:${file}` });
  await migrate(database, 0);
  const house = { database, now: () => instant(Date.now()), newId: () => v7(), alarm: () => undefined };
  const baseMb = process.resourceUsage().maxRSS / 1024;
  keepMemoryLow();
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const started = performance.now();
  const outcome = await importFeed(house, { name: "bench", read: () => readFeed(createReadStream(feed)) });
  const seconds = (performance.now() - started) / 1000;
  clearInterval(timer);
  await database.close();
  const peakMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    `${JSON.stringify({ kind: outcome.kind, seconds: Number(seconds.toFixed(2)), baseMb: Math.round(baseMb), peakMb: Math.round(peakMb), longestStallMs: Math.round(longest) })}\n`,
  );
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "prilavok-bench-"));
  try {
    const [first, second, file] = ["first.xml", "second.xml", "bench.db"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await writeFeed(first, 0);
    await writeFeed(second, 1);
    const size = (statSync(first).size / 1e6).toFixed(0);
    for (const [title, feed] of [
      ["first import", first],
      ["the same again", first],
      ["every price changed", second],
    ] as const) {
      const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), feed, file], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      });
      process.stdout.write(`feed: ${OFFERS} offers, ${size} MB, ${title}: ${child.stdout}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [feed, file] = process.argv.slice(2);
if (feed !== undefined && file !== undefined) await importOnce(feed, file);
else await bench();
