// `promotions` and `codes` as a person or a script uses them, on a real database in a temporary folder.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { typeAt } from "../../test/support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-promotions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => typeAt(folder, argv);

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const RULES = `promotions:
  - id: pans
    name: Сковороды
    then:
      - percent: 10
  - id: coded
    name: По коду
    codes: {}
    then:
      - amount: 100
`;

test("a file is checked, with every mistake by line, and a good one passes", async () => {
  put("rules.yaml", RULES);
  put("bad.yaml", RULES.replace("percent: 10", "precent: 10").replace("amount: 100", "amount: all"));
  expect(await run("promotions", "validate", "rules.yaml")).toEqual({
    code: 0,
    out: [
      "warning: promotions[1].codes: needs a code, and there is none, neither listed nor in the code table [no_code] — add codes.list or import codes",
      "not analysed: no catalogue",
      "rules.yaml is valid.\n",
    ].join("\n"),
    error: "",
  });
  const bad = await run("promotions", "validate", "bad.yaml");
  expect(bad).toMatchObject({ code: 1, error: "bad.yaml: 2 mistakes\n" });
  expect(bad.out).toMatch(/^line 5: .*did you mean “percent”\?\nline 10: .*"all"/);
  const json = await run("promotions", "validate", "bad.yaml", "--json");
  expect(JSON.parse(json.out)).toMatchObject({
    valid: false,
    problems: [{ line: 5 }, { line: 10 }],
    findings: [],
  });
  expect(json.code).toBe(1);
});

test("what should not be published is found, refused, and published only by its name", async () => {
  const when = "    when:\n      - sum: { atLeast: 500 }\n      - sum: { atMost: 100 }\n";
  put(
    "dead.yaml",
    RULES.replace("    then:\n      - percent: 10\n", `${when}    then:\n      - percent: 10\n`),
  );
  const found = await run("promotions", "validate", "dead.yaml");
  expect(found).toMatchObject({ code: 1, error: "dead.yaml: 1 mistake\n" });
  expect(found.out).toMatch(/^error: promotions\[0\]\.when.*cannot hold together.*\[conditions_contradict\]/);
  expect((await run("promotions", "validate", "dead.yaml", "--ru")).out).toMatch(/условия не могут/);
  const json = JSON.parse((await run("promotions", "validate", "dead.yaml", "--json")).out);
  expect(json).toMatchObject({ valid: false, problems: [], findings: [{ severity: "error" }, {}] });
  expect(await run("promotions", "validate", "dead.yaml", "--lowest-percent", "101")).toMatchObject({
    code: 2,
  });
  const flags = ["--lowest-percent", "50", "--gift-cap", "300"];
  expect((await run("promotions", "validate", "rules.yaml", ...flags)).code).toBe(0);
  const refused = await run("promotions", "apply", "dead.yaml");
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.out).toContain("[conditions_contradict]");
  expect(refused.error).toBe("nothing was changed: 1 mistake; --despite CODE publishes all the same\n");
  expect((await run("promotions", "apply", "dead.yaml", "--despite", "scope_empty")).code).toBe(1);
  const despite = ["--despite", "conditions_contradict"];
  expect((await run("promotions", "apply", "dead.yaml", ...despite, "--dry-run")).out).toContain(
    "Nothing was changed",
  );
  expect((await run("promotions", "history")).out).toBe("Nothing was ever applied.\n");
});

test("a missing file and contradictory arguments are wrong use", async () => {
  expect(await run("promotions", "validate", "none.yaml")).toMatchObject({
    code: 2,
    error: "there is no file none.yaml\n",
  });
  expect((await run("promotions", "apply")).code).toBe(2);
  expect((await run("promotions", "apply", "rules.yaml", "--version", "1")).code).toBe(2);
  expect((await run("promotions", "apply", "--version", "first")).code).toBe(2);
  expect((await run("promotions", "history", "--limit", "0")).code).toBe(2);
});

test("applying shows the difference, does nothing the second time, and goes back", async () => {
  expect((await run("promotions", "history")).out).toBe("Nothing was ever applied.\n");
  expect((await run("promotions", "apply", "rules.yaml", "--dry-run")).out).toBe(
    "+ pans  Сковороды\n+ coded  По коду\nNothing was changed.\n",
  );
  expect((await run("promotions", "apply", "rules.yaml", "--note", "first")).out).toMatch(
    /Applied as version 1/,
  );
  expect((await run("promotions", "apply", "rules.yaml")).out).toBe(
    "Nothing to do: this is version 1 already.\n",
  );
  put("rules2.yaml", RULES.replace("percent: 10", "percent: 15"));
  const changed = await run("promotions", "apply", "rules2.yaml");
  expect(changed.out).toMatch(/~ pans {2}Сковороды\n {4}then\[0\]\.percent: 10 → 15\nApplied as version 2/);
  expect(JSON.parse((await run("promotions", "apply", "--version", "1", "--json")).out)).toMatchObject({
    kind: "applied",
    version: 3,
  });
  const history = JSON.parse((await run("promotions", "history", "--json")).out);
  expect(history).toMatchObject([
    { version: 3, note: "back to version 1" },
    { version: 2 },
    { note: "first" },
  ]);
  expect(await run("promotions", "apply", "--version", "77")).toMatchObject({ code: 1 });
  expect((await run("promotions", "apply", "bad.yaml")).error).toBe("nothing was changed: 2 mistakes\n");
});

test("what is exported is what was applied, to the letter of its order", async () => {
  const exported = await run("promotions", "export");
  expect(exported.out).toMatch(/^promotions:\n {2}- id: pans\n {4}name: Сковороды\n/);
  expect((await run("promotions", "export", "out.json")).out).toBe("Written to out.json.\n");
  expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8")).promotions).toHaveLength(2);
  for (const file of ["out.json", "out.yaml"]) {
    await run("promotions", "export", file);
    expect((await run("promotions", "apply", file)).out).toMatch(/^Nothing to do/);
  }
  expect(await run("promotions", "export", "no/such/folder.yaml")).toMatchObject({ code: 1 });
});

test("the history tells what was published despite the gate", async () => {
  const despite = ["--despite", "conditions_contradict, below_floor", "--note", "for a test"];
  expect((await run("promotions", "apply", "dead.yaml", ...despite)).code).toBe(0);
  const [latest] = JSON.parse((await run("promotions", "history", "--json")).out);
  expect(latest.note).toBe("for a test; despite conditions_contradict");
  expect((await run("promotions", "rollback")).code).toBe(0);
});

test("the programme has its own file", async () => {
  put("programme.yaml", "id: points\nname: Баллы\nearn: { percent: 5 }\nspend: { percentOfLine: 30 }\n");
  expect(await run("promotions", "export", "--programme")).toMatchObject({
    code: 1,
    error: "there is no programme\n",
  });
  expect((await run("promotions", "validate", "programme.yaml", "--programme")).code).toBe(0);
  expect((await run("promotions", "validate", "programme.yaml")).code).toBe(1);
  expect((await run("promotions", "apply", "programme.yaml", "--programme")).out).toMatch(
    /~ programme.*\nApplied/,
  );
  expect((await run("promotions", "export", "--programme")).out).toMatch(/^id: points\n/);
});

test("going back takes promotions and programme of a version, and leaves codes and history alone", async () => {
  const exported = async (...more: string[]) => (await run("promotions", "export", ...more)).out;
  const [promotions, programme] = [await exported(), await exported("--programme")];
  put("rules.yaml", "promotions: []\n");
  put("programme.yaml", programme.replace("percent: 5", "percent: 9"));
  await run("promotions", "apply", "rules.yaml");
  await run("promotions", "apply", "programme.yaml", "--programme");
  const [newest] = JSON.parse((await run("promotions", "history", "--json")).out) as { version: number }[];
  const wanted = String((newest?.version ?? 0) - 2);
  const planned = await run("promotions", "rollback", wanted, "--dry-run");
  expect(planned.out).toMatch(/programme\.earn\.percent: 9 → 5\nNothing was changed\.\n$/);
  const back = await run("promotions", "rollback", wanted);
  expect(back.out).toMatch(/Applied as version \d+.*\n.*codes of the code table stay as they are\.\n$/);
  expect([await exported(), await exported("--programme")]).toEqual([promotions, programme]);
  expect((await run("promotions", "rollback")).code).toBe(0);
  expect(await exported("--programme")).toContain("percent: 9");
  expect((await run("promotions", "apply", "--version", wanted)).code).toBe(0);
  expect([await exported(), await exported("--programme")]).toEqual([promotions, programme]);
  expect(await run("promotions", "rollback", "999")).toMatchObject({ code: 1 });
  expect(await run("promotions", "rollback", "first")).toMatchObject({ code: 2 });
});

test("schemas are printed as JSON", async () => {
  expect(JSON.parse((await run("promotions", "schema")).out)).toMatchObject({ title: "set of promotions" });
  expect(JSON.parse((await run("promotions", "schema", "--programme", "--json")).out)).toHaveProperty(
    "properties.earn",
  );
});

test("codes are taken from a table, and bad rows are told", async () => {
  put("codes.csv", "code,promotion\nA-1,coded\nA-2,pans\n");
  const result = await run("codes", "import", "codes.csv");
  expect(result).toMatchObject({ code: 1 });
  expect(result.out).toMatch(
    /^line 3: promotion “pans” applies without a code.*\n1 added, 0 changed, 0 unchanged, 1 left out\.\n$/,
  );
  put("codes.csv", "code,promotion\nA-1,coded\n");
  expect(await run("codes", "import", "codes.csv")).toMatchObject({
    code: 0,
    out: "Nothing to do: 1 codes are known already.\n",
  });
  expect(JSON.parse((await run("codes", "import", "codes.csv", "--json")).out)).toMatchObject({
    unchanged: 1,
  });
});

test("a world folder brings its programme, promotions and codes, in this order", async () => {
  mkdirSync(join(folder, "world"));
  put("world/programme.yaml", "id: other\nname: Баллы\nearn: { percent: 1 }\nspend: { percentOfLine: 10 }\n");
  put("world/promotions.yaml", RULES.replace("id: pans", "id: pots"));
  put("world/codes.csv", "code,promotion\nMIR,coded\n");
  const { code, out } = await run("import", "world", "world");
  expect(code).toBe(0);
  expect(out).toMatch(
    /programme\.yaml: version \d+: .*\npromotions\.yaml: version \d+: 1 added, 0 changed, 1 removed/,
  );
  expect(out).toMatch(/codes\.csv: 1 added, 0 changed, 0 unchanged, 0 left out/);
  expect((await run("import", "world", "world")).out).toMatch(/promotions\.yaml: nothing to do/);
  put("world/promotions.yaml", RULES.replace("percent: 10", "procent: 10"));
  put("world/codes.csv", "code,promotion\nMIR,nowhere\n");
  const bad = await run("import", "world", "world");
  expect(bad.code).toBe(1);
  expect(bad.out).toMatch(/line 5: .*“percent”[\s\S]*promotions\.yaml: not applied: unreadable/);
  expect(bad.out).toMatch(/line 2: there is no promotion “nowhere”\ncodes\.csv: .*1 left out/);
});
