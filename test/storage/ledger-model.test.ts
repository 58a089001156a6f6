// The points ledger against the plain model, on both engines; broken ledgers are found out by the same comparison.
import { expect, test } from "vitest";
import { type SqlChange, tallyLedger } from "../laws/ledger.ts";
import { forEachEngine } from "../support/engines.ts";

/** Lives of up to 200 steps. A life on PostgreSQL takes ten times as long: every statement is a journey. */
const LIVES = { sqlite: 1000, postgres: 50 };
const SEED = 20_261_122;

/** So many lives; a part of them where the usual number was set lower. */
function livesOn(engine: "sqlite" | "postgres"): number {
  const asked = process.env["PRILAVOK_PROPERTY_RUNS"];
  return asked === undefined ? LIVES[engine] : Math.ceil((Number(asked) / 10_000) * LIVES[engine]);
}

/** The ledger with one of its statements written otherwise. */
const replaced =
  (from: string, to: string): SqlChange =>
  (sql) =>
    sql.replace(from, to);

const holdAgain = (ended: string): SqlChange => {
  const state = replaced(
    "amount, state, release_at",
    `amount, case when state = '${ended}' then 'held' else state end as state, release_at`,
  );
  const parts = replaced("lot_id, amount, given_back from", "lot_id, amount, 0 as given_back from");
  return (sql) => parts(state(sql));
};

const MUTANTS: readonly (readonly [string, SqlChange])[] = [
  ["releases twice", holdAgain("released")],
  ["captures twice", holdAgain("captured")],
  [
    "spends and ends what is held",
    replaced(
      "available, held, expired, active_from",
      "available + held as available, 0 as held, expired, active_from",
    ),
  ],
  [
    "never notes that points expire",
    replaced(
      "active_from, expires_at, created_at from points_lot where customer_id",
      "active_from, null as expires_at, created_at from points_lot where customer_id",
    ),
  ],
  [
    "counts held points into the balance",
    replaced("sum(pending + available)", "sum(pending + available + held)"),
  ],
  ["counts points that are not active yet", replaced("active_from <= who.at", "1 = 1")],
  ["counts points that have expired", replaced("expires_at > who.at", "1 = 1")],
  [
    "returns twice",
    replaced("from points_return where order_id = ?", "from points_return where order_id = ? and 1 = 0"),
  ],
  ["earns twice", replaced("order_id = ? and kind = 'earned'", "order_id = ? and kind = 'never'")],
  [
    "leaves emptied lots behind in a merge",
    replaced(
      "update points_lot set customer_id = ? where customer_id = ?",
      "update points_lot set customer_id = ? where customer_id = ? and pending + available + held > 0",
    ),
  ],
];

forEachEngine("the points ledger", (engine) => {
  test("tells random lives as the plain model does", { timeout: 300_000 }, async () => {
    const { lives, steps, difference } = await tallyLedger(engine.database, livesOn(engine.name), SEED);
    expect(difference).toBeNull();
    expect(steps).toBeGreaterThan(lives * 20);
  });

  // Statements are the same on both engines, and a life on SQLite is the shorter one.
  if (engine.name === "sqlite")
    test.each(MUTANTS)("mutant: one that %s is found out", async (_, change) => {
      expect((await tallyLedger(engine.database, 200, SEED, change)).difference).not.toBeNull();
    });
});
