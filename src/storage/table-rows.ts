// Rows of any table as lists of texts: read in pages from SQLite, written and read back in pages on PostgreSQL.
import type { Tx, Value } from "./database.ts";
import type { ColumnShape, TableShape } from "./table-shapes.ts";

/** One row: each value as text, bytes as hexadecimal digits, null as null. Equal rows are equal texts on both engines. */
export type RowTexts = readonly (string | null)[];

/** A page of rows with the place after its last row; null: there are no more. */
export interface RowPage {
  readonly rows: readonly RowTexts[];
  readonly next: readonly Value[] | null;
}

/** A value that the other engine cannot hold; the message names the place, never the value. */
export class ValueUnmovable extends Error {
  override readonly name = "ValueUnmovable";
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** SQLite: up to `limit` rows of the table after `place`, in the order of its keys; `key` as `rowKey` gives it. */
export async function readPage(
  tx: Tx,
  shape: TableShape,
  key: readonly string[] | null,
  place: readonly Value[] | null,
  limit: number,
): Promise<RowPage> {
  const names = (key ?? ["_rowid_"]).map((name) => (key === null ? name : quoted(name)));
  const columns = shape.columns.map((column, index) => `${sourceValue(column)} as c${index}`);
  const keys = names.map((name, index) => `${name} as k${index}`);
  const after = place === null ? "" : `where (${names.join(", ")}) > (${names.map(() => "?").join(", ")})`;
  const found = await tx.rows<Record<string, Value>>(
    `select ${[...keys, ...columns].join(", ")} from ${quoted(shape.name)} ${after}
      order by ${names.join(", ")} limit ?`,
    [...(place ?? []), limit],
  );
  const last = found.at(-1);
  return {
    rows: found.map((row) =>
      shape.columns.map((column, index) => textOf(shape, column, row[`c${index}`] ?? null)),
    ),
    next: last === undefined ? null : names.map((_, index) => last[`k${index}`] ?? null),
  };
}

/** Whole numbers are made text by the engine, which keeps all their digits. */
function sourceValue({ name, kind }: ColumnShape): string {
  return kind === "whole" ? `cast(${quoted(name)} as text)` : quoted(name);
}

function textOf(shape: TableShape, { name, kind }: ColumnShape, value: Value): string | null {
  if (value === null) return null;
  const where = `${shape.name}.${name}`;
  if (kind === "bytes") {
    if (value instanceof Uint8Array)
      return Buffer.from(value.buffer, value.byteOffset, value.length).toString("hex");
    throw new ValueUnmovable(`${where} holds a value that is not bytes`);
  }
  if (value instanceof Uint8Array) throw new ValueUnmovable(`${where} holds bytes where text belongs`);
  const text = String(value);
  if (kind === "whole" && !/^-?\d{1,19}$/.test(text))
    throw new ValueUnmovable(`${where} holds a value that is not a whole number`);
  if (text.includes("\0")) throw new ValueUnmovable(`${where} holds a text with a zero character`);
  return text;
}

/** PostgreSQL: adds the rows in one statement, with the values of identities as they come. */
export async function writePage(tx: Tx, shape: TableShape, rows: readonly RowTexts[]): Promise<number> {
  const columns = shape.columns;
  const sql = `insert into ${quoted(shape.name)} (${columns.map(({ name }) => quoted(name)).join(", ")})
    overriding system value
    select ${columns.map(targetValue).join(", ")}
    from json_to_recordset(?::json) as page(${columns.map((_, index) => `c${index} text`).join(", ")})`;
  return tx.run(sql, [
    JSON.stringify(rows.map((row) => Object.fromEntries(row.map((value, index) => [`c${index}`, value])))),
  ]);
}

function targetValue({ kind, type }: ColumnShape, index: number): string {
  return kind === "bytes" ? `decode(c${index}, 'hex')` : `c${index}::${type}`;
}

/** PostgreSQL: calls `each` with every row of the table, in no order, a page of `limit` at a time. */
export async function walkRows(
  tx: Tx,
  shape: TableShape,
  limit: number,
  each: (rows: readonly RowTexts[]) => void,
): Promise<void> {
  const values = shape.columns.map((column, index) => `${readBack(column)} as c${index}`);
  await tx.run(`declare page no scroll cursor for select ${values.join(", ")} from ${quoted(shape.name)}`);
  for (;;) {
    const found = await tx.rows<Record<string, string | number | null>>(`fetch ${limit} from page`);
    if (found.length === 0) break;
    each(
      found.map((row) =>
        shape.columns.map((_, index) => {
          const value = row[`c${index}`] ?? null;
          return value === null ? null : String(value);
        }),
      ),
    );
  }
  await tx.run("close page");
}

/** Real numbers come as numbers: the two engines spell them differently, and JavaScript spells both alike. */
function readBack({ name, kind, type }: ColumnShape): string {
  const column = quoted(name);
  if (kind === "bytes") return `encode(${column}, 'hex')`;
  if (kind === "real") return column;
  return type === "boolean" ? `${column}::int::text` : `${column}::text`;
}
