// What tables look like, as the database itself tells it: whoever copies data needs no list that could go out of date.
import type { Tx } from "./database.ts";

/** How the values of a column travel: everything as text, but bytes as hexadecimal digits. */
export type ColumnKind = "whole" | "text" | "bytes" | "real" | "other";

/** A column that holds data of its own. */
export interface ColumnShape {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The engine's own name of the type. */
  readonly type: string;
}

/** A table with its columns. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  /** The column whose values PostgreSQL makes by itself; null where there is none. */
  readonly identity: string | null;
}

/** Tables that describe the database itself: never copied. */
const OWN = new Set(["schema_version", "database_move"]);

/** The shapes of all tables that hold data, by name; columns by name too, and without those computed from others. */
export async function tableShapes(tx: Tx): Promise<TableShape[]> {
  const rows = await tx.rows<{ table: string; name: string; type: string; identity: number }>(
    tx.engine === "sqlite" ? SQLITE_COLUMNS : POSTGRES_COLUMNS,
  );
  const shapes = new Map<string, { name: string; columns: ColumnShape[]; identity: string | null }>();
  for (const { table, name, type, identity } of rows) {
    if (OWN.has(table)) continue;
    const shape = shapes.get(table) ?? { name: table, columns: [], identity: null };
    shapes.set(table, shape);
    shape.columns.push({ name, type, kind: KINDS[type] ?? "other" });
    if (identity === 1) shape.identity = name;
  }
  return [...shapes.values()]
    .sort(byName)
    .map((shape) => ({ ...shape, columns: shape.columns.sort(byName) }));
}

const byName = (left: { name: string }, right: { name: string }): number => (left.name < right.name ? -1 : 1);

/** Without search indexes, which SQLite keeps as tables: they are made of other tables. */
const SQLITE_COLUMNS = `select m.name as "table", c.name, lower(c.type) as type, 0 as identity
  from sqlite_master m join pragma_table_xinfo(m.name) c
  where m.type = 'table' and m.name not like 'sqlite_%' and c.hidden = 0
    and m.name in (select name from pragma_table_list where type = 'table')`;

const POSTGRES_COLUMNS = `select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    (a.attidentity <> '')::int as identity
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
    and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''`;

const KINDS: Readonly<Record<string, ColumnKind>> = {
  integer: "whole",
  bigint: "whole",
  smallint: "whole",
  boolean: "whole",
  text: "text",
  blob: "bytes",
  bytea: "bytes",
  real: "real",
  "double precision": "real",
};

/** SQLite: columns that name a row of `table`, in the order of their index; null for a table that counts its rows by itself. */
export async function rowKey(tx: Tx, table: string): Promise<readonly string[] | null> {
  const [kept] = await tx.rows<{ wr: number }>("select wr from pragma_table_list where name = ?", [table]);
  if (kept?.wr !== 1) return null;
  const rows = await tx.rows<{ name: string }>(
    "select name from pragma_table_info(?) where pk > 0 order by pk",
    [table],
  );
  return rows.map(({ name }) => name);
}
