// The watch that the fuzzed calls are run under sees a statement that was made of what a caller said, on either engine.
import { expect, test } from "vitest";
import { forEachEngine } from "../support/engines.ts";
import { watchStatements } from "../support/statement-watch.ts";

const SAID = "'; drop table offer; --";

const watch = watchStatements("drop table offer");

forEachEngine("statements", (engine) => {
  test("that bind what was said are clean", async () => {
    const before = watch.count();
    const tainted = watch.tainted.length;
    await engine.database.read((tx) => tx.rows("select id from offer where name = ?", [SAID]));
    await engine.database.read((tx) =>
      tx.kysely.selectFrom("offer").select("id").where("id", "=", SAID).execute(),
    );
    expect(watch.count()).toBeGreaterThan(before);
    expect(watch.tainted.length).toBe(tainted);
  });

  test("mutant: one that is made of it is caught", async () => {
    const careless = (name: string) =>
      engine.database.read((tx) => tx.rows(`select id from offer where name = '${name}'`));
    const tainted = watch.tainted.length;
    await careless(SAID).catch(() => undefined);
    expect(watch.tainted.length).toBeGreaterThan(tainted);
  });
});
