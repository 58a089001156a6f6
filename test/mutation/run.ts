// `npm run mutation [-- PATTERN…] [--fresh]`: how many mutants of the pricing core and of money its tests notice, by file.
//
// PATTERN narrows to files whose path holds it. Goes on where it was stopped, as long as core and tests are the same: results stand in
// reports/mutation. Ends with 1 where fewer are noticed than the goal.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { copyWithMutants, type Mutant } from "./instrument.ts";
import { type Fate, Judge } from "./judge-process.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const REPORTS = fileURLToPath(new URL("../../reports/mutation/", import.meta.url));

/** Share of mutants that tests are to notice, per cent. */
const GOAL = 85;

/** Judges at work at once. */
const JUDGES = 2;

/** Results are written after so many. */
const PORTION = 50;

interface Results {
  readonly digest: string;
  readonly fates: Record<string, Fate>;
}

const FILE = `${REPORTS}results.json`;

function resultsOf(digest: string, isFresh: boolean): Results {
  if (isFresh || !existsSync(FILE)) return { digest, fates: {} };
  const kept: Results = JSON.parse(readFileSync(FILE, "utf8"));
  return kept.digest === digest ? kept : { digest, fates: {} };
}

const isNoticed = (fate: Fate | undefined): boolean => fate === "noticed" || fate === "hung";

/** Judges what is open, two at a time, and keeps what was done. */
async function judgeAll(root: string, mutants: readonly Mutant[], results: Results): Promise<void> {
  const open = mutants.filter(({ id }) => results.fates[id] === undefined);
  const keep = (): void => writeFileSync(FILE, JSON.stringify(results));
  let next = 0;
  const work = async (): Promise<void> => {
    const judge = new Judge(root);
    for (let index = next++; index < open.length; index = next++) {
      const { id } = open[index] as Mutant;
      results.fates[id] = await judge.judge(id);
      if (index % PORTION > 0) continue;
      keep();
      console.error(`${index} of ${open.length}`);
    }
    judge.stop();
  };
  await Promise.all(Array.from({ length: JUDGES }, work));
  keep();
}

/** One line a file, the worst first, then those that nobody noticed; gives the share that was noticed. */
function tell(mutants: readonly Mutant[], { fates }: Results): number {
  const files = new Map<string, { all: number; noticed: number }>();
  for (const { id, file } of mutants) {
    const count = files.get(file) ?? { all: 0, noticed: 0 };
    files.set(file, { all: count.all + 1, noticed: count.noticed + (isNoticed(fates[id]) ? 1 : 0) });
  }
  const share = ({ all, noticed }: { all: number; noticed: number }): number => (100 * noticed) / all;
  console.log("| file | noticed | of | % |\n| --- | --- | --- | --- |");
  for (const [file, count] of [...files].sort(([, left], [, right]) => share(left) - share(right)))
    console.log(`| ${file} | ${count.noticed} | ${count.all} | ${share(count).toFixed(1)} |`);
  const missed = mutants.filter(({ id }) => !isNoticed(fates[id]));
  const lines = missed.map(
    ({ id, file, line, what, replacement }) =>
      `${file}:${line} ${what} -> ${replacement.slice(0, 100).replaceAll("\n", " ")} (${fates[id]})`,
  );
  writeFileSync(`${REPORTS}missed.txt`, `${lines.join("\n")}\n`);
  const noticed = mutants.length - missed.length;
  const score = share({ all: mutants.length, noticed });
  console.log(
    `${noticed} of ${mutants.length} mutants noticed: ${score.toFixed(1)} %. The others: ${REPORTS}missed.txt`,
  );
  return score;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { fresh: { type: "boolean" } },
});
mkdirSync(REPORTS, { recursive: true });
const { root, mutants, digest } = await copyWithMutants(PROJECT);
try {
  const wanted = mutants.filter(
    ({ file }) => positionals.length === 0 || positionals.some((pattern) => file.includes(pattern)),
  );
  const results = resultsOf(digest, values.fresh === true);
  await judgeAll(root, wanted, results);
  process.exitCode = tell(wanted, results) < GOAL ? 1 : 0;
} finally {
  rmSync(root, { recursive: true, force: true });
}
