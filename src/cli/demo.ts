// `demo`: see it work. The server and the story are loaded only when it is asked for.
import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import type { Register } from "./program.ts";

/** Adds the command; `commands` are used to load the world as an operator would. */
export function registerDemo(commands: () => readonly Register[]): Register {
  return (program: Command, context: CliContext) => {
    program
      .command("demo")
      .description("see it work: a disposable world in ./data/demo and real calls over HTTP")
      .option("--once", "send the calls, print, end")
      .option("--port <number>", "port to serve on", "8080")
      .action(async (options: { once?: boolean; port: string }) => {
        const { demo } = await import("./demo-run.ts");
        await demo(context, commands(), options);
      });
  };
}
