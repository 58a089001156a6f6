// `start`: the server itself. What it takes to serve is loaded only when it is asked for: other commands stay small.
import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import type { Register } from "./program.ts";

/** Adds the command; `commands` are those that the control socket may carry out. */
export function registerStart(commands: () => readonly Register[]): Register {
  return (program: Command, context: CliContext) => {
    program
      .command("start")
      .description("run the server")
      .action(async () => {
        const { runServer } = await import("./server-run.ts");
        await runServer(context, commands());
      });
  };
}
