// A spreadsheet from the console computes nothing and loses nothing: read back by a reader that shares nothing with the writer.
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSheet } from "../../../test/support/sheet-reader.ts";
import { sheetOf } from "./shown-sheet.ts";
import { csvOf, type ShownTable } from "./shown-table.ts";

const table = (rows: ShownTable["rows"]): ShownTable => ({ name: "t", head: ["a", "b"], rows });

test("hostile texts are texts, whatever they begin with", () => {
  const signs = [
    "=",
    "+",
    "-",
    "@",
    "|",
    "\t",
    "\n",
    "'",
    '"',
    "<",
    "&",
    "]]>",
    "_x0041_",
    "я",
    "🙂",
    "1",
    "DDE",
  ];
  const cell = fc.string({ unit: fc.constantFrom(...signs), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
      const [head, ...read] = readSheet(sheetOf(table(rows), "Europe/Moscow"));
      expect(head?.map(({ text }) => text)).toEqual(["a", "b"]);
      expect(read.map((line) => line.map(({ text }) => text))).toEqual(rows);
      for (const { type } of read.flat()) expect(type).toBe("inlineStr");
    }),
  );
});

test("numbers are numbers, money has its kopecks, and moments are on the shop's clock", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: -1e11, max: 1e11 }), (count, kopecks) => {
      const [, line] = readSheet(sheetOf(table([[count, { kopecks }]]), "UTC"));
      expect(line?.map(({ type }) => type)).toEqual(["", ""]);
      expect(Number(line?.[0]?.text)).toBe(count);
      expect(Math.round(Number(line?.[1]?.text) * 100)).toBe(kopecks);
      expect(line?.[1]?.style).toBe("1");
    }),
  );
  const [, line] = readSheet(sheetOf(table([[{ at: "2026-11-22T21:00:00.000Z" }, null]]), "Europe/Moscow"));
  // The 23rd of November in Moscow, at midnight.
  expect(line).toEqual([
    { type: "", style: "2", text: "46349" },
    { type: "", style: "", text: "" },
  ]);
});

test("what stands above and beneath comes along, and the same table is a CSV file", () => {
  const whole: ShownTable = {
    ...table([["=1+1", { kopecks: -5 }]]),
    about: ["about"],
    beneath: [["under", 0.5]],
  };
  const read = readSheet(sheetOf(whole, "UTC")).map((line) => line.map(({ text }) => text));
  expect(read).toEqual([["about"], ["a", "b"], ["=1+1", "-0.05"], [], ["under", "0.5"]]);
  expect(csvOf(whole, "ru")).toBe("\ufeffabout\r\na;b\r\n'=1+1;-0,05\r\n\r\nunder;0,5\r\n");
  expect(csvOf(table([[{ at: "2026-11-22T21:00:00.000Z" }, null]]), "en")).toContain(
    "2026-11-22T21:00:00.000Z;",
  );
});
