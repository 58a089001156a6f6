// A command carried out inside the running server: the same command, with the server's own database.
import { type CliContext, CommandFailed, type ExitCode } from "./context.ts";
import type { ControlReply, ControlRequest } from "./control.ts";
import type { Installation } from "./installation.ts";
import { type Register, runCommand } from "./program.ts";

/** Runs `request` with the server's installation, which stays open. */
export function runInServer(
  installation: Installation,
  request: ControlRequest,
  reply: ControlReply,
  commands: readonly Register[],
): Promise<ExitCode> {
  const context: CliContext = {
    folder: request.folder,
    isTerminal: false,
    isInServer: true,
    print: (text) => reply.print(text),
    complain: (text) => reply.complain(text),
    config: () => installation.config,
    configWith: () => {
      throw new CommandFailed("this command starts a server of its own: run it where none is running");
    },
    installation: async () => installation,
    reading: async () => installation,
  };
  return runCommand(request.argv, context, commands);
}
