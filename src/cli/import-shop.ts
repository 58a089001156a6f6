// `import members FILE` and `import balances FILE`: who the customers are, and the points they bring along.
import type { Command } from "commander";
import { type FileReport, importBalances, importMembers } from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { existingFile } from "./import-report.ts";
import { faultLines, headline, isWhole, shopFile } from "./shop-files.ts";

interface Options {
  readonly json?: boolean;
  readonly dryRun?: boolean;
}

/** Adds both commands to the group `import`. */
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
    .description("opening balances from a CSV with the column points and one of id, card, phone")
    .option("--dry-run", "read, look up and add up, and change nothing")
    .action(async (file: string, options: Options) => {
      const bytes = await shopFile((await existingFile(context, file)).path);
      const { house, secrets } = await context.installation();
      tell(context, await importBalances(house, secrets, bytes, options.dryRun ?? false), options, "points");
    });
}

function tell(context: CliContext, report: FileReport, options: Options, unit: "points" | null = null): void {
  if (options.json) context.print(JSON.stringify(report));
  else {
    context.print(headline(report, unit));
    for (const line of faultLines(report)) context.print(`  ${line}`);
  }
  if (!isWhole(report)) throw new CommandFailed("");
}
