// The table of codes: its shape, and that nothing in it is calculated.
import { expect, test } from "vitest";
import { csvOf } from "../../parts/shown-table.ts";
import { type CodeRow, codesTable } from "./codes-table.ts";

const codesCsv = (rows: readonly CodeRow[]): string => csvOf(codesTable("b", rows), "ru").slice(1);

const row = {
  code: "SALE-1",
  promotionId: "spring",
  state: "free",
  validUntil: null,
  usesPerCode: 1,
  customerId: null,
};

test("a table has its head, and empty cells where nothing is said", () => {
  expect(codesCsv([row])).toBe("code,promotion,state,until,uses,customer\r\nSALE-1,spring,free,,1,\r\n");
});

test("no cell is taken for a formula, and commas and quotes stay in their cell", () => {
  const csv = codesCsv([{ ...row, code: '=1+1,"x"', promotionId: "@sum", customerId: "-5*2" }]);
  expect(csv.split("\r\n")[1]).toBe(`"'=1+1,""x""",'@sum,free,,1,'-5*2`);
});
