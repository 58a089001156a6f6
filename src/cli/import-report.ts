// How an import is told at the terminal: a bar while it runs, then counts, then problems with their lines.
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { SingleBar } from "cli-progress";
import type { ImportOutcome } from "../flows/index.ts";
import type { ProblemCount } from "../storage/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";

/** Lines of problems that are printed; all that are kept are in the JSON. */
const PRINTED_SAMPLES = 5;

/** Why an import was refused, for a person. */
const REFUSALS = {
  busy: "another import of this kind is running; what a crash left behind is free after a minute",
  broken_file: "the file is broken, nothing was changed",
  nothing_usable: "the file has no usable entry, nothing was changed",
  overtaken: "another import took over, nothing was changed",
} as const;

/** The absolute path of an argument; throws CommandFailed when there is no such file. */
export async function existingFile(
  context: CliContext,
  path: string,
): Promise<{ path: string; bytes: number }> {
  const absolute = resolve(context.folder, path);
  const found = await stat(absolute).catch(() => null);
  if (found === null || !found.isFile()) throw new CommandFailed(`there is no file ${absolute}`);
  return { path: absolute, bytes: found.size };
}

/** Runs `work` with a bar over `bytes` when a person watches. */
export async function withProgress<Result>(
  context: CliContext,
  bytes: number,
  work: (onBytes: (done: number) => void) => Promise<Result>,
): Promise<Result> {
  if (!context.isTerminal || bytes === 0) return work(() => undefined);
  const bar = new SingleBar({ format: "{bar} {percentage} %", clearOnComplete: true, hideCursor: true });
  bar.start(bytes, 0);
  try {
    return await work((done) => bar.update(Math.min(done, bytes)));
  } finally {
    bar.stop();
  }
}

/** Prints the outcome; throws CommandFailed(1) for one that changed nothing although it should have. */
export function reportImport(context: CliContext, outcome: ImportOutcome, isJson: boolean | undefined): void {
  if (isJson) context.print(JSON.stringify(outcome));
  else for (const line of outcomeLines(outcome)) context.print(line);
  if (outcome.kind === "held" || outcome.kind === "refused") throw new CommandFailed("");
}

/** The outcome in sentences, problems included. */
export function outcomeLines(outcome: ImportOutcome): string[] {
  return [headline(outcome), ...problemLines(outcome.problems)];
}

/** Problems by reason with the first lines of each. */
export function problemLines(problems: readonly ProblemCount[]): string[] {
  return problems.flatMap(({ reason, isSkipped, count, samples }) => [
    `${isSkipped ? "left out" : "remark"}: ${reason.replaceAll("_", " ")}, ${count}`,
    ...samples
      .slice(0, PRINTED_SAMPLES)
      .map(
        ({ line, offerId, detail }) =>
          `  line ${line}${offerId === null ? "" : `, ${offerId}`}${detail === "" ? "" : `: ${detail}`}`,
      ),
  ]);
}

function headline(outcome: ImportOutcome): string {
  switch (outcome.kind) {
    case "applied":
      return `Imported: ${countsText(outcome.counts)}.`;
    case "unchanged":
      return `Nothing to do: the file says what is there already (${countsText(outcome.counts)}).`;
    case "held":
      return (
        `Held: ${outcome.counts["vanished"]} of ${outcome.counts["before"]} goods would vanish; the old catalogue stays.\n` +
        `Take it all the same: import feed --accept-held ${outcome.id}`
      );
    case "refused": {
      const where = outcome.line === null ? "" : ` (line ${outcome.line}: ${outcome.detail})`;
      return `Not imported: ${REFUSALS[outcome.reason]}${where}.`;
    }
  }
}

/** "11 offers, 2 added, 0 changed". */
export function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}
