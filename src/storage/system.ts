// What the database can tell of itself: its steps of schema, and the room it takes.
import type { Tx } from "./database.ts";

/** A migration that was applied, at an instant in ms. */
export interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly appliedAt: number;
}

/** All that were applied, in order. */
export function appliedMigrations(tx: Tx): Promise<AppliedMigration[]> {
  return tx.rows<AppliedMigration>(
    'select number, name, applied_at as "appliedAt" from schema_version order by number',
  );
}

/** Bytes of the database as the engine counts them. */
export async function databaseBytes(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ bytes: number }>(
    tx.engine === "sqlite"
      ? "select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()"
      : "select pg_database_size(current_database()) as bytes",
  );
  return row?.bytes ?? 0;
}
