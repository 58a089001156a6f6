// A deliberately broken server on SQLite: a commit that fails is taken for one that has not.
import Sqlite from "better-sqlite3";

const prepare = Sqlite.prototype.prepare as (this: Sqlite.Database, text: string) => Sqlite.Statement;

Sqlite.prototype.prepare = function shrugging(this: Sqlite.Database, text: string): Sqlite.Statement {
  const statement = prepare.call(this, text);
  if (text !== "commit" || this.readonly) return statement;
  const run = statement.run.bind(statement);
  statement.run = () => {
    try {
      return run();
    } catch {
      process.stdout.write("shrugged\n");
      if (this.inTransaction) this.exec("rollback");
      return { changes: 0, lastInsertRowid: 0 };
    }
  };
  return statement;
} as typeof Sqlite.prototype.prepare;

await import("../../../src/main.ts");
