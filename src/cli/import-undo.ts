// `import undo [ID]`: takes an import of balances or of past feedback back as a whole.
import type { Command } from "commander";
import {
  type BalancesUndone,
  type FeedbackUndone,
  findBalanceImports,
  findFeedbackImports,
  undoBalances,
  undoFeedbackImport,
} from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { operatorName } from "./import-shop.ts";

interface Options {
  readonly despiteSpent?: boolean;
  readonly json?: boolean;
}

/** Imports of each kind that are listed. */
const LISTED = 20;

/** Adds the command to the group `import`. */
export function registerImportUndo(group: Command, context: CliContext): void {
  group
    .command("undo [id]")
    .description(
      "take an import of balances or of past feedback back as a whole; without an id, what could be taken back",
    )
    .option("--despite-spent", "balances: also where some points are spent or held: what is left is taken")
    .action((id: string | undefined, options: Options) =>
      id === undefined ? list(context, options) : undo(context, id, options),
    );
}

async function list(context: CliContext, options: Options): Promise<void> {
  const { house } = await context.installation();
  const balances = await findBalanceImports(house, { before: null, limit: LISTED });
  const feedback = await findFeedbackImports(house, LISTED);
  if (options.json) return context.print(JSON.stringify([...balances, ...feedback]));
  if (balances.length + feedback.length === 0) {
    return context.print("No balances and no feedback have been imported yet.");
  }
  for (const one of balances) {
    context.print(`${headOf(one)}  ${one.rows} balances, ${one.total} points  ${one.name}`);
  }
  for (const one of feedback) context.print(`${headOf(one)}  ${one.rows} feedbacks  ${one.name}`);
}

function headOf({ id, startedAt, state }: { id: string; startedAt: number; state: string }): string {
  return `${id}  ${new Date(startedAt).toISOString()}  ${state}`;
}

async function undo(context: CliContext, id: string, options: Options): Promise<void> {
  const { house } = await context.installation();
  const feedback = await undoFeedbackImport(house, id, operatorName());
  if (feedback !== null) {
    context.print(options.json ? JSON.stringify(feedback) : feedbackText(feedback));
    return;
  }
  const wish = { actor: operatorName(), despiteSpent: options.despiteSpent ?? false };
  const outcome = await undoBalances(house, id, wish);
  context.print(options.json ? JSON.stringify(outcome) : balancesText(outcome, id));
  if (outcome.kind === "refused") throw new CommandFailed("");
}

function feedbackText({ kind, removed, import: { kept } }: FeedbackUndone): string {
  if (kind === "unchanged") return "Nothing to do: the import was taken back before.";
  const left = kept === 0 ? "" : ` ${kept} stay: people or channels have gone on with them since.`;
  return `Taken back: ${removed} feedbacks.${left}`;
}

function balancesText(outcome: BalancesUndone, id: string): string {
  if (outcome.kind === "refused") {
    if (outcome.reason === "import_unknown") return `There is no import ${id}.`;
    const { customers, points } = outcome;
    return `Not taken back: ${customers} customers have spent or held ${points} of its points. Take back what is left: import undo ${id} --despite-spent`;
  }
  const { rows, total, missing, lost } = outcome.import;
  if (outcome.kind === "unchanged") return "Nothing to do: the import was taken back before.";
  const left = missing + lost === 0 ? "" : ` ${missing} points were spent already, ${lost} had expired.`;
  return `Taken back: ${rows} balances, ${total} points.${left}`;
}
