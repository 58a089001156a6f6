// Spreadsheet files (.xlsx) that are written while their rows come: nothing is held but the row at hand.
import { Zip, ZipDeflate } from "fflate";
import { partsOfBook, rowXml, SHEET_END, SHEET_START, type SheetCell } from "../core/sheets/index.ts";

/** Rows of one sheet; spreadsheets end at 1 048 576. What is beyond goes on in another sheet. */
const SHEET_ROWS = 1_000_000;

/** Rows handed to the packer at once: between them others have their turn. */
const PIECE = 100;

/** Little is gained by packing harder, and much time is lost. */
const LEVEL = 1;

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
  for (const [name, text] of partsOfBook(sheets)) {
    packer.begin(name, "");
    packer.end(text);
  }
  packer.close();
  yield* packer.ready();
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
