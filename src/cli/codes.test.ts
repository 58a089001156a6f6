// `codes` as a person or a script uses it: batches are made, listed, handed out, taken elsewhere and switched off.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { typeAt } from "../../test/support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-codes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, argv);
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

beforeAll(async () => {
  put(
    "rules.yaml",
    "promotions:\n  - { id: spring, name: Весна, then: [{ percent: 5 }], codes: {} }\n  - { id: auto, name: Сама, then: [{ percent: 1 }] }\n",
  );
  await run("promotions", "apply", "rules.yaml");
});

const generate = (...more: string[]) =>
  run(
    "codes",
    "generate",
    "spring",
    "--count",
    "250",
    "--name",
    "Весна 2027",
    "--pattern",
    "SALE-####-####-###",
    ...more,
  );

test("a batch is made once, listed and handed out as a table that can be imported", async () => {
  expect((await run("codes", "batches")).out).toBe("There are no batches of codes.\n");
  expect((await generate("--until", "2031-03-01")).out).toBe("Made 250 codes: batch Весна 2027.\n");
  expect((await generate("--until", "2031-03-01")).out).toBe(
    "Nothing to do: batch Весна 2027 has its 250 codes.\n",
  );
  expect((await run("codes", "batches")).out).toBe(
    "Весна 2027  spring  250  SALE-####-####-###  1 use  until 2031-02-28T21:00:00.000Z\n",
  );
  const { out } = await run("codes", "export", "Весна 2027");
  const lines = out.trimEnd().split("\n");
  expect(lines[0]).toBe("code,promotion,state,until,uses,customer");
  expect(lines).toHaveLength(251);
  expect(lines[250]).toMatch(/^SALE-\w{4}-\w{4}-\w{3},spring,free,2031-02-28T21:00:00\.000Z,1,$/);
  const written = await run("codes", "export", "Весна 2027", "--out", "codes.csv");
  expect(written.out).toMatch(/^Wrote 250 codes to .*codes\.csv\.\n$/);
  expect(readFileSync(join(folder, "codes.csv"), "utf8").replaceAll("\r\n", "\n")).toBe(out);
  expect(statSync(join(folder, "codes.csv")).mode & 0o777).toBe(0o600);
  expect((await run("codes", "import", "codes.csv")).out).toBe(
    "Nothing to do: 250 codes are known already.\n",
  );
});

test("all of it speaks JSON", async () => {
  const [batch] = JSON.parse((await run("codes", "batches", "--json")).out);
  expect(batch).toMatchObject({ name: "Весна 2027", codes: 250, usesPerCode: 1, disabledAt: null });
  expect(JSON.parse((await generate("--until", "2031-03-01", "--json")).out)).toMatchObject({
    kind: "unchanged",
  });
  const refused = await generate("--json");
  expect([refused.code, JSON.parse(refused.out)]).toEqual([1, { kind: "refused", reason: "name_taken" }]);
  const out = JSON.parse((await run("codes", "export", batch.id, "--out", "again.csv", "--json")).out);
  expect(out).toMatchObject({ batch: { id: batch.id } });
});

test("a batch is switched off and on by its name or id", async () => {
  expect((await run("codes", "disable", "Весна 2027")).out).toBe(
    "Batch Весна 2027 is off: none of its codes works.\n",
  );
  expect((await run("codes", "batches")).out).toMatch(/ off\n$/);
  expect((await run("codes", "disable", "Весна 2027", "--undo")).out).toBe("Batch Весна 2027 is on again.\n");
  expect(JSON.parse((await run("codes", "disable", "Весна 2027", "--json")).out).disabledAt).toEqual(
    expect.any(Number),
  );
  for (const command of ["disable", "export"])
    expect(await run("codes", command, "none")).toMatchObject({ code: 1, error: "there is no batch none\n" });
});

test("what cannot be is told by the option that is wrong", async () => {
  const wish = (...more: string[]) => run("codes", "generate", "spring", "--name", "x", ...more);
  const told = async (...more: string[]) => {
    const { code, error } = await wish(...more);
    return [code, error];
  };
  expect(await told("--count", "5", "--pattern", "SALE-####-####")).toEqual([
    1,
    "No codes were made: --pattern carries 30.5 random bits, at least 40 are needed: 11 random characters (#) would do.\n",
  ]);
  expect(
    await told("--count", "5", "--pattern", "B-####", "--uses", "unlimited", "--alphabet", "0O"),
  ).toEqual([1, "No codes were made: --alphabet has “0” and “O”, which look alike.\n"]);
  expect(await told("--count", "five", "--pattern", "B-####")).toEqual([
    2,
    "--count must be a whole number\n",
  ]);
  expect((await told("--count", "5", "--pattern", "B-####", "--until", "soon"))[0]).toBe(2);
  const none = await run(
    "codes",
    "generate",
    "auto",
    "--name",
    "x",
    "--count",
    "1",
    "--pattern",
    "###########",
  );
  expect(none.error).toMatch(
    /^No codes were made: the promotion names a promotion that applies without a code/,
  );
});

test("a table for one promotion needs no column of it, and many bad rows are summed up", async () => {
  put("plain.csv", "code\nP-1\nP-2\nP-2\n");
  expect((await run("codes", "import", "plain.csv", "--promotion", "spring", "--batch", "plain")).out).toBe(
    "2 added, 0 changed, 0 unchanged, 1 repeated, 0 left out.\n",
  );
  put("bad.csv", `code\n${Array.from({ length: 120 }, (_, index) => `Q-${index}`).join("\n")}\n`);
  const bad = await run("codes", "import", "bad.csv", "--promotion", "nowhere");
  expect(bad.code).toBe(1);
  expect(bad.out).toMatch(/… 120 promotion unknown\n0 added, 0 changed, 0 unchanged, 120 left out\.\n$/);
  expect(await run("codes", "import", "missing.csv")).toMatchObject({ code: 1 });
});
