// A file from the console computes nothing in a spreadsheet and loses nothing on the way.
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLines } from "./csv-text.ts";

test("formulas stand behind an apostrophe, quotes and separators inside quotes", () => {
  expect(csvLines([["a", '=1+2;"x"']], ";")).toBe('a;"\'=1+2;""x"""\r\n');
});

test("another reader reads the same cells, and none begins a formula", () => {
  const cell = fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "|", "\t", "a", ";", '"', "\n", "я") });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const read = parse(csvLines([["x", "y"], ...rows], ";"), {
        delimiter: ";",
        record_delimiter: "\r\n",
        skip_empty_lines: false,
      }) as string[][];
      expect(read.slice(1).map((row) => row.map((text) => text.replace(/^'/, "")))).toEqual(rows);
      for (const text of read.flat()) expect(text).not.toMatch(/^[=+\-@|\t]/);
    }),
  );
});
