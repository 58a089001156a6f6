// The XML of a spreadsheet file (.xlsx), without its packing: the server writes such files and so does the browser.

/**
 * A cell. Text is a string cell whatever it begins with, so that nothing in it is ever computed. `kopecks` are shown as
 * money with two digits, `wallMs` as date and time: the shop's own clock as if it were UTC, ms.
 */
export type SheetCell = string | number | null | { readonly kopecks: number } | { readonly wallMs: number };

/** Longest text of a cell, characters. */
const CELL_LIMIT = 32_767;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SHEET_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** What stands before the rows of a sheet, and behind them. */
export const SHEET_START = `${HEAD}<worksheet xmlns="${SHEET_SPACE}"><sheetData>`;
/** See SHEET_START. */
export const SHEET_END = "</sheetData></worksheet>";

/** Numbers of the formats within STYLES. */
const MONEY = 1;
const MOMENT = 2;

/** Formats 4 and 22 are built in: spreadsheets write them as the reader's system does. */
const STYLES = `${HEAD}<styleSheet xmlns="${SHEET_SPACE}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** Day 0 of spreadsheets, 30 December 1899, as ms of UTC. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

/** A row. */
export function rowXml(cells: readonly SheetCell[]): string {
  let xml = "<row>";
  for (const cell of cells) xml += cellXml(cell);
  return `${xml}</row>`;
}

function cellXml(cell: SheetCell): string {
  if (cell === null) return "<c/>";
  if (typeof cell === "string")
    return `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
  if (typeof cell === "number") return `<c><v>${cell}</v></c>`;
  if ("kopecks" in cell) return `<c s="${MONEY}"><v>${cell.kopecks / 100}</v></c>`;
  return `<c s="${MOMENT}"><v>${(cell.wallMs - DAY_ZERO) / DAY_MS}</v></c>`;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML cannot hold is left out; what spreadsheets would take for an escape of theirs is escaped. */
function xmlText(text: string): string {
  return text
    .slice(0, CELL_LIMIT)
    .replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (sign) => (/[\t\r\n]/.test(sign) ? sign : ""))
    .replaceAll(/_(?=x[0-9a-fA-F]{4}_)/g, "_x005F_")
    .replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] as string);
}

/** The small files around the sheets, by their path. */
export function partsOfBook(sheets: number): [string, string][] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const overrides = numbers.map(
    (number) =>
      `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  const named = numbers.map((number) => `<sheet name="${number}" sheetId="${number}" r:id="rId${number}"/>`);
  const links = numbers.map(
    (number) =>
      `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
  );
  const styled = `<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/>`;
  return [
    [
      "xl/workbook.xml",
      `${HEAD}<workbook xmlns="${SHEET_SPACE}" xmlns:r="${OFFICE}"><sheets>${named.join("")}</sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${links.join("")}${styled}</Relationships>`,
    ],
    ["xl/styles.xml", STYLES],
    [
      "_rels/.rels",
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "[Content_Types].xml",
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${overrides.join("")}</Types>`,
    ],
  ];
}
