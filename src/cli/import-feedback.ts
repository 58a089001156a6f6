// `import feedback FILE`: past feedback of the app and of marketplaces from a table.
import { chmod, writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import {
  FEEDBACK_COLUMNS,
  type FeedbackColumn,
  type FeedbackImported,
  importFeedback,
  SHEET_MARK,
  safeCell,
  sheetRow,
} from "../flows/index.ts";
import { listOauthClients } from "../storage/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { configuredClients } from "./faces.ts";
import { existingFile } from "./import-report.ts";
import { operatorName } from "./import-shop.ts";
import type { Installation } from "./installation.ts";
import { faultLines, headline, isWhole, shopFile } from "./shop-files.ts";

interface Options {
  readonly dryRun?: boolean;
  readonly rejects?: string;
  readonly client?: string;
  readonly json?: boolean;
}

/** Whose feedback it is where no marketplace's client is known yet. */
const NOBODY = "import";

/** Adds the command to the group `import`. */
export function registerImportFeedback(group: Command, context: CliContext): void {
  group
    .command("feedback <file>")
    .description(
      "past feedback from a CSV with the columns rating, date, orderId or eatsId, and source, comment and others; one batch",
    )
    .option("--dry-run", "read and look up, and change nothing")
    .option("--rejects <file>", "write the lines that are left out into this CSV, each with its reason")
    .option("--client <id>", "the marketplace's client whose feedback it is, where there are several")
    .action((file: string, options: Options) => take(context, file, options));
}

async function take(context: CliContext, file: string, options: Options): Promise<void> {
  const { path } = await existingFile(context, file);
  const bytes = await shopFile(path);
  const installation = await context.installation();
  const clientId = options.client ?? (await onlyClient(installation));
  const wish = {
    name: basename(path),
    actor: operatorName(),
    clientId,
    isDry: options.dryRun ?? false,
  };
  const { rejects, ...report } = await importFeedback(installation.house, bytes, wish);
  if (options.rejects !== undefined) await writeRejects(resolve(context.folder, options.rejects), rejects);
  if (options.json) context.print(JSON.stringify(report));
  else {
    context.print(headline(report, null));
    if (report.known > 0)
      context.print(`  ${report.known} were here already or were erased: nothing was changed`);
    for (const line of faultLines(report)) context.print(`  ${line}`);
    if (report.kind === "imported") context.print(`Take it back: import undo ${report.importId}`);
  }
  if (!isWhole(report)) throw new CommandFailed("");
}

/** What the marketplace delivers again is only known under the client that delivers it. */
async function onlyClient({ house, config }: Installation): Promise<string> {
  const stored = await house.database.read((tx) => listOauthClients(tx, "yandex-eats"));
  const ids = new Set([
    ...stored.map(({ id }) => id),
    ...configuredClients(config).map((one) => one.clientId),
  ]);
  const [first, second] = ids;
  if (second !== undefined)
    throw new CommandFailed("there are several clients of Yandex Eats: name one by --client ID", 2);
  return first ?? NOBODY;
}

async function writeRejects(path: string, rejects: FeedbackImported["rejects"]): Promise<void> {
  const columns = Object.keys(FEEDBACK_COLUMNS) as FeedbackColumn[];
  const rows = rejects.map(({ line, reason, cells }) => [
    String(line),
    reason,
    ...columns.map((column) => safeCell(cells[column])),
  ]);
  // Mended, the file can be imported as it is: columns that are not known are passed over.
  const heading = ["line", "reason", ...columns.map((column) => FEEDBACK_COLUMNS[column][0])];
  await writeFile(path, `${SHEET_MARK}${[heading, ...rows].map(sheetRow).join("")}`, { mode: 0o600 });
  await chmod(path, 0o600);
}
