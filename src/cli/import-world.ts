// `import world DIR`: every known file of a folder, each by its own importer, in an order that fits.
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { type CliContext, CommandFailed } from "./context.ts";
import { keepMemoryLow } from "./memory.ts";
import { type FileOutcome, worldFiles } from "./world-files.ts";

/** Adds the command. */
export function registerImportWorld(group: Command, context: CliContext): void {
  group
    .command("world <folder>")
    .description(`any of ${worldFiles.map(({ file }) => file).join(", ")} in a folder`)
    .action(async (folder: string, options: { json?: boolean }) => {
      const results = await importWorld(context, resolve(context.folder, folder), options.json);
      if (options.json) context.print(JSON.stringify(results));
      if (!results.every(({ isDone }) => isDone)) throw new CommandFailed("");
    });
}

/** Imports what is there; a file that fails does not keep the others from being imported. */
async function importWorld(
  context: CliContext,
  folder: string,
  isJson: boolean | undefined,
): Promise<({ file: string } & FileOutcome)[]> {
  const names = new Set(await readdir(folder).catch(() => null));
  const known = worldFiles.filter(({ file }) => names.has(file));
  if (known.length === 0)
    throw new CommandFailed(
      `nothing was imported: ${folder} has none of ${worldFiles.map(({ file }) => file).join(", ")}`,
    );
  const installation = await context.installation();
  if (!context.isInServer) keepMemoryLow();
  const results: ({ file: string } & FileOutcome)[] = [];
  for (const { file, import: take } of known) {
    const report = (line: string): void => {
      if (!isJson) context.print(`  ${line}`);
    };
    const outcome = await take(installation, join(folder, file), report).catch((error: unknown) => {
      // A file that is no such list at all; anything else is a surprise and goes on.
      if (error instanceof CommandFailed) return { isDone: false, message: error.message, counts: {} };
      throw error;
    });
    if (!isJson) context.print(`${file}: ${outcome.message}`);
    results.push({ file, ...outcome });
  }
  return results;
}
