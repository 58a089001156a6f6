// Small duties around the data itself: may it be written, and how much is in it.
import type { Tx } from "./database.ts";

/** Room that must be there for writing to count as working, bytes: more than one call writes. */
const PROBE_BYTES = 256 * 1024;

/** Writes a row of some size that nobody reads, to learn whether writing works. */
export async function probeWrite(tx: Tx): Promise<void> {
  await tx.run(
    "insert into setting (name, value) values ('house.probe', ?) on conflict (name) do update set value = excluded.value",
    ["x".repeat(PROBE_BYTES)],
  );
}

/** Takes the row of `probeWrite` away again. */
export async function endProbe(tx: Tx): Promise<void> {
  await tx.run("delete from setting where name = 'house.probe'");
}

/** Names of all tables, the schema's own among them, in alphabetical order. */
export async function tableNames(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(
    tx.engine === "sqlite"
      ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
      : "select tablename as name from pg_tables where schemaname = current_schema() order by tablename",
  );
  return rows.map(({ name }) => name);
}

/** Rows of every table. */
export async function countRows(tx: Tx): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of await tableNames(tx)) {
    // Names come from the catalogue of the database itself and are ours.
    const [row] = await tx.rows<{ count: number }>(`select count(*) as count from "${name}"`);
    counts[name] = row?.count ?? 0;
  }
  return counts;
}

/** PostgreSQL: moves everything in the current schema to one called `aside`, and leaves an empty one in its place. */
export async function moveTablesAside(tx: Tx, aside: string): Promise<void> {
  const [row] = await tx.rows<{ name: string }>("select current_schema() as name");
  const name = row?.name ?? "public";
  await tx.run(`alter schema "${name}" rename to "${aside}"`);
  await tx.run(`create schema "${name}"`);
}

/** When the newest migration was applied, ms: a time that cannot be in the future. 0 for an empty database. */
export async function newestMigration(tx: Tx): Promise<number> {
  const rows = await tx.rows<{ newest: number | null }>(
    "select max(applied_at) as newest from schema_version",
  );
  return rows[0]?.newest ?? 0;
}
