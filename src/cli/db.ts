// `db migrate|status|move`: the schema of the database, and the way from one engine to the other.
import type { Command } from "commander";
import { migrate, openDatabase, planMigration, schemaVersion } from "../storage/index.ts";
import type { CliContext } from "./context.ts";
import { registerMove } from "./db-move.ts";
import { databaseUrl } from "./installation.ts";

/** Adds the command. */
export function registerDb(program: Command, context: CliContext): void {
  const db = program.command("db").description("the database");
  db.command("migrate")
    .description("bring the schema up to date")
    .option("--dry-run", "print the SQL and change nothing")
    .action(async (options: { dryRun?: boolean; json?: boolean }) => {
      const database = await openDatabase({ url: databaseUrl(context.config(), context.folder) });
      try {
        const report = options.dryRun ? await planMigration(database) : await migrate(database, Date.now());
        if (options.json) return context.print(JSON.stringify(report));
        if (report.applied.length === 0)
          return context.print(`Nothing to do: the schema is at ${report.to}.`);
        for (const step of report.applied) {
          context.print(`-- ${step.number} ${step.name}`);
          if (options.dryRun) for (const statement of step.statements) context.print(`${statement.trim()};`);
        }
        context.print(
          options.dryRun ? "-- nothing was changed" : `The schema went from ${report.from} to ${report.to}.`,
        );
      } finally {
        await database.close();
      }
    });
  registerMove(db, context);
  db.command("status")
    .description("engine, settings and schema")
    .action(async (options: { json?: boolean }) => {
      const { database } = await context.installation();
      const status = { engine: database.engine, schema: await schemaVersion(database), ...database.traits };
      if (options.json) context.print(JSON.stringify(status));
      else for (const [name, value] of Object.entries(status)) context.print(`${name}: ${value}`);
    });
}
