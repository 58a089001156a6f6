// `feedback erase`: a person's data go, the act stays.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { type ErasureOutcome, erasePerson, erasurePage, erasureText } from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";

interface Options {
  readonly order?: string;
  readonly customer?: string;
  readonly reason: string;
  readonly actor: string;
  readonly page?: string;
  readonly json?: boolean;
}

/** Adds the command to the group `feedback`. */
export function registerFeedbackErase(feedback: Command, context: CliContext): void {
  feedback
    .command("erase")
    .description("erases a person's data by order or customer, and writes the act; numbers stay")
    .option("--order <id>", "the order, by its id in your system")
    .option("--customer <id>", "the customer: all of their orders")
    .requiredOption("--reason <text>", "why, for the act, without personal data")
    .option("--actor <name>", "who does it, for the act", "cli")
    .option("--page <file>", "write the act there as HTML for print, too")
    .action((options: Options) => erase(context, options));
}

async function erase(context: CliContext, options: Options): Promise<void> {
  const { order, customer, reason, actor, json, page } = options;
  const id = order ?? customer;
  if (id === undefined || (order !== undefined && customer !== undefined)) {
    throw new CommandFailed("name one: --order ID or --customer ID", 2);
  }
  const { house, database, secrets, shelf } = await context.installation();
  const kind = order === undefined ? "customer" : "order";
  const done = await erasePerson(house, { kind, id, actor, reason }, { secrets, shelf });
  // What the log of the file still holds goes with it.
  database.truncateLog?.();
  if (done.kind === "erased" && page !== undefined) {
    const text = erasurePage(done.act, done.hash, done.keepUntil);
    writeFileSync(resolve(context.folder, page), text, { mode: 0o600 });
  }
  context.print(json ? JSON.stringify(done) : sentenceOf(done));
  if (done.kind === "answer_on_its_way") throw new CommandFailed("");
}

function sentenceOf(done: ErasureOutcome): string {
  switch (done.kind) {
    case "erased":
      return erasureText(done.act, done.hash, done.keepUntil).trimEnd();
    case "nothing_known":
      return "Nothing to do: nothing is kept of it.";
    case "answer_on_its_way":
      return `Nothing was erased: an answer about order ${done.orderId} is on its way. Take it back or wait, then erase again.`;
  }
}
