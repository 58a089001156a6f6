// `npm run laws [-- NUMBER… | ledger | renew] [--carts N] [--steps N] [--seed N]`: every law at the size that is stated, with a table in the end.
//
// Goes on where it was stopped: what was judged stands in reports/laws, by law. `--fresh` begins anew.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { LAWS } from "./index.ts";
import { catches, type Law, SEED, type Tally, tally } from "./law.ts";
import { complaint, quotesNow, renewQuotes, storedQuotes } from "./stored-quotes.ts";

const REPORTS = fileURLToPath(new URL("../../reports/laws/", import.meta.url));
/** Carts drawn from one seed; the next portion has the next seed. */
const PORTION = 500;

interface Progress extends Tally {
  readonly seed: number;
  readonly ms: number;
}

function progressOf(file: string, seed: number): Progress {
  const empty: Progress = { seed, carts: 0, cases: 0, wrong: 0, example: null, ms: 0 };
  if (!existsSync(file)) return empty;
  const kept: Progress = JSON.parse(readFileSync(file, "utf8"));
  return kept.seed === seed ? kept : empty;
}

/** Judges the law up to `carts`, keeping what was done after every portion. */
function judge(law: Law<never>, place: number, carts: number, seed: number): Progress {
  const file = `${REPORTS}law-${law.number}-${place}.json`;
  let done = progressOf(file, seed);
  while (done.carts < carts) {
    const started = Date.now();
    const part = tally(law, law.pricer, Math.min(PORTION, carts - done.carts), seed + done.carts / PORTION);
    done = {
      seed,
      carts: done.carts + part.carts,
      cases: done.cases + part.cases,
      wrong: done.wrong + part.wrong,
      example: done.example ?? part.example,
      ms: done.ms + Date.now() - started,
    };
    writeFileSync(file, JSON.stringify(done));
  }
  return done;
}

function row(cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}

function judgeAll(numbers: readonly number[], carts: number | null, seed: number): boolean {
  row(["law", "what", "oracle", "carts", "cases", "seed", "differences", "mutants caught", "s"]);
  row(Array.from({ length: 9 }, () => "---"));
  let isGood = true;
  for (const [place, law] of LAWS.entries()) {
    if (numbers.length > 0 && !numbers.includes(law.number)) continue;
    const done = judge(law, place, carts ?? law.size, seed);
    const caught = law.mutants.filter((mutant) => catches(law, mutant)).length;
    const { wrong, cases, example } = done;
    isGood &&= wrong <= law.tolerance * cases && caught === law.mutants.length;
    const share =
      law.tolerance === 0 ? wrong : `${wrong} (${((wrong / Math.max(1, cases)) * 100).toFixed(2)} %)`;
    const mutants = `${caught} of ${law.mutants.length}`;
    row([
      law.number,
      law.title,
      law.oracle,
      done.carts,
      cases,
      seed,
      share,
      mutants,
      Math.round(done.ms / 1000),
    ]);
    if (example !== null) console.error(`law ${law.number}: ${example}`);
  }
  if (numbers.length === 0 || numbers.includes(10)) {
    const said = complaint(storedQuotes(), quotesNow());
    const { length } = storedQuotes().digests;
    row([
      10,
      "the engine's version tells its answers apart",
      "stored quotes",
      length,
      length,
      "-",
      said === null ? 0 : "some",
      "-",
      0,
    ]);
    if (said !== null) console.error(said);
    isGood &&= said === null;
  }
  return isGood;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    carts: { type: "string" },
    seed: { type: "string" },
    fresh: { type: "boolean" },
    steps: { type: "string" },
    engine: { type: "string" },
  },
});
if (positionals[0] === "renew") {
  const said = renewQuotes();
  console.log(said ?? "The stored quotes are those of this engine.");
  process.exitCode = said === null ? 0 : 1;
} else if (positionals[0] === "ledger") {
  if (values.fresh === true) rmSync(REPORTS, { recursive: true, force: true });
  const { judgeLedger } = await import("./ledger-run.ts");
  const isGood = await judgeLedger({
    steps: values.steps === undefined ? null : Number(values.steps),
    seed: Number(values.seed ?? SEED),
    engine: values.engine ?? null,
    reports: REPORTS,
  });
  process.exitCode = isGood ? 0 : 1;
} else {
  if (values.fresh === true) rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const carts = values.carts === undefined ? null : Number(values.carts);
  process.exitCode = judgeAll(positionals.map(Number), carts, Number(values.seed ?? SEED)) ? 0 : 1;
}
