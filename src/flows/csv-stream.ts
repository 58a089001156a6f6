// Tables of any length, read from a file piece by piece: what is in memory at once does not grow with the file.
import { TextDecoder } from "node:util";
import {
  layoutOf,
  linesIn,
  rowsOfPiece,
  type Table,
  TableBroken,
  type TableLayout,
  type TableRow,
} from "./csv-table.ts";

/** A file that can be read more than once, from its beginning. */
export interface TableFile {
  open(): AsyncIterable<Uint8Array>;
}

/** A table, or why it cannot be read. `rows` throws TableBroken where it stops being one. */
export type StreamedTable<Column extends string> =
  | {
      readonly kind: "read";
      readonly has: ReadonlySet<Column>;
      /** Rows of one piece at a time. */
      readonly rows: AsyncIterable<readonly TableRow<Column>[]>;
      /** Reads it all for nothing but its form: how many rows it has; throws as `rows` does. */
      countRows(): Promise<number>;
    }
  | Extract<Table<Column>, { kind: "broken" }>;

/** Bytes handed on at once, and so how long a piece keeps others of the process waiting: some milliseconds. */
const PIECE = 64 * 1024;

/** Characters without the end of a row, beyond which a quote was left open. */
const LONGEST_PIECE = 1_000_000;

/** The whole text as a file. */
export function textFile(text: string): TableFile {
  const bytes = Buffer.from(text);
  return {
    open: async function* () {
      for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
    },
  };
}

/** Reads a table as `readTable` does, in UTF-8 when the whole file is valid as that, else in Windows-1251. */
export async function streamTable<Column extends string>(
  file: TableFile,
  columns: Readonly<Record<Column, readonly string[]>>,
  needed: readonly NoInfer<Column>[],
): Promise<StreamedTable<Column>> {
  const encoding = (await isUtf8File(file)) ? "utf-8" : "windows-1251";
  let heading = "";
  for await (const piece of textPieces(file, encoding)) {
    const end = piece.indexOf("\n");
    heading = end === -1 ? piece : piece.slice(0, end);
    break;
  }
  const layout = layoutOf(heading, columns, needed);
  if (layout.kind === "broken") return layout;
  const laid: TableLayout<Column> = layout;
  async function* rows(shape: TableLayout<Column>): AsyncGenerator<readonly TableRow<Column>[]> {
    let line = 1;
    for await (const piece of textPieces(file, encoding)) {
      const isFirst = line === 1;
      yield [...rowsOfPiece(isFirst ? piece.slice(heading.length + 1) : piece, isFirst ? 2 : line, shape)];
      line += linesIn(piece);
    }
  }
  const noCells = {} as Record<Column, string>;
  return {
    kind: "read",
    has: laid.has,
    rows: { [Symbol.asyncIterator]: () => rows(laid) },
    countRows: async () => {
      let count = 0;
      for await (const piece of rows({ ...laid, cellsOf: () => noCells })) count += piece.length;
      return count;
    },
  };
}

async function isUtf8File(file: TableFile): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const bytes of file.open()) decoder.decode(bytes, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    return false;
  }
}

const QUOTE = 34;
const LINE_BREAK = 10;

/** The text in pieces that end behind a line break outside quotes; the last one ends with the file. */
async function* textPieces(file: TableFile, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let waiting = "";
  let isQuoted = false;
  let line = 1;
  for await (const bytes of file.open()) {
    const text = decoder.decode(bytes, { stream: true });
    let cut = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charCodeAt(at);
      if (character === QUOTE) isQuoted = !isQuoted;
      else if (character === LINE_BREAK && !isQuoted) cut = at + 1;
    }
    if (cut > 0) {
      const piece = waiting + text.slice(0, cut);
      yield piece;
      line += linesIn(piece);
      waiting = "";
    }
    waiting += text.slice(cut);
    if (waiting.length > LONGEST_PIECE) throw new TableBroken(line);
  }
  waiting += decoder.decode();
  if (waiting !== "") yield waiting;
}
