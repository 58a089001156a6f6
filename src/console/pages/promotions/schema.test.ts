// The form follows the schema: every place has a field, a name in both languages, and a part of the editor.
import { describe, expect, test } from "vitest";
import { mistakesOf, promotionSetSchema } from "../../../contract/index.ts";
import { enWords } from "../../words/en/all.ts";
import { ruWords } from "../../words/ru/all.ts";
import { blankOf } from "./blank.ts";
import { sidesOf } from "./difference.tsx";
import { EDITOR_PARTS } from "./editor-parts.ts";
import { allPlaces, kindOf, PROMOTION, pathOf, placesOf, resolved, stepsOf, wayOf } from "./schema.ts";
import { CONDITION_STARTS, EFFECT_STARTS } from "./starts.ts";

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

describe.each([
  ["ru", ruWords],
  ["en", enWords],
] as const)("in %s", (_language, words) => {
  const fields: Texts = words.promotionFields;
  const options: Texts = words.promotionOptions;

  test("every field of the schema has a name", () => {
    const places = allPlaces();
    expect(places.length).toBeGreaterThan(80);
    const missing = places.filter(({ container, name }) => fields[container]?.[name] === undefined);
    expect(missing.map(({ container, name }) => `${container}.${name}`)).toEqual([]);
  });

  test("no name is left of a field that is gone", () => {
    const known = new Set(allPlaces().map(({ container, name }) => `${container}.${name}`));
    const named = Object.entries(fields).flatMap(([container, own]) =>
      Object.keys(own).map((name) => `${container}.${name}`),
    );
    const helped = Object.entries(words.promotionHelp as Texts).flatMap(([container, own]) =>
      Object.keys(own).map((name) => `${container}.${name}`),
    );
    expect([...named, ...helped].filter((one) => !known.has(one))).toEqual([]);
  });

  test("every value to choose from has a name", () => {
    const missing = allPlaces().flatMap(({ name, schema }) => {
      const it = resolved(schema);
      const values = it.enum ?? it.items?.enum ?? [];
      return values
        .filter((value) => options[name]?.[value] === undefined)
        .map((value) => `${name}.${value}`);
    });
    expect(missing).toEqual([]);
  });
});

test("the form knows a field for every place of the schema", () => {
  for (const { schema } of allPlaces()) expect(() => kindOf(schema)).not.toThrow();
  expect(() => kindOf({ type: "null" })).toThrow("no field");
});

test("every field of a promotion stands in exactly one part of the editor", () => {
  const own = placesOf(PROMOTION, "promotion").map(({ name }) => name);
  expect(EDITOR_PARTS.flatMap(({ fields }) => fields).sort()).toEqual([...own].sort());
});

test("every condition and effect has a beginning, and it is wrong only where something must be filled in", () => {
  const keysOf = (container: string): string[] =>
    allPlaces()
      .filter((place) => place.container === container)
      .map(({ name }) => name);
  expect(Object.keys(CONDITION_STARTS).sort()).toEqual(keysOf("condition").sort());
  const beside = ["per"];
  expect(Object.keys(EFFECT_STARTS).sort()).toEqual(
    keysOf("effect")
      .filter((name) => !beside.includes(name))
      .sort(),
  );
  const mistakes = (promotion: object): string[] =>
    mistakesOf(promotionSetSchema, {
      promotions: [{ id: "a", name: "A", then: [{ percent: 1 }], ...promotion }],
    })
      .map(({ message }) => message)
      .filter((message) => !/must not be empty|needs at least/.test(message));
  for (const [key, value] of Object.entries(CONDITION_STARTS))
    expect(mistakes({ when: [{ [key]: value }] }), key).toEqual([]);
  for (const [key, value] of Object.entries(EFFECT_STARTS))
    expect(mistakes({ then: [{ [key]: value }] }), key).toEqual([]);
});

test("the blank of a list's entry has what the schema needs of it", () => {
  const showcase = allPlaces().find(({ name }) => name === "showcase");
  expect(blankOf(resolved(showcase?.schema ?? {}).items ?? {})).toEqual({
    code: "",
    title: { ru: "" },
    description: { ru: "" },
  });
});

test("a path leads to its place, written as code or as a pointer", () => {
  expect(pathOf(stepsOf("promotions[2].then[0].percent"))).toBe("then[0].percent");
  expect(pathOf(stepsOf("/body/promotions/3/when/1/sum"))).toBe("when[1].sum");
  expect(wayOf(stepsOf("when[1].sum.atLeast"))).toEqual([
    { container: "promotion", name: "when", entry: 1 },
    { container: "condition", name: "sum", entry: null },
    { container: "sum", name: "atLeast", entry: null },
  ]);
  expect(wayOf(stepsOf("scope.not.categories"))).toEqual([
    { container: "promotion", name: "scope", entry: null },
    { container: "goods", name: "not", entry: null },
    { container: "goods", name: "categories", entry: null },
  ]);
});

test("a difference shows both sides of a field, and only one of what came or went", () => {
  expect(
    sidesOf([
      { path: "then[0].percent", before: "10", after: "15" },
      { path: "status", before: null, after: '"paused"' },
    ]),
  ).toEqual([{ "then[0].percent": "10" }, { "then[0].percent": "15", status: "paused" }]);
});
