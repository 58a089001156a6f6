// `import members FILE` and `import balances FILE`: who the customers are, and the points they bring along.
import { chmod, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import {
  type BalancesImported,
  type FileReport,
  importBalances,
  importMembers,
  SHEET_MARK,
  safeCell,
  sheetRow,
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
