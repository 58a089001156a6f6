// `import members FILE`, `import balances FILE` and `import undo ID`: who the customers are, and the points they bring along.
import { chmod, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import {
  type BalancesImported,
  type BalancesUndone,
  type FileReport,
  findBalanceImports,
  importBalances,
  importMembers,
  SHEET_MARK,
  safeCell,
  sheetRow,
  undoBalances,
} from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { existingFile } from "./import-report.ts";
import { faultLines, headline, isWhole, shopFile } from "./shop-files.ts";

interface Options {
  readonly json?: boolean;
}

interface BalanceOptions extends Options {
  readonly dryRun?: boolean;
  readonly expectSum?: string;
  readonly rejects?: string;
  readonly roundDown?: boolean;
}

/** Imports of balances that are listed. */
const LISTED = 20;

/** Adds the commands to the group `import`. */
export function registerImportShop(group: Command, context: CliContext): void {
  group
    .command("members <file>")
    .description(
      "members from a CSV with the columns id, card, phone, segments, tier, birthday, orders; none is ever removed",
    )
    .action(async (file: string, options: Options) => {
      const bytes = await shopFile((await existingFile(context, file)).path);
      const { house, secrets } = await context.installation();
      tell(context, await importMembers(house, secrets, bytes), options);
    });
  group
    .command("balances <file>")
    .description("opening balances from a CSV with the column points and one of id, card, phone; one batch")
    .option("--dry-run", "read, look up and add up, and change nothing")
    .option("--expect-sum <points>", "sum of the points by the old system; where it differs nothing is taken")
    .option("--rejects <file>", "write the lines that are left out into this CSV, each with its reason")
    .option("--round-down", "drop fractions of points; without it such lines are left out")
    .action((file: string, options: BalanceOptions) => balances(context, file, options));
  group
    .command("undo [id]")
    .description("take an import of balances back as a whole; without an id, what could be taken back")
    .option("--despite-spent", "also where some points are spent or held: what is left is taken")
    .action((id: string | undefined, options: { despiteSpent?: boolean; json?: boolean }) =>
      id === undefined ? list(context, options) : undo(context, id, options),
    );
}

/** Who sits at this terminal, for the ledger. */
export function operatorName(): string {
  return `cli:${userInfo().username}`;
}

async function balances(context: CliContext, file: string, options: BalanceOptions): Promise<void> {
  const { path } = await existingFile(context, file);
  const expectSum =
    options.expectSum === undefined ? undefined : Number(options.expectSum.replaceAll(/\s/g, ""));
  if (expectSum !== undefined && !Number.isSafeInteger(expectSum))
    throw new CommandFailed("--expect-sum is a whole number of points", 2);
  const bytes = await shopFile(path);
  const { house, secrets } = await context.installation();
  const { rejects, ...report } = await importBalances(house, secrets, bytes, {
    name: basename(path),
    actor: operatorName(),
    isDry: options.dryRun ?? false,
    roundDown: options.roundDown ?? false,
    ...(expectSum === undefined ? {} : { expectSum }),
  });
  if (options.rejects !== undefined) await writeRejects(resolve(context.folder, options.rejects), rejects);
  if (!options.json && report.reason === "sum_differs")
    context.print(`The file comes to ${report.total} points, ${expectSum} were expected.`);
  tell(context, report, options, "points", report.importId);
}

/** A table that spreadsheets open, with no cell that they would compute. */
async function writeRejects(path: string, rejects: BalancesImported["rejects"]): Promise<void> {
  const rows = rejects.map(({ line, reason, cells }) => [
    String(line),
    reason,
    ...[cells.id, cells.card, cells.phone, cells.points].map(safeCell),
  ]);
  const heading = ["line", "reason", "id", "card", "phone", "points"];
  const text = `${SHEET_MARK}${[heading, ...rows].map(sheetRow).join("")}`;
  // People's cards and phones: nobody else of the machine reads them.
  await writeFile(path, text, { mode: 0o600 });
  await chmod(path, 0o600);
}

async function list(context: CliContext, options: Options): Promise<void> {
  const { house } = await context.installation();
  const found = await findBalanceImports(house, { before: null, limit: LISTED });
  if (options.json) return context.print(JSON.stringify(found));
  if (found.length === 0) return context.print("No balances have been imported yet.");
  for (const one of found) {
    const when = new Date(one.startedAt).toISOString();
    context.print(`${one.id}  ${when}  ${one.state}  ${one.rows} balances, ${one.total} points  ${one.name}`);
  }
}

async function undo(
  context: CliContext,
  id: string,
  options: { despiteSpent?: boolean; json?: boolean },
): Promise<void> {
  const { house } = await context.installation();
  const wish = { actor: operatorName(), despiteSpent: options.despiteSpent ?? false };
  const outcome = await undoBalances(house, id, wish);
  context.print(options.json ? JSON.stringify(outcome) : undoneText(outcome, id));
  if (outcome.kind === "refused") throw new CommandFailed("");
}

function undoneText(outcome: BalancesUndone, id: string): string {
  if (outcome.kind === "refused") {
    if (outcome.reason === "import_unknown") return `There is no import of balances ${id}.`;
    const { customers, points } = outcome;
    return `Not taken back: ${customers} customers have spent or held ${points} of its points. Take back what is left: import undo ${id} --despite-spent`;
  }
  const { rows, total, missing, lost } = outcome.import;
  if (outcome.kind === "unchanged") return "Nothing to do: the import was taken back before.";
  const left = missing + lost === 0 ? "" : ` ${missing} points were spent already, ${lost} had expired.`;
  return `Taken back: ${rows} balances, ${total} points.${left}`;
}

function tell(
  context: CliContext,
  report: FileReport,
  options: Options,
  unit: "points" | null = null,
  importId: string | null = null,
): void {
  if (options.json) context.print(JSON.stringify(report));
  else {
    context.print(headline(report, unit));
    for (const line of faultLines(report)) context.print(`  ${line}`);
    if (importId !== null && report.kind !== "refused")
      context.print(`Take it back: import undo ${importId}`);
  }
  if (!isWhole(report)) throw new CommandFailed("");
}
