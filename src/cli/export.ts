// `export …`: what is kept here as files for others. The group stands here; each kind of file has its own command.
import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import { registerExportFeedback } from "./export-feedback.ts";
import { registerExportLedger } from "./export-ledger.ts";
import { registerExportOrders } from "./export-orders.ts";

/** Adds the group with its commands. */
export function registerExport(program: Command, context: CliContext): void {
  const group = program.command("export").description("files for spreadsheets and other systems");
  registerExportFeedback(group, context);
  registerExportLedger(group, context);
  registerExportOrders(group, context);
}
