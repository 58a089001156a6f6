// Spreadsheet files (.xlsx) that are written while their rows come: nothing is held but the row at hand.
import { Zip, ZipDeflate } from "fflate";

/** A cell: text is a string cell whatever it begins with, so that nothing in it is ever computed. */
export type SheetCell = string | number | null;

/** Rows of one sheet; spreadsheets end at 1 048 576. What is beyond goes on in another sheet. */
const SHEET_ROWS = 1_000_000;

/** Longest text of a cell, characters. */
const CELL_LIMIT = 32_767;

/** Rows handed to the packer at once: between them others have their turn. */
const PIECE = 100;

/** Little is gained by packing harder, and much time is lost. */
const LEVEL = 1;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SHEET_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The file in pieces. `pages` are rows in their order; the heading stands over each sheet. */
export async function* xlsxFile(
  heading: readonly string[],
  pages: AsyncIterable<readonly (readonly SheetCell[])[]>,
): AsyncGenerator<Uint8Array> {
  const packer = new Packer();
  let sheets = 0;
  let rows = SHEET_ROWS;
  for await (const page of pages) {
    for (let at = 0; at < page.length; at += PIECE) {
      const piece = page.slice(at, at + PIECE);
      if (rows + piece.length > SHEET_ROWS) {
        if (sheets > 0) packer.end(SHEET_END);
        sheets += 1;
        packer.begin(`xl/worksheets/sheet${sheets}.xml`, `${SHEET_START}${rowXml(heading)}`);
        rows = 1;
      }
      packer.write(piece.map(rowXml).join(""));
      rows += piece.length;
      yield* packer.ready();
    }
  }
  if (sheets === 0) {
    sheets = 1;
    packer.begin("xl/worksheets/sheet1.xml", `${SHEET_START}${rowXml(heading)}`);
  }
  packer.end(SHEET_END);
  for (const [name, text] of partsOf(sheets)) {
    packer.begin(name, "");
    packer.end(text);
  }
  packer.close();
  yield* packer.ready();
}

const SHEET_START = `${HEAD}<worksheet xmlns="${SHEET_SPACE}"><sheetData>`;
const SHEET_END = "</sheetData></worksheet>";

function rowXml(cells: readonly SheetCell[]): string {
  let xml = "<row>";
  for (const cell of cells) {
    if (cell === null) xml += "<c/>";
    else if (typeof cell === "number") xml += `<c><v>${cell}</v></c>`;
    else xml += `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
  }
  return `${xml}</row>`;
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

/** The small files around the sheets. */
function partsOf(sheets: number): [string, string][] {
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
  return [
    [
      "xl/workbook.xml",
      `${HEAD}<workbook xmlns="${SHEET_SPACE}" xmlns:r="${OFFICE}"><sheets>${named.join("")}</sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${links.join("")}</Relationships>`,
    ],
    [
      "_rels/.rels",
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "[Content_Types].xml",
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${overrides.join("")}</Types>`,
    ],
  ];
}

/** A zip that is written file after file. */
class Packer {
  readonly #zip: Zip;
  readonly #encoder = new TextEncoder();
  #pieces: Uint8Array[] = [];
  #file: ZipDeflate | null = null;

  constructor() {
    this.#zip = new Zip((error, piece) => {
      if (error !== null) throw error;
      this.#pieces.push(piece);
    });
  }

  begin(name: string, text: string): void {
    this.#file = new ZipDeflate(name, { level: LEVEL });
    this.#zip.add(this.#file);
    if (text !== "") this.write(text);
  }

  write(text: string): void {
    this.#file?.push(this.#encoder.encode(text));
  }

  end(text: string): void {
    this.#file?.push(this.#encoder.encode(text), true);
  }

  close(): void {
    this.#zip.end();
  }

  /** What is packed by now, once. */
  ready(): Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }
}
