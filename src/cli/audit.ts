// `audit list|verify`: who did what, and whether anybody has changed that since.
import type { Command } from "commander";
import { findAuditEntries, proveAudit } from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";

/** Entries read at once. */
const PAGE = 1000;

interface ListOptions {
  readonly subject?: string;
  readonly json?: boolean;
}

/** Adds the command. */
export function registerAudit(program: Command, context: CliContext): void {
  const audit = program.command("audit").description("the log of what people did, which nobody changes");
  audit
    .command("list")
    .description("every entry, oldest first; as JSON one on each line")
    .option("--subject <id>", "only about this item or thing")
    .action((options: ListOptions) => listAudit(context, options));
  audit
    .command("verify")
    .description("reads the whole log and checks that no entry was changed or removed")
    .action(async (options: { json?: boolean }) => {
      const { house } = await context.reading();
      const proof = await proveAudit(house);
      const isWhole = proof.brokenAt === null;
      if (options.json) context.print(JSON.stringify({ isWhole, ...proof }));
      else if (isWhole) context.print(`Whole: ${proof.entries} entries. Last hash ${proof.head || "none"}.`);
      if (isWhole) return;
      throw new CommandFailed(
        `entry ${proof.brokenAt} was changed or is missing; the ${proof.entries} before it stand`,
      );
    });
}

async function listAudit(context: CliContext, { subject = "", json }: ListOptions): Promise<void> {
  const { house } = await context.reading();
  let after = 0;
  for (;;) {
    const page = await findAuditEntries(house, {
      after,
      limit: PAGE,
      ...(subject === "" ? {} : { subject }),
    });
    for (const { details, ...entry } of page) {
      const at = new Date(entry.at).toISOString();
      context.print(
        json
          ? JSON.stringify({ ...entry, at, details: JSON.parse(details) as object })
          : `${entry.number}  ${at}  ${entry.actor}  ${entry.action}  ${entry.subject}  ${details}`,
      );
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) {
      if (after === 0 && last === undefined && !json) context.print("Nothing was done yet.");
      return;
    }
    after = last.number;
  }
}
