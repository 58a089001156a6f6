// A move of all data into an empty PostgreSQL database: what is noted there while it lasts, so that it survives a crash.
import { EngineRefused, type Tx, type Value } from "./database.ts";
import { tableNames } from "./maintenance.ts";
import type { TableShape } from "./table-shapes.ts";

/** What the target of a move is at the moment. */
export type MoveTarget =
  | { readonly kind: "empty" }
  | { readonly kind: "occupied" }
  | { readonly kind: "begun"; readonly source: string; readonly stage: MoveStage };

/** How far a move has come. */
export type MoveStage = "begun" | "copying" | "copied";

/** How far the copy of one table has come. */
export interface MovePlace {
  /** Place after the last row that was copied; null: none was. */
  readonly place: readonly Value[] | null;
  readonly rows: number;
  readonly isDone: boolean;
}

const TABLE = "database_move";
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** What is in the database. */
export async function moveTarget(tx: Tx): Promise<MoveTarget> {
  const names = await tableNames(tx);
  if (names.length === 0) return { kind: "empty" };
  if (!names.includes(TABLE)) return { kind: "occupied" };
  const source = await noted(tx, "source");
  const stage = (await noted(tx, "stage")) as MoveStage | null;
  return { kind: "begun", source: source ?? "", stage: stage ?? "begun" };
}

/** Throws EngineRefused for a database that holds half of a move: it must not be served from, nor migrated by itself. */
export async function refuseHalfMoved(tx: Tx): Promise<void> {
  if (tx.engine !== "postgres" || !(await tableNames(tx)).includes(TABLE)) return;
  throw new EngineRefused(
    "this database holds a move that is not finished: run `prilavok db move` again to finish it",
  );
}

/** Begins a move from the source of that mark; the note is the first thing in the database. */
export async function beginMove(tx: Tx, source: string): Promise<void> {
  await tx.run(`create table ${TABLE} (name text primary key, value text not null)`);
  await note(tx, "source", source);
  await note(tx, "stage", "begun");
}

/** Throws away everything that a move has brought: only for a database whose `moveTarget` is "begun". */
export async function discardMove(tx: Tx): Promise<void> {
  await tx.run("set local statement_timeout = 0");
  const names = (await tableNames(tx)).map(quoted);
  await tx.run(`drop table ${names.join(", ")} cascade`);
  // Functions of triggers, which the next making of the tables makes again.
  const functions = await tx.rows<{ name: string }>(
    `select p.oid::regprocedure::text as name from pg_proc p
      where p.pronamespace = current_schema()::regnamespace
        and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  );
  for (const { name } of functions) await tx.run(`drop function ${name} cascade`);
}

/** Empties the tables of what their making put in, and takes away what stands in the way of copying rows as they are. */
export async function openTables(tx: Tx, shapes: readonly TableShape[]): Promise<void> {
  await tx.run("set local statement_timeout = 0");
  // Own triggers refuse changes, or write what is copied anyway; references are checked as a whole at the end.
  for (const { name } of shapes) await tx.run(`alter table ${quoted(name)} disable trigger user`);
  const references = await tx.rows<Reference>(
    `select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace order by 1, 2`,
  );
  for (const { table, name } of references)
    await tx.run(`alter table ${table} drop constraint ${quoted(name)}`);
  await note(tx, "references", JSON.stringify(references));
  await tx.run(`truncate ${shapes.map(({ name }) => quoted(name)).join(", ")}`);
  await note(tx, "stage", "copying");
}

interface Reference {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Puts back what `openTables` took away, checks every reference, and lets identities go on after `highest` of each table. */
export async function closeTables(
  tx: Tx,
  shapes: readonly TableShape[],
  highest: ReadonlyMap<string, number>,
): Promise<void> {
  await tx.run("set local statement_timeout = 0");
  const references = JSON.parse((await noted(tx, "references")) ?? "[]") as Reference[];
  for (const { table, name, definition } of references)
    await tx.run(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
  for (const { name, identity } of shapes) {
    await tx.run(`alter table ${quoted(name)} enable trigger user`);
    if (identity === null) continue;
    await tx.rows(
      `select setval(pg_get_serial_sequence(?, ?), highest) from
        (select greatest(max(${quoted(identity)}), ?) as highest from ${quoted(name)}) as known where highest > 0`,
      [quoted(name), identity, highest.get(name) ?? 0],
    );
  }
  for (const { name } of shapes) await tx.run(`analyze ${quoted(name)}`);
  await note(tx, "stage", "copied");
}

/** Ends the move: from now on the database is like any other. */
export async function endMove(tx: Tx): Promise<void> {
  await tx.run(`drop table ${TABLE}`);
}

/** How far the copy of `table` has come. */
export async function movePlace(tx: Tx, table: string): Promise<MovePlace> {
  const text = await noted(tx, `table.${table}`);
  return text === null ? { place: null, rows: 0, isDone: false } : (JSON.parse(text) as MovePlace);
}

/** Notes it, in the transaction that wrote the rows. */
export async function noteMovePlace(tx: Tx, table: string, place: MovePlace): Promise<void> {
  await note(tx, `table.${table}`, JSON.stringify(place));
}

/** SQLite: the highest number that each counting table has given out, also to rows that are gone. */
export async function highestNumbers(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const [counts] = await tx.rows("select 1 from sqlite_master where name = 'sqlite_sequence'");
  if (counts === undefined) return new Map();
  const rows = await tx.rows<{ name: string; seq: number }>("select name, seq from sqlite_sequence");
  return new Map(rows.map(({ name, seq }) => [name, seq]));
}

/** The sum of all entries of the ledger of points, which is 0; null where there is no ledger. */
export async function ledgerSum(tx: Tx): Promise<number | null> {
  if (!(await tableNames(tx)).includes("points_entry")) return null;
  const [row] = await tx.rows<{ sum: number | null }>("select sum(amount) as sum from points_entry");
  return row?.sum ?? 0;
}

async function noted(tx: Tx, name: string): Promise<string | null> {
  const [row] = await tx.rows<{ value: string }>(`select value from ${TABLE} where name = ?`, [name]);
  return row?.value ?? null;
}

async function note(tx: Tx, name: string, value: string): Promise<void> {
  await tx.run(
    `insert into ${TABLE} (name, value) values (?, ?) on conflict (name) do update set value = excluded.value`,
    [name, value],
  );
}
