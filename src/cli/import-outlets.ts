// `import outlets FILE`: the retailer's outlets from a CSV list.
import type { Command } from "commander";
import { importOutlets } from "../flows/index.ts";
import type { CliContext } from "./context.ts";
import { existingFile, reportImport } from "./import-report.ts";
import { OUTLET_COLUMNS, readOutlets } from "./outlets-file.ts";

/** Adds the command. */
export function registerImportOutlets(group: Command, context: CliContext): void {
  group
    .command("outlets <file>")
    .description(`outlets from a CSV with the columns ${OUTLET_COLUMNS.join(", ")}; none is ever removed`)
    .action(async (file: string, options: { json?: boolean }) => {
      const { path } = await existingFile(context, file);
      const rows = await readOutlets(path);
      const { house } = await context.installation();
      reportImport(context, await importOutlets(house, path, rows), options.json);
    });
}
