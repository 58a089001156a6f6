// Values made from JSON Schemas for fuzzing: some that fit, some that nearly fit, some that are plainly wrong.
import fc from "fast-check";
import type { JsonObject } from "../../src/contract/index.ts";

/** Texts that break careless programs. */
export const NASTY_TEXTS = [
  "",
  " ",
  "\u0000",
  "\ud83d",
  "%00",
  "__proto__",
  "constructor",
  "'; drop table offer; --",
  "..",
  "💥".repeat(100),
  "x".repeat(300),
  "x".repeat(5000),
  "NaN",
  "-1",
  "1e999",
  "null",
];

const nasty = fc.oneof(
  fc.constantFrom(...NASTY_TEXTS),
  fc.constantFrom(null, true, -1, 0, 1.5, 2 ** 53, 1e308, [], {}, [[]], { a: { b: {} } }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Values that fit `schema` most of the time. */
export function fuzzedValue(schema: JsonObject, components: JsonObject, depth = 0): fc.Arbitrary<unknown> {
  const fitting = fittingOf(schema, components, depth);
  return depth === 0
    ? fitting
    : fc.oneof({ weight: 40, arbitrary: fitting }, { weight: 1, arbitrary: nasty });
}

function fittingOf(schema: JsonObject, components: JsonObject, depth: number): fc.Arbitrary<unknown> {
  const { $ref, anyOf, type, examples } = schema;
  // Rules are hard to guess: now and then the document's own example goes out as it is.
  if (Array.isArray(examples)) {
    const { examples: _shown, ...rest } = schema;
    return fc.oneof(fc.constantFrom(...examples), fittingOf(rest, components, depth));
  }
  if (typeof $ref === "string") {
    const name = $ref.slice($ref.lastIndexOf("/") + 1);
    return fuzzedValue((components[name] ?? {}) as JsonObject, components, depth + 1);
  }
  if (schema["const"] !== undefined) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...schema["enum"]);
  if (Array.isArray(anyOf)) {
    const choices = depth > 6 ? anyOf.slice(0, 1) : anyOf;
    return fc.oneof(...choices.map((choice) => fuzzedValue(choice as JsonObject, components, depth + 1)));
  }
  if (type === "object") return objectOf(schema, components, depth);
  if (type === "array") {
    const least = Number(schema["minItems"] ?? 0);
    const items = fuzzedValue((schema["items"] ?? {}) as JsonObject, components, depth + 1);
    return fc.array(items, { minLength: least, maxLength: depth > 5 ? least : least + 2 });
  }
  return scalarOf(schema);
}

function objectOf(schema: JsonObject, components: JsonObject, depth: number): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema["properties"] ?? {}) as JsonObject);
  const required = new Set((schema["required"] ?? []) as string[]);
  const shown = depth > 5 ? properties.filter(([name]) => required.has(name)) : properties;
  const shape = Object.fromEntries(
    shown.map(([name, inner]) => [name, fuzzedValue(inner as JsonObject, components, depth + 1)]),
  );
  const record = fc.record(shape, {
    requiredKeys: shown.map(([name]) => name).filter((name) => required.has(name)),
  });
  // One in twenty lacks something or has something too much.
  return fc.oneof(
    { weight: 20, arbitrary: record },
    { weight: 1, arbitrary: fc.record(shape, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.tuple(record, nasty).map(([value, more]) => ({ ...value, surprise: more })) },
  );
}

function scalarOf(schema: JsonObject): fc.Arbitrary<unknown> {
  const { type } = schema;
  const low = Number(schema["minimum"] ?? -1000);
  const high = Number(schema["maximum"] ?? low + 100_000);
  if (type === "integer")
    return fc.integer({ min: Math.max(low, -(2 ** 31)), max: Math.min(high, 2 ** 31 - 1) });
  if (type === "number") return fc.double({ min: low, max: high, noNaN: true });
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  if (type !== "string") return nasty;
  if (schema["format"] === "date-time")
    return fc.constantFrom("2026-11-21T12:00:00.000Z", "2026-11-21T15:00:00+03:00", "yesterday");
  const minLength = Number(schema["minLength"] ?? 0);
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.string({ minLength, maxLength: Math.min(Number(schema["maxLength"] ?? 30), 30) }),
    },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength, maxLength: 20 }) },
    { weight: 1, arbitrary: fc.constantFrom("100", "12.50", "2026-11-21", "app", "12:00") },
  );
}
