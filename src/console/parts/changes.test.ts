// Differences of two documents, against a slow model that lists every leaf.
import fc from "fast-check";
import { expect, test } from "vitest";
import { changesOf } from "./changes.ts";

test.each([
  [{ a: 1 }, { a: 1 }, []],
  [{ a: 1 }, { a: 2 }, [{ path: "a", before: 1, after: 2 }]],
  [{ a: 1 }, {}, [{ path: "a", before: 1, after: undefined }]],
  [{}, { a: null }, [{ path: "a", before: undefined, after: null }]],
  [
    { a: { b: [1, 2] } },
    { a: { b: [1, 3, 4] } },
    [
      { path: "a.b[1]", before: 2, after: 3 },
      { path: "a.b[2]", before: undefined, after: 4 },
    ],
  ],
  [{ a: [1] }, { a: { 0: 1 } }, [{ path: "a", before: [1], after: { 0: 1 } }]],
  [null, "x", [{ path: "", before: null, after: "x" }]],
])("%j and %j differ by %j", (before, after, expected) => {
  expect(changesOf(before, after)).toEqual(expected);
});

test("two documents have no differences exactly when they are the same JSON", () => {
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, v]) => [k, sorted(v)]),
          )
        : value;
  fc.assert(
    fc.property(json, json, (left, right) => {
      const isSame = JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
      expect(changesOf(left, right).length === 0).toBe(isSame);
      expect(changesOf(left, structuredClone(left))).toEqual([]);
    }),
  );
});
