// A deliberately broken server on SQLite: it opens no transactions, so that every statement is kept by itself.
import Sqlite from "better-sqlite3";

const TRANSACTIONAL = new Set([
  "begin immediate",
  "savepoint one",
  "release one",
  "rollback to one",
  "commit",
  "rollback",
]);
const prepare = Sqlite.prototype.prepare as (this: Sqlite.Database, text: string) => Sqlite.Statement;

Sqlite.prototype.prepare = function apart(this: Sqlite.Database, text: string): Sqlite.Statement {
  const isDropped = TRANSACTIONAL.has(text) && !this.readonly;
  const statement = prepare.call(this, text);
  if (isDropped) statement.run = () => ({ changes: 0, lastInsertRowid: 0 });
  return statement;
} as typeof Sqlite.prototype.prepare;

await import("../../../src/main.ts");
