// The command line on a folder: the sample world arrives as the samples describe it, and says so when there is nothing to do.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands, runFromTerminal } from "../../../src/cli/index.ts";
import { allOutlets, offersForCart, openDatabase } from "../../../src/storage/index.ts";
import { anywhere, element, feedText } from "./feeds.ts";

interface SampleWorld {
  categories: { id: string; parentId?: string }[];
  offers: {
    id: string;
    groupId: string;
    name: string;
    price: number;
    oldprice?: number;
    available: boolean;
    useBonuses: boolean;
    categoryIds: string[];
    vendor: string;
    fraction?: number;
    maxPromocodeDiscountPercent?: number;
  }[];
  outlets: { id: string; city?: string; timezone: string; yandexEatsId?: string }[];
}

const world: SampleWorld = JSON.parse(
  readFileSync(new URL("../irp/samples/00-fixture-catalog.json", import.meta.url), "utf8"),
);
const source = fileURLToPath(new URL("../../../examples/irp-samples-world", import.meta.url));

describe("import", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "prilavok-test-"));
    cpSync(source, join(folder, "world"), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function run(...argv: string[]): Promise<{ code: number; out: string; errors: string }> {
    const out: string[] = [];
    const errors: string[] = [];
    const code = await runFromTerminal(
      argv,
      {
        folder,
        isTerminal: false,
        environment: { PRILAVOK_DATA_DIR: join(folder, "data") },
        print: (text) => out.push(text),
        complain: (text) => errors.push(text),
      },
      commands,
    );
    return { code, out: out.join("\n"), errors: errors.join("\n") };
  }

  const ancestorsOf = (id: string): string[] => {
    const parentId = world.categories.find((category) => category.id === id)?.parentId;
    return parentId === undefined ? [id] : [id, ...ancestorsOf(parentId)];
  };

  test("world takes the sample folder, and the shop is the one of the samples", async () => {
    const { code, out } = await run("import", "world", "world");
    expect(code).toBe(0);
    expect(out).toContain("feed.yml.xml: 11 offers, 11 added");
    expect(out).toContain("outlets.csv: 3 outlets, 3 added");
    const database = await openDatabase({ url: `sqlite:${join(folder, "data", "prilavok.db")}` });
    const ids = world.offers.map(({ id }) => id);
    const offers = await database.read((tx) => offersForCart(tx, ids, anywhere));
    const outlets = await database.read(allOutlets);
    await database.close();
    for (const sample of world.offers) {
      expect(offers.get(sample.id)).toEqual({
        id: sample.id,
        groupId: sample.groupId,
        name: sample.name,
        vendor: sample.vendor,
        price: Math.round(sample.price * 100),
        oldPrice: sample.oldprice === undefined ? null : sample.oldprice * 100,
        isAvailable: sample.available,
        usePoints: sample.useBonuses,
        categoryIds: [...new Set(sample.categoryIds.flatMap(ancestorsOf))].sort(),
        params: {},
        step: sample.fraction === undefined ? null : sample.fraction * 1000,
        codeCap:
          sample.maxPromocodeDiscountPercent === undefined ? null : sample.maxPromocodeDiscountPercent * 100,
        stock: null,
      });
    }
    expect(
      outlets.map(({ id, city, timezone, yandexEatsId }) => ({ id, city, timezone, yandexEatsId })),
    ).toEqual(
      world.outlets
        .map((outlet) => ({
          id: outlet.id,
          city: outlet.city ?? null,
          timezone: outlet.timezone,
          yandexEatsId: outlet.yandexEatsId ?? null,
        }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  test("a second time there is nothing to do; an empty folder and a missing file are told", async () => {
    const again = await run("import", "feed", join(source, "feed.yml.xml"), "--json");
    expect(JSON.parse(again.out)).toMatchObject({ kind: "unchanged", counts: { unchanged: 11 } });
    expect(again.code).toBe(0);
    expect(await run("import", "world", "data")).toMatchObject({
      code: 1,
      errors: expect.stringContaining("nothing was imported"),
    });
    expect(await run("import", "feed", "none.xml")).toMatchObject({
      code: 1,
      errors: expect.stringContaining("there is no file"),
    });
    expect(await run("import", "feed")).toMatchObject({ code: 2 });
    expect(await run("import", "stock")).toMatchObject({ code: 2 });
  });

  test("a held feed ends with 1, is shown with its problems, and is accepted", async () => {
    writeFileSync(join(folder, "short.xml"), feedText([element("880101", 5), element("bad", 0)]));
    const held = await run("import", "feed", "short.xml");
    expect(held).toMatchObject({ code: 1, out: expect.stringContaining("10 of 11 goods would vanish") });
    const id = /--accept-held (\S+)/.exec(held.out)?.[1] ?? "";
    expect((await run("import", "show")).out).toContain(`${id}  `);
    expect((await run("import", "show", id)).out).toContain("line 5, bad: 0");
    expect(await run("import", "feed", "--accept-held", id)).toMatchObject({ code: 0 });
    expect(await run("import", "feed", "--accept-held", id)).toMatchObject({ code: 1 });
    expect(await run("import", "show", "none")).toMatchObject({ code: 1 });
  });

  test("a broken file ends with 1 and names its line", async () => {
    writeFileSync(join(folder, "broken.xml"), "<yml_catalog>\n<shop>\n</yml_catalog>");
    expect(await run("import", "feed", "broken.xml")).toMatchObject({
      code: 1,
      out: expect.stringContaining("line 3"),
    });
    writeFileSync(join(folder, "stock.xml"), "<inventory><availability>");
    expect(await run("import", "stock", "stock.xml")).toMatchObject({
      code: 1,
      out: expect.stringContaining("line 1"),
    });
    writeFileSync(join(folder, "outlets.csv"), "name\nА\n");
    expect(await run("import", "outlets", "outlets.csv")).toMatchObject({
      code: 1,
      errors: expect.stringContaining("no column id"),
    });
  });
});
