// Tables of feedback: what a spreadsheet would compute is only shown, any filter gives the rows of the list, nothing is lost on the way.

import { parse } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { deskTable, readDeskFilter } from "../../src/flows/index.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const FORMULAS = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx", "\rx", "|x"];

/** Rows of a spreadsheet's sheet, read by hand. */
function sheetRows(bytes: Uint8Array, sheet = 1): (string | null)[][] {
  const xml = strFromU8(unzipSync(bytes)[`xl/worksheets/sheet${sheet}.xml`] as Uint8Array);
  const plain = (text: string) =>
    text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return [...xml.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) =>
    [
      ...(row as string).matchAll(
        /<c\/>|<c><v>(.*?)<\/v><\/c>|<c t="inlineStr"><is><t[^>]*>(.*?)<\/t><\/is><\/c>/gs,
      ),
    ].map(([, number, text]) => (number === undefined ? (text === undefined ? null : plain(text)) : number)),
  );
}

forEachEngine("tables of feedback", (engine) => {
  let house: ReturnType<typeof houseOver>;
  beforeAll(async () => {
    house = houseOver(engine.database);
    for (const [index, text] of FORMULAS.entries())
      await marketplaceSays(house, {
        orderId: `=o-${index}`,
        rating: 1,
        comment: `${text}`,
        dishes: ['<"Суп"; & =дня>'],
      });
    for (let index = 0; index < 1100; index += 1) await appSays(house, { orderId: `a-${index}`, rating: 5 });
  }, 240_000);

  async function table(
    filter: string,
    format: "csv" | "xlsx",
    language: "ru" | "en" = "ru",
  ): Promise<Buffer> {
    const read = readDeskFilter(house, filter, { me: null, zone: null });
    if (read.kind === "refused") throw new Error("unreadable");
    const pieces: Uint8Array[] = [];
    for await (const piece of deskTable(house, { filter: read.filter, language, zone: "Asia/Omsk" }, format))
      pieces.push(piece);
    return Buffer.concat(pieces);
  }
  const csvRows = (bytes: Buffer): string[][] => parse(bytes, { delimiter: ";", bom: true });

  test("a CSV begins with the mark of UTF-8, has semicolons and a heading in either language", async () => {
    const bytes = await table("rating:1", "csv");
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [heading, ...rows] = csvRows(bytes) as [string[], ...string[][]];
    expect(heading.slice(0, 3)).toEqual(["Запись", "Источник", "Заказ"]);
    expect(rows).toHaveLength(FORMULAS.length);
    expect(csvRows(await table("rating:1", "csv", "en"))[0]?.[7]).toBe("Stars");
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([heading.length]));
    expect(rows[0]?.[11]).toBe('<"Суп"; & =дня>');
    expect(rows[0]?.[12]).toBe("2026-11-04 23:00:00");
  });

  test("no cell of a CSV begins as a formula does", async () => {
    const cells = csvRows(await table("", "csv")).flat();
    expect(cells.filter((cell) => /^[=+\-@\t\r|]/.test(cell))).toEqual([]);
    expect(cells).toContain("'=HYPERLINK(1)");
  });

  test("a spreadsheet holds texts as texts, word for word, and no formula", async () => {
    const bytes = await table("rating:1", "xlsx");
    const files = unzipSync(bytes);
    expect(
      Object.values(files)
        .map((file) => strFromU8(file))
        .join(""),
    ).not.toContain("<f>");
    const [heading, ...rows] = sheetRows(bytes) as [string[], ...(string | null)[][]];
    expect(heading[8]).toBe("Комментарий");
    expect(rows.map((row) => row[8])).toEqual(FORMULAS.map((text) => text));
    expect(rows[0]?.[11]).toBe('<"Суп"; & =дня>');
    expect(rows[0]?.[7]).toBe("1");
    expect(Object.keys(files).sort()).toEqual([
      "[Content_Types].xml",
      "_rels/.rels",
      "xl/_rels/workbook.xml.rels",
      "xl/styles.xml",
      "xl/workbook.xml",
      "xl/worksheets/sheet1.xml",
    ]);
  });

  test("tables longer than a page lose and double nothing, and say the same in both formats", async () => {
    const csv = csvRows(await table("source:app", "csv"))
      .slice(1)
      .map((row) => row[0]);
    expect(csv).toHaveLength(1100);
    expect(new Set(csv).size).toBe(1100);
    expect(
      sheetRows(await table("source:app", "xlsx"))
        .slice(1)
        .map((row) => row[0]),
    ).toEqual(csv);
  });

  test("a table without rows is a heading", async () => {
    expect(csvRows(await table("rating:3", "csv"))).toHaveLength(1);
    expect(sheetRows(await table("rating:3", "xlsx"))).toHaveLength(1);
  });
});
