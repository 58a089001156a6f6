// The command line: one file per command, put together here.
import { Command, CommanderError } from "commander";
import { DatabaseUnavailable, EngineRefused } from "../storage/index.ts";
import { type CliContext, CommandFailed, type ExitCode } from "./context.ts";

/** Adds one command to the program. */
export type Register = (program: Command, context: CliContext) => void;

/** Runs `argv` (without the program's name); gives the exit code. Never throws for a person's mistake. */
export async function runCommand(
  argv: readonly string[],
  context: CliContext,
  commands: readonly Register[],
): Promise<ExitCode> {
  const program = new Command("prilavok")
    .description("The retailer's side of the counter: carts, ratings and feedback of your sales channels.")
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.complain(text.trimEnd()),
    });
  for (const register of commands) register(program, context);
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput(program.configureOutput());
    // Not on groups: theirs would swallow the flag of the command inside them.
    const isGroup = command.commands.length > 0;
    if (!isGroup && !command.options.some((option) => option.long === "--json"))
      command.option("--json", "print the result as JSON");
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof CommandFailed) {
      if (error.message !== "") context.complain(error.message);
      return error.code;
    }
    if (error instanceof EngineRefused) {
      context.complain(error.message);
      return 78;
    }
    if (error instanceof DatabaseUnavailable) {
      context.complain(
        `${error.message}: ${(error.cause as Error | undefined)?.message ?? "no reason given"}`,
      );
      return 1;
    }
    throw error;
  }
}

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((inner) => [inner, ...everyCommand(inner)]);
}
