// Tables from retailers' systems: UTF-8 or Windows-1251, commas, semicolons or tabs, columns found by their headings.
import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { CsvError, parse } from "csv-parse/sync";

/** Longest row, characters: beyond it a quote was left open. */
const LONGEST_ROW = 100_000;

/** Characters parsed at a time, so that a large file needs little room beside its text. */
const PIECE = 1_000_000;

/** One row; `cells` by the names that the caller gave its columns, trimmed, "" where empty or the column is absent. */
export interface TableRow<Column extends string> {
  /** From 1, the heading's included. */
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

/** A table, or why it cannot be read. */
export type Table<Column extends string> =
  | { readonly kind: "read"; readonly has: ReadonlySet<Column>; readonly rows: Iterable<TableRow<Column>> }
  | {
      readonly kind: "broken";
      readonly reason: "empty" | "column_missing" | "column_repeated" | "not_a_table";
    };

/** Thrown while rows are gone through: from `line` on nothing can be read. */
export class TableBroken extends Error {
  override readonly name = "TableBroken";
  readonly line: number;

  constructor(line: number) {
    super("an open quote or an endless row");
    this.line = line;
  }
}

/**
 * Reads a table with a heading. `columns` gives each column its accepted headings (letter case, blanks, hyphens and
 * underscores do not count; other columns are passed over); one of `needed` must be there.
 */
export function readTable<Column extends string>(
  bytes: Uint8Array,
  columns: Readonly<Record<Column, readonly string[]>>,
  needed: readonly NoInfer<Column>[],
): Table<Column> {
  const text = decode(bytes);
  const end = text.indexOf("\n");
  const laid = layoutOf(end === -1 ? text : text.slice(0, end), columns, needed);
  if (laid.kind === "broken") return laid;
  return { kind: "read", has: laid.has, rows: rowsOf(end === -1 ? "" : text.slice(end + 1), laid) };
}

/** What a heading says: the separator and the places of the columns. */
export interface TableLayout<Column extends string> {
  readonly kind: "laid";
  readonly delimiter: string;
  readonly has: ReadonlySet<Column>;
  cellsOf(record: readonly string[]): Record<Column, string>;
}

/** Reads a heading; commas, semicolons or tabs, whichever it has most of. */
export function layoutOf<Column extends string>(
  heading: string,
  columns: Readonly<Record<Column, readonly string[]>>,
  needed: readonly NoInfer<Column>[],
): TableLayout<Column> | Extract<Table<Column>, { kind: "broken" }> {
  if (heading.trim() === "") return { kind: "broken", reason: "empty" };
  const delimiter = delimiterOf(heading);
  let titles: string[];
  try {
    titles = (parse(heading, { delimiter, trim: true })[0] ?? []).map(folded);
  } catch {
    return { kind: "broken", reason: "not_a_table" };
  }
  const places = new Map<Column, number>();
  for (const name of Object.keys(columns) as Column[]) {
    const at = titles.flatMap((title, index) => (columns[name].map(folded).includes(title) ? [index] : []));
    if (at.length > 1) return { kind: "broken", reason: "column_repeated" };
    if (at[0] !== undefined) places.set(name, at[0]);
  }
  if (!needed.some((name) => places.has(name))) return { kind: "broken", reason: "column_missing" };
  const names = Object.keys(columns) as Column[];
  const cellsOf = (record: readonly string[]): Record<Column, string> => {
    const cells = {} as Record<Column, string>;
    for (const name of names) cells[name] = record[places.get(name) ?? record.length] ?? "";
    return cells;
  };
  return { kind: "laid", delimiter, has: new Set(places.keys()), cellsOf };
}

function delimiterOf(heading: string): string {
  const counts = [",", ";", "\t"].map((sign) => [sign, heading.split(sign).length] as const);
  return counts.reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

function* rowsOf<Column extends string>(
  text: string,
  layout: TableLayout<Column>,
): Generator<TableRow<Column>> {
  let line = 2;
  for (const piece of pieces(text)) {
    yield* rowsOfPiece(piece, line, layout);
    line += linesIn(piece);
  }
}

/** Rows of a piece that begins at `line` of its file and ends where a row ends; throws TableBroken. */
export function* rowsOfPiece<Column extends string>(
  piece: string,
  line: number,
  { delimiter, cellsOf }: TableLayout<Column>,
): Generator<TableRow<Column>> {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(piece, {
      delimiter,
      trim: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
    }) as unknown as typeof records;
  } catch (error) {
    throw error instanceof CsvError ? new TableBroken(line + Number(error["lines"] ?? 1) - 1) : error;
  }
  for (const { record, info } of records) {
    // The parser counts to a row's last line; that is where it stands.
    if (record.some((cell) => cell !== "")) yield { line: line + info.lines - 1, cells: cellsOf(record) };
  }
}

/** Pieces that end where a row ends: after a line break outside quotes. */
function* pieces(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    let end = start + PIECE;
    if (end >= text.length) {
      yield text.slice(start);
      return;
    }
    let quotes = countOf(text, '"', start, end);
    for (;;) {
      const next = text.indexOf("\n", end);
      if (next === -1) {
        end = text.length;
        break;
      }
      quotes += countOf(text, '"', end, next);
      end = next + 1;
      if (quotes % 2 === 0) break;
    }
    yield text.slice(start, end);
    start = end;
  }
}

function countOf(text: string, character: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf(character, from); at !== -1 && at < to; at = text.indexOf(character, at + 1))
    count += 1;
  return count;
}

/** Line breaks of `text`. */
export function linesIn(text: string): number {
  return countOf(text, "\n", 0, text.length);
}

/** Text of a file: UTF-8 when it is valid as that, else Windows-1251; a byte order mark is dropped. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder(isUtf8(bytes) ? "utf-8" : "windows-1251").decode(bytes);
}

function folded(title: string): string {
  return title.toLowerCase().replace(/[\s_-]/g, "");
}
