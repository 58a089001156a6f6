// `loyalty …`, `export ledger` and `export orders` as a person or a script uses them, on a real database in a temporary folder.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { typeAt } from "../../test/support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-loyalty-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, argv);

/** Rows of a table for spreadsheets, without its heading. */
const rowsOf = (text: string): string[][] =>
  text
    .replaceAll("\r\n", "\n")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((row) => row.split(";"));

beforeAll(async () => {
  const orders = [
    { id: "A-1", customerId: "rich", placedAt: "2026-05-01T10:00:00Z", status: "done", total: 1500.5 },
    { id: "=A-2", customerId: null, placedAt: "2026-06-01T10:00:00Z", status: "canceled", total: 10 },
  ];
  writeFileSync(join(folder, "orders.json"), JSON.stringify(orders));
  writeFileSync(join(folder, "members.csv"), "id,phone\npoor,\n");
  writeFileSync(join(folder, "balances.csv"), "id,points\nrich,50000\n");
  const { code, out, error } = await run("import", "world", ".");
  if (code !== 0) throw new Error(out + error);
});

test("a balance is told, and that of nobody is not", async () => {
  expect((await run("loyalty", "balance", "rich")).out).toBe(
    "rich: 50000 points to spend, 0 pending, 0 held.\n",
  );
  expect(JSON.parse((await run("loyalty", "balance", "rich", "--json")).out)).toMatchObject({
    customerId: "rich",
    available: 50_000,
  });
  expect(await run("loyalty", "balance", "none")).toMatchObject({
    code: 1,
    error: "nothing is known of this customer\n",
  });
});

test("points are put in until their end and taken out with a reason; nonsense is wrong use", async () => {
  const wish = ["--reason", "late parcel", "--expires", "2035-01-01T00:00:00Z"];
  expect((await run("loyalty", "adjust", "poor", "50", ...wish)).out).toBe("Done: +50 points.\n");
  expect((await run("loyalty", "balance", "poor")).out).toBe(
    "poor: 50 points to spend, 0 pending, 0 held.\n50 end at 2035-01-01T00:00:00.000Z.\n",
  );
  expect((await run("loyalty", "adjust", "--reason", "mistake", "--", "poor", "-20")).out).toBe(
    "Done: -20 points.\n",
  );
  const tooMany = await run("loyalty", "adjust", "--reason", "mistake", "--json", "--", "poor", "-31");
  expect([tooMany.code, JSON.parse(tooMany.out)]).toEqual([1, expect.objectContaining({ kind: "refused" })]);
  expect((await run("loyalty", "balance", "poor")).out).toMatch(/^poor: 30 points/);
  for (const amount of ["0", "5.5", "many"])
    expect((await run("loyalty", "adjust", "poor", amount, "--reason", "x")).code).toBe(2);
  expect((await run("loyalty", "adjust", "poor", "5")).code).toBe(2);
});

test("a large correction waits, and who asked for it cannot approve it", async () => {
  const asked = await run("loyalty", "adjust", "poor", "20000", "--reason", "prize");
  const id = /loyalty approve (\S+)/.exec(asked.out)?.[1] ?? "";
  expect([asked.code, id]).toEqual([0, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  expect((await run("loyalty", "waiting")).out).toContain(`${id}  poor  20000  `);
  const approved = await run("loyalty", "approve", id);
  expect([approved.code, approved.out]).toEqual([1, expect.stringMatching(/^Not done: /)]);
  expect((await run("loyalty", "balance", "poor")).out).toMatch(/^poor: 30 points/);
});

test("the report owes what the customers have, and came by", async () => {
  const { code, out } = await run("loyalty", "report", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    liability: { total: 50_030, available: 50_030, pending: 0, held: 0 },
    turnover: [{ correctedUp: 50, correctedDown: 20, openedUp: 50_000, issued: 0 }],
  });
  expect((await run("loyalty", "report")).out).toMatch(/^Owed at .*: 50030 points/);
  expect((await run("loyalty", "report", "--by", "hour")).code).toBe(2);
  expect((await run("loyalty", "report", "--from", "yesterday")).code).toBe(2);
});

test("the ledger is written entry by entry, adds up to 0, and a reason is no formula", async () => {
  await run("loyalty", "adjust", "poor", "1", "--reason", "=1+1");
  const { out } = await run("export", "ledger");
  const rows = rowsOf(out);
  const points = rows.map((row) => Number(row[7]));
  expect(points.length).toBeGreaterThanOrEqual(8);
  expect(points.reduce((sum, each) => sum + each, 0)).toBe(0);
  expect(rows.some((row) => row[10] === "'=1+1")).toBe(true);
  const written = await run("export", "ledger", "--out", "ledger.csv", "--json");
  expect(JSON.parse(written.out)).toEqual({ entries: rows.length, file: join(folder, "ledger.csv") });
  const file = join(folder, "ledger.csv");
  expect(rowsOf(readFileSync(file, "utf8"))).toEqual(rows);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(rowsOf((await run("export", "ledger", "--until", "2001-01-01")).out)).toEqual([]);
});

test("orders are a table in roubles, newest first, and an id is no formula", async () => {
  const { code, out } = await run("export", "orders");
  expect(code).toBe(0);
  expect(out.startsWith("\ufeffid;placed;updated;status;customer;")).toBe(true);
  const [second, first] = rowsOf(out);
  expect(second?.slice(0, 5)).toEqual(["'=A-2", "2026-06-01T10:00:00.000Z", "", "canceled", ""]);
  expect([first?.[0], first?.[4], first?.[13]]).toEqual(["A-1", "rich", "1500,50"]);
  expect(rowsOf((await run("export", "orders", "--status", "done")).out)).toHaveLength(1);
  expect(rowsOf((await run("export", "orders", "--from", "2026-05-20T00:00:00Z")).out)).toHaveLength(1);
  expect(rowsOf((await run("export", "orders", "--until", "2026-05-01T10:00:00Z")).out)).toHaveLength(0);
  expect((await run("export", "orders", "--format", "xml")).code).toBe(2);
});

test("orders are JSON lines in kopecks, and a file is its owner's only", async () => {
  writeFileSync(join(folder, "orders.jsonl"), "before", { mode: 0o644 });
  const written = await run("export", "orders", "--format", "jsonl", "--out", "orders.jsonl", "--json");
  expect(JSON.parse(written.out)).toEqual({ orders: 2, file: join(folder, "orders.jsonl") });
  const lines = readFileSync(join(folder, "orders.jsonl"), "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ id: "=A-2", isPlacedHere: false, customerId: null, totalMinor: 1000 }),
    expect.objectContaining({ id: "A-1", status: "done", totalMinor: 150_050, lines: [], returns: [] }),
  ]);
  expect(lines[0]).not.toContain("contact");
  expect(statSync(join(folder, "orders.jsonl")).mode & 0o777).toBe(0o600);
});
