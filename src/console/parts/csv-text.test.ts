// A file from the console computes nothing in a spreadsheet and loses nothing on the way.
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvText } from "./csv-text.ts";

test("formulas stand behind an apostrophe, quotes and separators inside quotes", () => {
  expect(csvText([["a", '=1+2;"x"']])).toBe('\ufeffa;"\'=1+2;""x"""\r\n');
});

test("another reader reads the same cells, and none begins a formula", () => {
  const cell = fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "|", "\t", "a", ";", '"', "\n", "я") });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const read = parse(csvText([["x", "y"], ...rows]), {
        bom: true,
        delimiter: ";",
        record_delimiter: "\r\n",
        skip_empty_lines: false,
      }) as string[][];
      expect(read.slice(1).map((row) => row.map((text) => text.replace(/^'/, "")))).toEqual(rows);
      for (const text of read.flat()) expect(text).not.toMatch(/^[=+\-@|\t]/);
    }),
  );
});
