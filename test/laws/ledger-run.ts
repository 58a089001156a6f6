// `npm run laws -- ledger [--steps N] [--seed N] [--engine sqlite|postgres]`: the law of the points ledger in its long form.
//
// Goes on where it was stopped: what was judged stands in reports/laws, by engine and seed.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, openDatabase } from "../../src/storage/index.ts";
import { startPostgres } from "../support/postgres.ts";
import { type LedgerTally, tallyLedger } from "./ledger.ts";

/** Lives drawn from one seed; the next portion has the next seed. */
const PORTION = 100;

/** Steps of the long form. */
const STEPS = 1_000_000;

/** What to run. */
export interface LedgerPlan {
  readonly steps: number | null;
  readonly seed: number;
  readonly engine: string | null;
  /** Where progress is kept. */
  readonly reports: string;
}

interface Progress extends LedgerTally {
  readonly seed: number;
  readonly ms: number;
}

/** An empty database; undefined where the machine has no PostgreSQL. */
async function place(engine: string): Promise<{ url: string; remove(): void } | undefined> {
  if (engine === "sqlite") {
    const folder = mkdtempSync(join(tmpdir(), "prilavok-laws-"));
    return { url: `sqlite:${join(folder, "laws.db")}`, remove: () => rmSync(folder, { recursive: true }) };
  }
  const server = await startPostgres();
  return server === undefined ? undefined : { url: server.url, remove: server.stop };
}

async function judge(engine: string, plan: LedgerPlan): Promise<Progress | null> {
  const file = join(plan.reports, `ledger-${engine}.json`);
  const kept: Progress | null = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  let done: Progress =
    kept?.seed === plan.seed ? kept : { seed: plan.seed, lives: 0, steps: 0, difference: null, ms: 0 };
  const where = await place(engine);
  if (where === undefined) return null;
  const database = await openDatabase({ url: where.url });
  try {
    await migrate(database, 0);
    while (done.steps < (plan.steps ?? STEPS) && done.difference === null) {
      const started = Date.now();
      const part = await tallyLedger(database, PORTION, plan.seed + done.lives / PORTION);
      done = {
        seed: plan.seed,
        lives: done.lives + part.lives,
        steps: done.steps + part.steps,
        difference: part.difference,
        ms: done.ms + Date.now() - started,
      };
      writeFileSync(file, JSON.stringify(done));
    }
  } finally {
    await database.close();
    where.remove();
  }
  return done;
}

/** Runs it and prints a table; false where the ledger and the plain model differed. */
export async function judgeLedger(plan: LedgerPlan): Promise<boolean> {
  mkdirSync(plan.reports, { recursive: true });
  console.log("| engine | lives | steps | seed | differences | s |\n| --- | --- | --- | --- | --- | --- |");
  let isGood = true;
  for (const engine of plan.engine === null ? ["sqlite", "postgres"] : [plan.engine]) {
    const done = await judge(engine, plan);
    if (done === null) {
      console.log(`| ${engine} | not on this machine | | | | |`);
      continue;
    }
    const { lives, steps, seed, difference, ms } = done;
    const cells = [engine, lives, steps, seed, difference === null ? 0 : "some", Math.round(ms / 1000)];
    console.log(`| ${cells.join(" | ")} |`);
    if (difference !== null) console.error(difference);
    isGood &&= difference === null;
  }
  return isGood;
}
