// `import members` and `import balances` as a person or a script uses them, on a real database in a temporary folder.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { typeAt } from "../../test/support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-import-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, ["import", ...argv]);

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

test("members come in, bad rows are told by line and never by value", async () => {
  const report = await run(
    "members",
    file("members.csv", "id,phone\nu-1,89120000012\n,89120000013\nu-2,secret\n"),
  );
  expect(report).toEqual({
    code: 0,
    out: "Imported: 2 taken, 1 left out.\n  line 3, left out: id missing\n  line 4, remark: phone unreadable\n",
    error: "",
  });
});

test("balances are added up dry before they are taken, and find their owner by phone", async () => {
  const name = file("balances.csv", "phone;points\n+7 912 000-00-12;1000\n");
  expect((await run("balances", name, "--dry-run")).out).toBe(
    "Read, nothing was changed: 1 taken, 0 left out, 1000 points in all.\n",
  );
  expect((await run("balances", name)).out).toMatch(
    /^Imported: 1 taken, 0 left out, 1000 points in all\.\nTake it back: import undo [0-9a-f-]{36}\n$/,
  );
  const json = JSON.parse((await run("balances", name, "--json")).out) as object;
  expect(json).toMatchObject({ kind: "unchanged", taken: 1, total: 1000, faults: [] });
});

test("a file that is not there or of no use fails", async () => {
  expect(await run("members", "nowhere.csv")).toMatchObject({ code: 1, out: "" });
  const refused = await run("balances", file("wrong.csv", "id\n1\n"));
  expect(refused).toMatchObject({ code: 1, out: "Not imported: column missing.\n", error: "" });
  expect((await run("balances")).code).toBe(2);
});

test("a file that breaks off fails, and says how far it was read", async () => {
  const text = `id,tier\n${Array.from({ length: 150 }, (_, index) => `cut-${index},a\n`).join("")}x,"${"y\n".repeat(60_000)}`;
  const cut = await run("members", file("cut.csv", text), "--json");
  expect(cut.code).toBe(1);
  expect(JSON.parse(cut.out)).toMatchObject({ reason: expect.stringMatching(/^broken_at_line_/) });
});

test("every file of the samples' world is taken", async () => {
  const world = join(import.meta.dirname, "../../examples/irp-samples-world");
  const { code, out } = await run("world", world, "--json");
  expect(code).toBe(0);
  const results = JSON.parse(out) as { file: string; isDone: boolean; counts: Record<string, number> }[];
  const counts = Object.fromEntries(results.map((result) => [result.file, result.counts]));
  expect(counts).toMatchObject({
    "members.csv": { taken: 1, skipped: 0 },
    "balances.csv": { taken: 1, total: 1000 },
    "orders.json": { taken: 3 },
    "gift-cards.csv": { taken: 2 },
    "extra-services.yaml": { taken: 2 },
  });
});

test("lines that are left out stand in a table of their own, for its owner only, with nothing that is computed", async () => {
  const name = file("half.csv", 'id;points\nr-1;100\nr-2;"12,5"\n=1+1;abc\n');
  const report = await run("balances", name, "--rejects", "left.csv");
  expect(report.code).toBe(0);
  expect(report.out).toMatch(/^Imported: 1 taken, 2 left out, 100 points in all\.\n/);
  const rejects = readFileSync(join(folder, "left.csv"), "utf8");
  expect(rejects.startsWith("\ufeffline;reason;id;card;phone;points\r\n")).toBe(true);
  expect(rejects.trimEnd().split("\r\n").slice(1)).toEqual([
    expect.stringMatching(/^3;[a-z_]+;r-2;;;12,5$/),
    expect.stringMatching(/^4;[a-z_]+;'=1\+1;;;abc$/),
  ]);
  expect(statSync(join(folder, "left.csv")).mode & 0o777).toBe(0o600);
});

test("a sum that differs from the expected takes nothing; the expected one is taken", async () => {
  const name = file("sum.csv", "id,points\ns-1,40\ns-2,2\n");
  const wrong = await run("balances", name, "--expect-sum", "43");
  expect(wrong.code).toBe(1);
  expect(wrong.out).toMatch(/^The file comes to 42 points, 43 were expected\.\nNot imported: sum differs/);
  expect((await typeAt(folder, ["loyalty", "balance", "s-1"])).code).toBe(1);
  expect((await run("balances", name, "--expect-sum", "1e")).code).toBe(2);
  expect((await run("balances", name, "--expect-sum", "42")).code).toBe(0);
  expect((await typeAt(folder, ["loyalty", "balance", "s-1"])).out).toMatch(/^s-1: 40 points to spend/);
});

test("an import is listed and taken back once, as a whole; spent points keep it unless that is wished", async () => {
  const name = file("undo.csv", "id,points\nu-7,70\nu-8,80\n");
  const id = /import undo (\S+)/.exec((await run("balances", name)).out)?.[1] ?? "";
  expect((await run("undo")).out).toContain(`${id}  `);
  const spend = ["loyalty", "adjust", "u-7", "-30", "--reason", "spent"];
  expect((await typeAt(folder, spend)).code).toBe(0);
  const kept = await run("undo", id);
  expect([kept.code, kept.out]).toEqual([
    1,
    `Not taken back: 1 customers have spent or held 30 of its points. Take back what is left: import undo ${id} --despite-spent\n`,
  ]);
  expect((await run("undo", id, "--despite-spent")).out).toBe(
    "Taken back: 2 balances, 150 points. 30 points were spent already, 0 had expired.\n",
  );
  expect((await run("undo", id)).out).toBe("Nothing to do: the import was taken back before.\n");
  expect((await typeAt(folder, ["loyalty", "balance", "u-8"])).out).toMatch(/^u-8: 0 points to spend/);
  expect(await run("undo", "nothing")).toMatchObject({
    code: 1,
    out: "There is no import nothing.\n",
  });
});
