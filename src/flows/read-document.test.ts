// YAML and JSON are read, and every place in them is found again by its path.
import { expect, test } from "vitest";
import { readDocument } from "./read-document.ts";

const TEXT = `promotions:
  - id: first
    scope:
      params:
        "Цвет глаз": [синий]
  - id: second
    then:
      - percent: 10
`;

test("a path leads to its line, and a missing one to its nearest ancestor", () => {
  const read = readDocument(TEXT);
  if (read.kind !== "read") throw new Error("unexpected");
  const lines = {
    "": 1,
    promotions: 1,
    "promotions[0].id": 2,
    'promotions[0].scope.params["Цвет глаз"][0]': 5,
    "promotions[1]": 6,
    "promotions[1].then[0].percent": 8,
    "promotions[1].name": 6,
    "promotions[7].name": 1,
  };
  for (const [path, line] of Object.entries(lines))
    expect(`${path} ${read.lineOf(path)}`).toBe(`${path} ${line}`);
});

test("JSON is read as it is, a byte order mark is forgiven", () => {
  expect(readDocument('\uFEFF{"a": [1, "2", null]}')).toMatchObject({
    kind: "read",
    value: { a: [1, "2", null] },
  });
});

test("what is no document says in which line it stops being one", () => {
  expect(readDocument("a: 1\nb: [1,\nc: 2")).toMatchObject({ kind: "broken" });
  expect(readDocument("a: 1\na: 2")).toMatchObject({ kind: "broken", line: 2 });
});

test("a small file does not grow into a huge value", () => {
  const rows = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [from, to] of ["ab", "bc", "cd", "de", "ef"]) {
    rows.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(", ")}]`);
  }
  expect(readDocument(rows.join("\n"))).toMatchObject({
    kind: "broken",
    message: expect.stringMatching(/alias/),
  });
});

test("keys that mean something to JavaScript are only keys", () => {
  const read = readDocument('{"__proto__": {"isAdmin": true}, "constructor": 1}');
  if (read.kind !== "read") throw new Error("unexpected");
  expect(Object.keys(read.value as object)).toEqual(["__proto__", "constructor"]);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});
