// The law of the points ledger: a random life of up to 200 steps is told the same by the ledger and by the plain model.
import fc from "fast-check";
import type { Database, Tx } from "../../src/storage/index.ts";
import { Life, type Step, steps } from "./ledger-steps.ts";

/** Most steps of one life. */
export const LONGEST_LIFE = 200;

/** A ledger with a mistake: the statements it really gives to the database. */
export type SqlChange = (sql: string) => string;

/** What a run of the law saw. */
export interface LedgerTally {
  readonly lives: number;
  readonly steps: number;
  /** The first life that the two told differently, in words, with the way to see it again; null: none. */
  readonly difference: string | null;
}

class Undone extends Error {}

const same: SqlChange = (sql) => sql;

/** Lives one life within a transaction that is rolled back, so that every life begins with an empty ledger. */
async function lead(
  database: Database,
  life: Iterable<fc.AsyncCommand<Life, Life>>,
  change: SqlChange,
): Promise<void> {
  const undone = new Undone("rolled back");
  const work = async (tx: Tx): Promise<void> => {
    const pair = new Life(mutated(tx, change));
    await fc.asyncModelRun(() => ({ model: pair, real: pair }), life);
    await pair.end();
    throw undone;
  };
  await database.transaction(work).catch((error: unknown) => {
    if (error !== undone) throw error;
  });
}

/** The transaction as the mutant uses it. */
function mutated(tx: Tx, change: SqlChange): Tx {
  return {
    ...tx,
    engine: tx.engine,
    rows: (sql, parameters) => tx.rows(change(sql), parameters),
    run: (sql, parameters) => tx.run(change(sql), parameters),
  };
}

/** A step as a command: always possible, since refusals are answers too. */
class Command implements fc.AsyncCommand<Life, Life> {
  readonly #step: Step;
  readonly #count: () => void;

  constructor(step: Step, count: () => void) {
    this.#step = step;
    this.#count = count;
  }

  check(): boolean {
    return true;
  }

  run(_model: Life, real: Life): Promise<void> {
    this.#count();
    return real.take(this.#step);
  }

  toString(): string {
    return JSON.stringify(this.#step);
  }
}

/** Lives from `seed` on. The same seed draws the same lives. A ledger that is `change`d is not asked for its smallest fault. */
export async function tallyLedger(
  database: Database,
  lives: number,
  seed: number,
  change: SqlChange | null = null,
): Promise<LedgerTally> {
  let count = 0;
  const counted = (): void => {
    count += 1;
  };
  const commands = fc.commands([steps.map((step) => new Command(step, counted))], {
    maxCommands: LONGEST_LIFE,
    size: "max",
  });
  const details = await fc.check(
    fc.asyncProperty(commands, (life) => lead(database, life, change ?? same)),
    { numRuns: lives, seed, endOnFailure: change !== null },
  );
  const difference = details.failed
    ? `seed ${seed}, path ${details.counterexamplePath}: ${String(details.errorInstance)} after ${String(details.counterexample)}`
    : null;
  return { lives: details.numRuns, steps: count, difference };
}
