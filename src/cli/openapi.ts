// `openapi`: the document of the management API, as it is committed and served.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { openApiDocument } from "../contract/index.ts";
import type { CliContext } from "./context.ts";

/** The document as a file holds it. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

/** Adds the command. */
export function registerOpenApi(program: Command, context: CliContext): void {
  program
    .command("openapi")
    .description("the OpenAPI 3.1 document of the management API")
    .option("--out <file>", "write it to a file instead")
    .action((options: { out?: string; json?: boolean }) => {
      if (options.out === undefined) return context.print(openApiText().trimEnd());
      const path = resolve(context.folder, options.out);
      writeFileSync(path, openApiText());
      context.print(options.json ? JSON.stringify({ path }) : `Written to ${path}.`);
    });
}
