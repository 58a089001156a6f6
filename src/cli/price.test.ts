// `price FILE` on the example world: our own format, the app's, another time, other rules, and what is wrong with a file.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { feedFrom, houseOn, sample } from "../../test/protocols/yml-feed/feeds.ts";
import { typeAt } from "../../test/support/terminal.ts";
import { importFeed } from "../flows/index.ts";
import { migrate, openDatabase } from "../storage/index.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-price-"));
const root = join(import.meta.dirname, "../..");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, argv);

const put = (name: string, value: unknown): void =>
  writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));

beforeAll(async () => {
  mkdirSync(join(folder, "data"));
  const database = await openDatabase({ url: `sqlite:${join(folder, "data", "prilavok.db")}` });
  await migrate(database, 0);
  await importFeed(houseOn(database), feedFrom(sample));
  await database.close();
  for (const name of ["promotions.yaml", "programme.yaml"])
    copyFileSync(join(root, "examples/irp-samples-world", name), join(folder, name));
  expect((await run("promotions", "validate", "promotions.yaml", "--json")).out).toBe(
    '{"valid":true,"problems":[],"findings":[],"notAnalysed":[]}\n',
  );
  await run("promotions", "apply", "promotions.yaml");
  await run("promotions", "apply", "programme.yaml", "--programme");
  put("cart.json", {
    lines: [
      { offer: "880101" },
      { offer: "620415", quantity: 3 },
      { offer: "450033", quantity: 0.7 },
      { offer: "450078" },
    ],
    code: "осень500",
    choices: [{ promotion: "p-bag" }],
    customer: "u-104512",
  });
});

test("a cart costs what the sample world says", async () => {
  const priced = await run("price", "cart.json");
  expect(priced).toMatchObject({ code: 0, error: "" });
  expect(priced.out).toMatch(/К оплате +4 555,93\n/);
  expect(priced.out).not.toMatch(/Акции/);
});

test("--explain tells every promotion, with what it lacks", async () => {
  put("small.yaml", 'lines: [{ offer: "880101" }]\n');
  const { out } = await run("price", "small.yaml", "--explain");
  expect(out).toMatch(/\+ {2}p-cook10 +Сковороды −10 % +применена -249,00/);
  expect(out).toMatch(/p-bag .*нужно 3 000,00, есть 2 241,00; → добавить товаров на 843,33/);
  expect(out).toMatch(/p-towel3for2 .*нет подходящих товаров/);
});

test("--json is the whole quote with what made it", async () => {
  const json = JSON.parse((await run("price", "cart.json", "--json")).out);
  expect(json).toMatchObject({ totalRoubles: "4555.93", rules: { version: 2 }, quote: { total: 455_593 } });
  expect(json.quote.verdicts).toHaveLength(7);
});

test("a request of the app costs the same", async () => {
  put("basket.json", {
    items: [
      { configurationId: "880101", quantity: 1 },
      { configurationId: "620415", quantity: 3 },
      { configurationId: "450033", quantity: 0.7 },
      { configurationId: "450078", quantity: 1 },
    ],
    promocode: "ОСЕНЬ500",
    promoGroup: [{ id: "p-bag" }],
    lastSyncDate: 5,
    externalUserId: "u-104512",
  });
  expect(JSON.parse((await run("price", "basket.json", "--json")).out).totalRoubles).toBe("4555.93");
  put("basket.json", { items: "none" });
  expect((await run("price", "basket.json")).error).toMatch(/no basket request: items_not_array/);
});

test("--rules tries a file without applying it, --at another time, and so does the cart's own moment", async () => {
  put(
    "night.yaml",
    "promotions:\n  - id: night\n    name: Ночью\n    schedule: { hours: [{ from: '22:00', to: '06:00' }] }\n    then: [{ percent: 50 }]\n",
  );
  const at = async (time: string) =>
    JSON.parse((await run("price", "small.yaml", "--rules", "night.yaml", "--at", time, "--json")).out);
  expect(await at("2026-11-21T23:00")).toMatchObject({
    totalRoubles: "1245.00",
    at: "2026-11-21T20:00:00.000Z",
    rules: { version: 0 },
  });
  expect(await at("2026-11-21T12:00:00Z")).toMatchObject({ totalRoubles: "2490.00" });
  put("late.yaml", 'lines: [{ offer: "880101" }]\nat: 2026-11-21T23:00\n');
  const late = async (...more: string[]) =>
    JSON.parse((await run("price", "late.yaml", "--rules", "night.yaml", "--json", ...more)).out);
  expect(await late()).toMatchObject({ totalRoubles: "1245.00", at: "2026-11-21T20:00:00.000Z" });
  expect(await late("--at", "2026-11-21T12:00:00Z")).toMatchObject({ totalRoubles: "2490.00" });
  expect((await run("promotions", "history", "--json")).out).not.toMatch(/"version":3/);
  expect(await run("price", "small.yaml", "--at", "soon")).toMatchObject({ code: 2 });
  put("soon.yaml", "lines: []\nat: soon\n");
  expect(await run("price", "soon.yaml")).toMatchObject({
    code: 2,
    error: expect.stringContaining("at in the cart"),
  });
});

test("files that are wrong are told so in sentences", async () => {
  put("bad.json", { lines: [{ ofer: "1" }] });
  expect(await run("price", "bad.json")).toMatchObject({
    code: 1,
    error:
      "line 1: lines[0].ofer is not known here — did you mean “offer”?\nbad.json is no cart, see `price --help`\n",
  });
  put("bad.yaml", "promotions: 1\n");
  const tried = await run("price", "small.yaml", "--rules", "bad.yaml");
  expect(tried).toMatchObject({ code: 1, error: expect.stringMatching(/a list[\s\S]*have mistakes/) });
  expect((await run("price", "none.json")).code).toBe(2);
});
