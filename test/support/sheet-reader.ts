// Reads a spreadsheet file (.xlsx) with nothing of what writes it: the zip by its own directory, the sheet by an XML parser.
import { inflateRawSync } from "node:zlib";
import { SaxesParser } from "saxes";

/** A cell as read: its kind and number of format as they stand in the file, and its text. */
export interface ReadCell {
  /** "inlineStr" for text, "" for a number. */
  readonly type: string;
  readonly style: string;
  readonly text: string;
}

/** The files of a zip by their path. */
export function unzip(bytes: Uint8Array): ReadonlyMap<string, string> {
  const buffer = Buffer.from(bytes);
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, string>();
  let at = buffer.readUInt32LE(end + 16);
  for (let left = buffer.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [buffer.readUInt16LE(at + 10), buffer.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => buffer.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const path = buffer.toString("utf8", at + 46, at + 46 + name);
    const local = buffer.readUInt32LE(at + 42);
    const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
    const packed = buffer.subarray(start, start + size);
    files.set(path, (method === 0 ? packed : inflateRawSync(packed)).toString("utf8"));
    at += 46 + name + extra + comment;
  }
  return files;
}

/** Rows of the first sheet. Throws where a part is no XML, or a cell holds a formula. */
export function readSheet(bytes: Uint8Array): ReadCell[][] {
  const files = unzip(bytes);
  for (const text of files.values()) new SaxesParser().write(text).close();
  const rows: ReadCell[][] = [];
  let cell: { type: string; style: string; text: string } | null = null;
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "f") throw new Error("there is a formula");
    if (name === "row") rows.push([]);
    if (name !== "c") return;
    const { t = "", s = "" } = attributes as Record<string, string>;
    cell = { type: t, style: s, text: "" };
    rows.at(-1)?.push(cell);
  });
  parser.on("text", (text) => {
    if (cell !== null) cell.text += text;
  });
  parser.on("closetag", ({ name }) => {
    if (name !== "c" || cell === null) return;
    // An escape of spreadsheets' own, beside those of XML.
    cell.text = cell.text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
    cell = null;
  });
  parser.write(files.get("xl/worksheets/sheet1.xml") ?? "").close();
  return rows;
}
