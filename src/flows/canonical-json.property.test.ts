// Equal documents have one spelling, different ones have different spellings, and the spelling is still JSON.
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, sha256 } from "./canonical-json.ts";

/** The value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  const turned = Object.entries(value)
    .reverse()
    .map(([key, each]): [string, unknown] => [key, reversed(each)]);
  return Object.fromEntries(turned);
}

test("the order of keys does not matter, the order of lists does", () => {
  expect(canonicalJson({ b: [2, 1], a: { d: null, c: "x" } })).toBe('{"a":{"c":"x","d":null},"b":[2,1]}');
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(reversed(value)) === canonicalJson(value)));
});

test("it reads back as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(reversed(JSON.parse(canonicalJson(value))))).toBe(
        JSON.stringify(reversed(JSON.parse(canonicalJson(reversed(value))))),
      );
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("a plain JSON.stringify would tell equal documents apart", () => {
  expect(JSON.stringify({ b: 1, a: 2 })).not.toBe(JSON.stringify({ a: 2, b: 1 }));
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
