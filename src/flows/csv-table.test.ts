// Tables as retailers' systems write them: encodings, separators, headings, quotes, and lines that are told right.
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { readTable, TableBroken } from "./csv-table.ts";

const COLUMNS = { id: ["id", "externalUserId"], name: ["name"] } as const;
const read = (bytes: string | Uint8Array) =>
  readTable(typeof bytes === "string" ? Buffer.from(bytes) : bytes, COLUMNS, ["id"]);
const rows = (bytes: string | Uint8Array) => {
  const table = read(bytes);
  if (table.kind === "broken") throw new Error(table.reason);
  return [...table.rows].map(({ line, cells }) => [line, cells.id, cells.name]);
};

describe("a table", () => {
  test.each<[string, string | Uint8Array]>([
    ["with commas", "id,name\n1,Аня\n"],
    ["with semicolons", "id;name\n1;Аня\n"],
    ["with a byte order mark", "\uFEFFid,name\n1,Аня\n"],
    ["in Windows-1251", iconv.encode("id;name\r\n1;Аня\r\n", "win1251")],
    ["with Windows line ends and none at the end", "id,name\r\n1,Аня"],
    ["with quotes and blanks", '"id" , "name"\n "1" ,"Аня"\n'],
    ["with headings in other spellings", "External User-ID,NAME\n1,Аня\n"],
    ["with other columns and another order", "x,name,id,y\n0,Аня,1,2\n"],
    ["with a short row", "id,name,x\n1,Аня\n"],
  ])("%s is read", (_, bytes) => {
    expect(rows(bytes)).toEqual([[2, "1", "Аня"]]);
  });

  test("keeps zeros, tells absent columns and counts lines over blank ones", () => {
    expect(rows("id\n007\n\n , \n8\n")).toEqual([
      [2, "007", ""],
      [5, "8", ""],
    ]);
    const table = read("id,x\n");
    expect(table.kind === "read" && [...table.has]).toEqual(["id"]);
  });

  test.each([
    ["", "empty"],
    ["\n\n", "empty"],
    ["name\nАня\n", "column_missing"],
    ["id,externalUserId\n1,2\n", "column_repeated"],
    ['"id\n1\n', "not_a_table"],
  ])("%j is broken: %s", (text, reason) => {
    expect(read(text)).toEqual({ kind: "broken", reason });
  });

  test("with a quote left open is read up to there", () => {
    const endless = `id,name\n1,а\n2,"${"б\n".repeat(60_000)}`;
    const table = read(endless);
    const seen: string[] = [];
    expect(() => {
      if (table.kind === "read") for (const row of table.rows) seen.push(row.cells.id);
    }).toThrow(TableBroken);
  });

  test("of many pieces keeps its lines, also where quotes hide line breaks", () => {
    const body = Array.from({ length: 60_000 }, (_, index) => `${index},"стро\nка ${index}"`);
    const found = rows(`id,name\n${body.join("\n")}\n`);
    expect(found).toHaveLength(60_000);
    expect(found.at(-1)).toEqual([120_001, "59999", "стро\nка 59999"]);
    expect(found[777]).toEqual([3 + 2 * 777, "777", "стро\nка 777"]);
  });
});
