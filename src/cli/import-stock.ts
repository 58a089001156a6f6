// `import stock FILE`: what each outlet has of each good.
import type { Command } from "commander";
import { importStock } from "../flows/index.ts";
import { stockFile } from "../protocols/yml-feed/index.ts";
import type { CliContext } from "./context.ts";
import { existingFile, reportImport, withProgress } from "./import-report.ts";
import { keepMemoryLow } from "./memory.ts";

/** Adds the command. */
export function registerImportStock(group: Command, context: CliContext): void {
  group
    .command("stock <file>")
    .description("stock by outlet from an inventory file; what it does not name is unknown afterwards")
    .action(async (file: string, options: { json?: boolean }) => {
      const { path, bytes } = await existingFile(context, file);
      const { house } = await context.installation();
      if (!context.isInServer) keepMemoryLow();
      const outcome = await withProgress(context, bytes, (onBytes) =>
        importStock(house, stockFile({ path, onBytes })),
      );
      reportImport(context, outcome, options.json);
    });
}
