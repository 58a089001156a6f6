// `replay` as a person or a script uses it: exit codes, files, and going on where it was stopped.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { houseOver } from "../../test/support/house.ts";
import { ROOT } from "../../test/support/server.ts";
import { typeAt } from "../../test/support/terminal.ts";
import { instant } from "../core/basics/index.ts";
import { price } from "../core/pricing/index.ts";
import { CalculationBook, createSecrets, quoteCart, RuleShelf, readCart, requestOf } from "../flows/index.ts";
import { OfferShelf, openDatabase } from "../storage/index.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-replay-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, argv);
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const text = (name: string): string => readFileSync(join(folder, name), "utf8");
const url = `sqlite:${join(folder, "data", "prilavok.db")}`;
const at = (minute: number) => instant(Date.UTC(2026, 10, 21, 9, minute));

/** Prices carts of 1 to `count` pans, one a minute, from the app and from a seller's in turn. */
async function sell(count: number): Promise<void> {
  const database = await openDatabase({ url });
  const house = houseOver(database, at(0));
  const book = new CalculationBook(house);
  const desk = {
    house,
    book,
    price,
    secrets: createSecrets("pepper"),
    rules: new RuleShelf(house, "Europe/Moscow"),
    offers: new OfferShelf(() => house.now()),
    settings: {
      onEngineFault: "refuse",
      shortStock: "error",
      severalChoices: "first",
      addonPrices: false,
    } as const,
  };
  for (let index = 0; index < count; index += 1) {
    const channel = index % 2 === 0 ? "app" : "seller";
    const read = readCart(JSON.stringify({ lines: [{ offer: "2101", quantity: index + 1 }], channel }));
    if (read.kind !== "read") throw new Error(JSON.stringify(read));
    const quoted = await quoteCart(desk, requestOf(read.cart, null), `r-${index}`);
    expect(quoted.kind).toBe("quoted");
    house.pass(60_000);
  }
  await book.close();
  await database.close();
}

beforeAll(async () => {
  expect((await run("replay")).out).toBe("Nothing to do: no calculation is recorded in that time.\n");
  const demo = join(ROOT, "examples", "demo-world");
  mkdirSync(join(folder, "world"));
  put("world/feed.yml.xml", readFileSync(join(demo, "feed.yml.xml"), "utf8"));
  put("world/promotions.yaml", "promotions:\n  - { id: pans, name: Pans, then: [{ percent: 10 }] }\n");
  put("world/programme.yaml", readFileSync(join(demo, "programme.yaml"), "utf8"));
  expect((await run("import", "world", "world")).code).toBe(0);
  await sell(10);
  put("half.yaml", "promotions:\n  - { id: pans, name: Pans, then: [{ percent: 50 }] }\n");
});

test("everything comes out the same, and the exit code says so", async () => {
  expect(await run("replay")).toEqual({
    code: 0,
    out: "10 calculations: 10 came out the same, 0 differ.\n",
    error: "",
  });
  const json = await run("replay", "--json", "--channel", "seller", "--since", "2026-11-21T12:04");
  expect(JSON.parse(json.out)).toMatchObject({ kind: "check", taken: 3, counts: { same: 3 } });
  expect((await run("replay", "--until", "2026-11-21T12:04", "--every", "2")).out).toMatch(/^2 calc/);
  expect((await run("replay", "--limit", "4", "--out", "check.json")).out).toMatch(/^4 calculations/);
  expect(JSON.parse(text("check.json"))).toMatchObject({ taken: 4 });
});

test("one that differs is named, and the exit code is 1", async () => {
  const database = await openDatabase({ url });
  const change = (from: string, to: string) =>
    database.transaction((tx) =>
      tx.run(`update calculation set input = replace(input, ?, ?) where id = 'r-3'`, [from, to]),
    );
  expect(await change('"2101",4000', '"2101",5000')).toBe(1);
  const { code, out } = await run("replay");
  expect(out).toMatch(
    /^10 calculations: 9 came out the same, 1 differ\.\n\nWorst:\n {2}r-3 {2}2026-11-21T09:03/,
  );
  expect(code).toBe(1);
  expect((await run("replay", "--rules", "half.yaml")).code).toBe(0);
  await change('"2101",5000', '"2101",4000');
  await database.close();
  expect((await run("replay")).code).toBe(0);
});

test("a draft is told in roubles, as JSON and as a table of carts", async () => {
  const told = await run("replay", "--rules", "half.yaml", "--worst", "2");
  expect(told).toMatchObject({ code: 0, error: "" });
  expect(told.out).toMatch(/^10 carts: 10 cheaper for the shopper, 0 dearer, 0 the same\.\n/);
  expect(told.out).toMatch(/Cheaper by the most:\n {2}r-9 .*\n {2}r-8 .*\n$/);
  const report = JSON.parse((await run("replay", "--rules", "half.yaml", "--json")).out);
  expect(report).toMatchObject({ kind: "draft", taken: 10, carts: { cheaper: 10 } });
  expect(report.after.total / report.before.total).toBeCloseTo(5 / 9, 5);
  expect(report.promotions).toMatchObject([{ id: "pans", before: { carts: 10 }, after: { carts: 10 } }]);
  expect((await run("replay", "--rules", "half.yaml", "--out", "carts.csv")).out).toMatch(
    /A line for each cart is in carts\.csv\.\n$/,
  );
  const lines = text("carts.csv").trimEnd().split("\n");
  expect(lines).toHaveLength(11);
  expect(lines[0]).toMatch(/^request_id,at,channel,/);
  expect(lines[1]).toBe("r-0,2026-11-21T09:00:00.000Z,app,2,1,3141.00,1745.00,-1396.00,349.00,1745.00,94,52");
});

test("a programme may be the draft, alone or beside promotions", async () => {
  put("double.yaml", text("world/programme.yaml").replace("percent: 3", "percent: 6"));
  const report = JSON.parse((await run("replay", "--programme", "double.yaml", "--json")).out);
  expect(report.carts).toMatchObject({ same: 10 });
  expect(report.after.willEarn).toBeGreaterThan(report.before.willEarn * 1.9);
  const both = JSON.parse(
    (await run("replay", "--rules", "half.yaml", "--programme", "double.yaml", "--json")).out,
  );
  expect(both.carts).toMatchObject({ cheaper: 10 });
});

test("wrong use and drafts with mistakes are told before anything is read", async () => {
  put("bad.yaml", "promotions:\n  - { id: pans, name: Pans, then: [{ precent: 10 }] }\n");
  const bad = await run("replay", "--rules", "bad.yaml");
  expect(bad).toMatchObject({ code: 1, out: "" });
  expect(bad.error).toMatch(/did you mean “percent”/);
  for (const argv of [
    ["--every", "0"],
    ["--limit", "x"],
    ["--worst", "-1"],
    ["--channel", "web"],
    ["--since", "yesterday"],
    ["--rules", "none.yaml"],
    ["--out", "x.txt"],
    ["--out", "x.csv"],
  ])
    expect((await run("replay", ...argv)).code, argv.join(" ")).toBe(2);
  expect(await run("replay", "--rules", "half.yaml", "--out", "no/such.csv")).toMatchObject({
    code: 1,
    error: "no/such.csv cannot be written: ENOENT\n",
  });
});

test("what was done leaves nothing to go on from, and says so", async () => {
  expect(readdirSync(join(folder, "data")).includes("replay")).toBe(true);
  expect(readdirSync(join(folder, "data", "replay"))).toEqual([]);
  expect(await run("replay", "--resume")).toMatchObject({
    code: 0,
    out: "10 calculations: 10 came out the same, 0 differ.\n",
    error: "nothing was kept of such a replay: it begins anew\n",
  });
});
