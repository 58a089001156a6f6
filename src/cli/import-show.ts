// `import show [ID]`: what the last imports did, and what was wrong in a file.
import type { Command } from "commander";
import { type ImportRecord, importById, latestImports } from "../storage/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { countsText, problemLines } from "./import-report.ts";

/** Imports of a kind that are listed. */
const LISTED = 10;

/** Adds the command. */
export function registerImportShow(group: Command, context: CliContext): void {
  group
    .command("show [id]")
    .description("the last imports; with an id, that one with its problems and their lines")
    .action(async (id: string | undefined, options: { json?: boolean }) => {
      const { database } = await context.installation();
      const records = await database.read(async (tx) => {
        if (id === undefined) {
          const kinds = ["feed", "stock", "outlets"] as const;
          return (await Promise.all(kinds.map((kind) => latestImports(tx, kind, LISTED)))).flat();
        }
        const record = await importById(tx, id);
        return record === null ? [] : [record];
      });
      if (id !== undefined && records.length === 0) throw new CommandFailed(`there is no import ${id}`);
      if (options.json) return context.print(JSON.stringify(id === undefined ? records : records[0]));
      if (records.length === 0) return context.print("Nothing has been imported yet.");
      for (const record of records) context.print(line(record));
      if (id !== undefined) for (const text of problemLines(records[0]?.problems ?? [])) context.print(text);
    });
}

function line(record: ImportRecord): string {
  const when = new Date(record.startedAt).toISOString();
  const why = record.reason === null ? "" : ` (${record.reason})`;
  return `${record.id}  ${when}  ${record.kind} ${record.state}${why}  ${countsText(record.counts)}  ${record.source}`;
}
