// Migrations: forward only, once, even when two instances start together.
import { expect, test } from "vitest";
import {
  EngineRefused,
  migrate,
  openDatabase,
  planMigration,
  schemaVersion,
} from "../../src/storage/index.ts";
import { migrations } from "../../src/storage/migrations/index.ts";
import { forEachEngine } from "../support/engines.ts";

forEachEngine(
  "migrations",
  (engine) => {
    test("plan first, and change nothing by planning", async () => {
      const plan = await planMigration(engine.database);
      expect(plan.applied.length).toBe(migrations.length);
      expect(await schemaVersion(engine.database)).toBe(0);
    });

    test("apply once, though two instances start at once", async () => {
      const second = engine.name === "postgres" ? await openDatabase({ url: engine.url }) : engine.database;
      const reports = await Promise.all([migrate(engine.database, 1), migrate(second, 2)]);
      expect(reports[0].applied.length + reports[1].applied.length).toBe(migrations.length);
      expect(await schemaVersion(engine.database)).toBe(migrations.at(-1)?.number);
      if (second !== engine.database) await second.close();
    });

    test("refuse a database that is newer than the program", async () => {
      await engine.database.transaction((tx) =>
        tx.run("insert into schema_version (number, name, applied_at) values (9999, 'future', 0)"),
      );
      await expect(migrate(engine.database, 3)).rejects.toThrow(EngineRefused);
    });
  },
  { isMigrated: false },
);
