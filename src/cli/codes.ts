// `codes import`: promo codes from a table.
import { basename } from "node:path";
import type { Command } from "commander";
import { importCodes } from "../flows/index.ts";
import { argumentFile } from "./argument-file.ts";
import { type CliContext, CommandFailed } from "./context.ts";

/** Adds the command. */
export function registerCodes(program: Command, context: CliContext): void {
  const codes = program.command("codes").description("promo codes");
  codes
    .command("import <file>")
    .description("take codes from a CSV table: code, promotion, and if wanted state and until")
    .option("--batch <name>", "what this lot is called; the file's name when not given")
    .action(async (file: string, options: { batch?: string; json?: boolean }) => {
      const text = argumentFile(context, file);
      const { house, rules } = await context.installation();
      const result = await importCodes(house, rules, text, options.batch ?? basename(file));
      if (options.json) context.print(JSON.stringify(result));
      else {
        const { added, changed, unchanged, refused, problems } = result;
        for (const { line, message } of problems) context.print(`line ${line}: ${message}`);
        const isIdle = added + changed + refused === 0;
        context.print(
          isIdle
            ? `Nothing to do: ${unchanged} codes are known already.`
            : `${added} added, ${changed} changed, ${unchanged} unchanged, ${refused} left out.`,
        );
      }
      if (result.refused > 0) throw new CommandFailed("");
    });
}
