// Two hundred customers, thirty-two writers, readers all the time: sums are 0 at any moment, and no point moves twice.
import { expect, test } from "vitest";
import { DatabaseUnavailable, migrate, openDatabase, type Tx } from "../../src/storage/index.ts";
import { type BankReport, runBank } from "../support/bank.ts";
import { forEachEngine, freshPlace } from "../support/engines.ts";

/** Operations of a run; 100,000 in the long form. On PostgreSQL an operation is a dozen journeys: there the short form is shorter. */
const wanted = process.env["PRILAVOK_TEST_BANK_OPERATIONS"];
const OPERATIONS =
  wanted === undefined
    ? { sqlite: 20_000, postgres: 4000 }
    : { sqlite: Number(wanted), postgres: Number(wanted) };
const SEED = 20_261_122;
const SLOW = { timeout: 120_000 };

forEachEngine("the bank of points", (engine) => {
  /** Every run has a bank of its own. */
  const run = async (operations: number, asked?: (tx: Tx) => Tx): Promise<BankReport> => {
    const place = await freshPlace(engine.name);
    const database = await openDatabase({ url: place.url });
    try {
      await migrate(database, 0);
      const plan = { accounts: 200, writers: 32, readers: 2, operations, seed: SEED };
      return await runBank(database, asked === undefined ? plan : { ...plan, asked });
    } finally {
      await database.close();
      await place.remove();
    }
  };

  const operations = OPERATIONS[engine.name];
  test(`adds up after ${operations} operations of 32 writers`, {
    timeout: 120_000 + operations * 100,
  }, async () => {
    const report = await run(operations);
    expect(report.violations).toEqual([]);
    process.stdout.write(`${engine.name}: ${report.operations} operations, ${report.refused} refused\n`);
    expect(report.operations).toBeGreaterThanOrEqual(operations);
    expect(report.looks).toBeGreaterThan(10);
  });

  test("what a busy database refuses is counted, and has not happened", SLOW, async () => {
    let statements = 0;
    const busy = (tx: Tx): Tx => ({
      ...tx,
      engine: tx.engine,
      rows: (sql, parameters) => {
        statements += 1;
        if (statements % 150 === 0) return Promise.reject(new DatabaseUnavailable("busy"));
        return tx.rows(sql, parameters);
      },
    });
    const report = await run(1000, busy);
    expect(report.violations).toEqual([]);
    expect(report.operations).toBeGreaterThanOrEqual(1000);
    expect(report.refused).toBeGreaterThanOrEqual(Math.floor(statements / 150));
  });

  /** The transaction with one statement written otherwise. */
  const replaced =
    (from: string, to: string) =>
    (tx: Tx): Tx => ({
      ...tx,
      engine: tx.engine,
      rows: (sql, parameters) => tx.rows(sql.replace(from, to), parameters),
      run: (sql, parameters) => tx.run(sql.replace(from, to), parameters),
    });

  // On SQLite there is one writer at a time: no lock can be missing.
  if (engine.name === "postgres")
    test("mutant: lots picked without the lock are seen", SLOW, async () => {
      const unlocked = replaced(
        "update points_account set revision = revision + 1 where customer_id = ? returning customer_id, pending, available, held, revision",
        "select customer_id, pending, available, held, revision from points_account where customer_id = ?",
      );
      expect((await run(1000, unlocked)).violations).not.toEqual([]);
    });

  test("mutant: a hold that can be released after its capture is seen", SLOW, async () => {
    const again = replaced("amount, state, release_at", "amount, 'held' as state, release_at");
    expect((await run(600, again)).violations).not.toEqual([]);
  });

  test("mutant: a movement that is posted on one side only is seen", SLOW, async () => {
    const oneSided = replaced("held = held + ?\n     where", "held = held + 0 * ?\n     where");
    expect((await run(200, oneSided)).violations).not.toEqual([]);
  });
});
