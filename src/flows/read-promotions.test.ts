// Files of promotions are read with every mistake told by line, and what is applied comes out of the export as it went in.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { forEachEngine } from "../../test/support/engines.ts";
import { houseOver } from "../../test/support/house.ts";
import type { PromotionDocument, PromotionSet } from "../core/pricing/index.ts";
import { canonicalJson } from "./canonical-json.ts";
import { exportPromotions, importProgramme, importPromotions } from "./import-rules.ts";
import { problemLine, readProgramme, readPromotions } from "./read-promotions.ts";
import { RuleShelf } from "./rule-shelf.ts";

const ZONE = "Europe/Moscow";
const example = (path: string) => readFileSync(join(import.meta.dirname, "../../examples", path), "utf8");

test("the examples are read without a complaint", () => {
  for (const world of ["irp-samples-world", "demo-world"]) {
    expect(told(example(`${world}/promotions.yaml`))).toEqual([]);
    expect(readProgramme(example(`${world}/programme.yaml`))).toMatchObject({ kind: "read" });
  }
});

const told = (text: string): string[] => {
  const read = readPromotions(text, ZONE);
  return read.kind === "read" ? [] : read.problems.map(problemLine);
};

test("a mistake of shape and a mistake of meaning are told alike", () => {
  expect(told("promotions:\n  - id: a\n    name: А\n    then:\n      - precent: 10\n")).toEqual([
    "line 5: promotions[0].then[0].precent is not known here — did you mean “percent”?",
  ]);
  const [first] = told("promotions:\n  - id: a\n    name: А\n    then:\n      - amount: 0.001\n");
  expect(first).toMatch(/^line 5: promotions\[0\]\.then\[0\]\.amount must be an amount of roubles/);
});

test("a text that is no document says so once", () => {
  expect(told("promotions: [\n")).toHaveLength(1);
  expect(told("")).toEqual(["the document must be a set of promotions, not empty"]);
});

/** Promotions of every shape that a text could lose: numbers as texts, odd words, empty lists, other scripts. */
const words = fc.constantFrom(
  "true",
  "no",
  "01",
  "1e3",
  "~",
  "null",
  "2026-11-21",
  "12:30",
  "- a",
  "# b",
  " c ",
  "Ёж «7»",
  "a: b",
  "\u2028",
);
const amount = fc.oneof(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom("0.10", "99,9", 0.01, 1249.9));
const document = fc.record(
  {
    id: fc.oneof(words, fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" })),
    name: fc.oneof(words, fc.record({ ru: words, en: words }, { requiredKeys: ["ru"] })),
    priority: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    scope: fc.record(
      {
        offers: fc.array(words, { minLength: 1 }),
        params: fc.dictionary(words, fc.array(words, { minLength: 1 })),
      },
      { requiredKeys: [] },
    ),
    when: fc.array(
      fc.oneof(
        fc.record({ sum: fc.record({ atLeast: amount }) }),
        fc.record({ outlets: fc.array(words, { minLength: 1 }) }),
      ),
    ),
    then: fc.array(
      fc.oneof(fc.record({ percent: fc.integer({ min: 0, max: 100 }) }), fc.record({ message: words })),
      { minLength: 1, maxLength: 2 },
    ),
    texts: fc.record({ description: words }),
  },
  { requiredKeys: ["id", "name", "then"] },
) as fc.Arbitrary<PromotionDocument>;
const sets: fc.Arbitrary<PromotionSet> = fc.record(
  {
    promotions: fc.uniqueArray(document, { maxLength: 5, selector: ({ id }) => id }),
    objective: fc.constantFrom("shopperSaving", "leastCost", "priority"),
    lowestUnitPrice: amount,
  },
  { requiredKeys: ["promotions"] },
);

forEachEngine("export", (engine) => {
  test("gives back what was applied, through YAML and through JSON", async () => {
    const house = houseOver(engine.database);
    const shelf = new RuleShelf(house, ZONE);
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(sets, fc.boolean(), async (set, isYaml) => {
        const text = isYaml ? stringify(set) : JSON.stringify(set);
        const result = await importPromotions(house, shelf, text, { note: "" });
        fc.pre(result.kind !== "refused");
        applied += 1;
        const exported = await exportPromotions(shelf);
        expect(canonicalJson(exported)).toBe(canonicalJson(set));
        expect(parse(stringify(exported))).toEqual(JSON.parse(canonicalJson(set)));
        const again = await importPromotions(house, shelf, stringify(exported), { note: "" });
        expect(again.kind).toBe("unchanged");
      }),
      { numRuns: 25 },
    );
    expect(applied).toBeGreaterThan(15);
  });

  test("a programme comes into force beside the promotions, and a bad file changes nothing", async () => {
    const house = houseOver(engine.database);
    const shelf = new RuleShelf(house, ZONE);
    const before = await exportPromotions(shelf);
    const text = example("demo-world/programme.yaml");
    expect(await importProgramme(house, shelf, text, { note: "" })).toMatchObject({ kind: "applied" });
    expect((await shelf.current()).programme).toMatchObject({ id: "neighbours", earnBps: 300 });
    expect(await exportPromotions(shelf)).toEqual(before);
    for (const bad of [
      "{",
      "id: x",
      `${text}pointValue: 0`,
      text.replace("pointValue: 1", "pointValue: 0"),
    ]) {
      expect(await importProgramme(house, shelf, bad, { note: "" })).toMatchObject({ reason: "unreadable" });
    }
    expect(await importPromotions(house, shelf, "promotions: 1", { note: "" })).toMatchObject({
      reason: "unreadable",
    });
  });
});
