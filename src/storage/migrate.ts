// Brings a database to the program's schema: forward only, one migration a transaction, safe when two instances start at once.
import { type Database, EngineRefused, type Tx } from "./database.ts";
import { refuseHalfMoved } from "./database-move.ts";
import { migrations as all, columnTypes, type Migration } from "./migrations/index.ts";

/** What a migration run did or would do. */
export interface MigrationReport {
  readonly from: number;
  readonly to: number;
  readonly applied: readonly {
    readonly number: number;
    readonly name: string;
    readonly statements: readonly string[];
  }[];
}

/** Any fixed number: instances that start together queue on it. */
const ADVISORY_LOCK = 7_240_811;

/**
 * Applies what is pending; throws EngineRefused (exit 78) when the database is newer than the program, or holds half of a
 * move. Only a move itself says `isMoving`.
 */
export async function migrate(
  database: Database,
  now: number,
  migrations: readonly Migration[] = all,
  isMoving = false,
): Promise<MigrationReport> {
  if (!isMoving) await database.read(refuseHalfMoved);
  const from = await schemaVersion(database);
  refuseNewer(from, migrations);
  const applied: MigrationReport["applied"][number][] = [];
  for (const migration of migrations) {
    if (migration.number <= from) continue;
    const statements = migration.statements(columnTypes(database.engine), database.engine);
    const isOurs = await database.transaction((tx) => apply(tx, migration, statements, now));
    if (isOurs) applied.push({ number: migration.number, name: migration.name, statements });
  }
  return { from, to: await schemaVersion(database), applied };
}

/** What `migrate` would do, without doing it. */
export async function planMigration(
  database: Database,
  migrations: readonly Migration[] = all,
): Promise<MigrationReport> {
  await database.read(refuseHalfMoved);
  const from = await schemaVersion(database);
  refuseNewer(from, migrations);
  const pending = migrations.filter((migration) => migration.number > from);
  return {
    from,
    to: migrations.at(-1)?.number ?? from,
    applied: pending.map(({ number, name, statements }) => ({
      number,
      name,
      statements: statements(columnTypes(database.engine), database.engine),
    })),
  };
}

/** Number of the last migration applied; 0 for an empty database. */
export function schemaVersion(database: Database): Promise<number> {
  return database.read(async (tx) => {
    if (!(await hasVersionTable(tx))) return 0;
    const rows = await tx.rows<{ number: number | null }>("select max(number) as number from schema_version");
    return rows[0]?.number ?? 0;
  });
}

async function hasVersionTable(tx: Tx): Promise<boolean> {
  const rows =
    tx.engine === "sqlite"
      ? await tx.rows("select 1 from sqlite_master where type = 'table' and name = 'schema_version'")
      : await tx.rows(
          "select 1 from pg_tables where schemaname = current_schema() and tablename = 'schema_version'",
        );
  return rows.length > 0;
}

/** False when another instance has applied it meanwhile. The version row goes first, so only one can. */
async function apply(
  tx: Tx,
  migration: Migration,
  statements: readonly string[],
  now: number,
): Promise<boolean> {
  const { int, text } = columnTypes(tx.engine);
  if (tx.engine === "postgres") {
    await tx.rows(`select pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    await tx.run("set local statement_timeout = 0");
  }
  await tx.run(
    `create table if not exists schema_version (number ${int} primary key, name ${text} not null, applied_at ${int} not null)`,
  );
  const inserted = await tx.run(
    "insert into schema_version (number, name, applied_at) values (?, ?, ?) on conflict (number) do nothing",
    [migration.number, migration.name, now],
  );
  if (inserted === 0) return false;
  for (const statement of statements) await tx.run(statement);
  return true;
}

function refuseNewer(version: number, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.number ?? 0;
  if (version > newest) {
    throw new EngineRefused(
      `the database has schema ${version} and this program knows ${newest}: start the newer program, or restore a backup made before the upgrade`,
    );
  }
}
