// Cells of spreadsheets: text stays text, money and moments are numbers with a format.
import { expect, test } from "vitest";
import { partsOfBook, rowXml } from "./index.ts";

test("a text is never a formula, nor markup", () => {
  expect(rowXml(["=1+1", '<b a="1">&</b>', "_x0041_", "a\u0000\ufffeb"])).toBe(
    [
      "<row>",
      '<c t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>',
      '<c t="inlineStr"><is><t xml:space="preserve">&lt;b a=&quot;1&quot;&gt;&amp;&lt;/b&gt;</t></is></c>',
      '<c t="inlineStr"><is><t xml:space="preserve">_x005F_x0041_</t></is></c>',
      '<c t="inlineStr"><is><t xml:space="preserve">ab</t></is></c>',
      "</row>",
    ].join(""),
  );
});

test("numbers, money and moments are numbers", () => {
  const at = Date.UTC(2026, 10, 22, 12);
  expect(rowXml([-0.5, null, { kopecks: -12_345 }, { kopecks: 5 }, { wallMs: at }])).toBe(
    '<row><c><v>-0.5</v></c><c/><c s="1"><v>-123.45</v></c><c s="1"><v>0.05</v></c><c s="2"><v>46348.5</v></c></row>',
  );
});

test("a book names each of its sheets and its formats", () => {
  const parts = new Map(partsOfBook(2));
  expect([...parts.keys()]).toContain("xl/styles.xml");
  expect(parts.get("xl/workbook.xml")?.match(/<sheet /g)).toHaveLength(2);
  expect(parts.get("xl/_rels/workbook.xml.rels")).toContain('Id="rId3"');
});
