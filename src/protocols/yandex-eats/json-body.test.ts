// Bytes to JSON: limits, digits, keys and encodings.
import { describe, expect, test } from "vitest";
import { MOST_DEPTH, own, readJson } from "./json-body.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parsed = (text: string) => {
  const body = readJson(bytes(text));
  if (body.kind !== "parsed") throw new Error(body.problem.description);
  return body;
};

test.each(["", "  \r\n", "\uFEFF", "{", "NaN", "feedback=1", '{"a":1,}', "{'a':1}"])(
  "%j is not a body",
  (text) => {
    expect(readJson(bytes(text))).toMatchObject({ kind: "malformed", problem: { code: 101 } });
  },
);

test("a byte-order mark is stripped once", () => {
  expect(parsed('\uFEFF{"a":1}').value).toEqual({ a: 1 });
  expect(readJson(bytes("\uFEFF\uFEFF{}")).kind).toBe("malformed");
});

test("nesting is read down to the limit and no deeper", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
  expect(readJson(bytes(nested(MOST_DEPTH))).kind).toBe("parsed");
  expect(readJson(bytes(nested(MOST_DEPTH + 1))).kind).toBe("malformed");
  expect(readJson(bytes('{"a":'.repeat(500_000))).kind).toBe("malformed");
  // Brackets in strings are no nesting, also behind escaped quotes.
  expect(parsed(JSON.stringify({ a: `"${"[{".repeat(100)}\\"` })).kind).toBe("parsed");
});

test("the last of two equal keys counts, and __proto__ is a key like any other", () => {
  const { value } = parsed('{"a":1,"a":2,"__proto__":{"b":3}}');
  expect(own(value as object, "a")).toBe(2);
  expect(own(value as object, "b")).toBeUndefined();
  expect(own(value as object, "toString")).toBeUndefined();
  expect(({} as Record<string, unknown>)["b"]).toBeUndefined();
});

describe("digits beyond 2^53", () => {
  test.each([
    ['{"feedback":{"id":12345678901234567890}}', "12345678901234567890"],
    ['{"feedback":{"id":1,"id":12345678901234567891}}', "12345678901234567891"],
    ['{"feedback":{"id":1},"feedback":{"id":99999999999999999999}}', "99999999999999999999"],
    ['{"id":7,"other":{"id":8},"feedback":{"x":{"id":9},"id":1e400}}', "1e400"],
    ['{"feedback":{"id":"text"}}', null],
    ['{"feedback":[1]}', null],
    ['{"feedback":1}', null],
  ])("of %s are %s", (text, expected) => {
    expect(parsed(text).numberText(["feedback", "id"])).toBe(expected);
  });
});

test("bytes that are not UTF-8 are told from a replacement character that was sent", () => {
  expect(parsed('{"a":"\uFFFD"}').isUtf8).toBe(true);
  const broken = readJson(Buffer.concat([bytes('{"a":"'), Buffer.from([0xcf, 0xf0]), bytes('"}')]));
  expect(broken).toMatchObject({ kind: "parsed", isUtf8: false });
});
