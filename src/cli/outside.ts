// A command typed at a terminal: its own configuration and database, or the running server's through the control socket.
import { join } from "node:path";
import { type Config, readConfig } from "../config/index.ts";
import { isHeld } from "../storage/index.ts";
import { type CliContext, CommandFailed, type ExitCode } from "./context.ts";
import { controlPath, forward } from "./control.ts";
import {
  type Bells,
  databaseUrl,
  dataFolder,
  type Installation,
  openInstallation,
  openReading,
  type Reading,
} from "./installation.ts";
import { type Register, runCommand } from "./program.ts";

/** Thrown inside a command when a running server holds the file: the whole command goes to it. */
class HeldByServer extends Error {}

/** What a terminal is to a command. */
export interface Terminal {
  readonly folder: string;
  readonly isTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  print(text: string): void;
  complain(text: string): void;
}

/** Runs `argv`; gives the exit code. */
export async function runFromTerminal(
  argv: readonly string[],
  terminal: Terminal,
  commands: readonly Register[],
): Promise<ExitCode> {
  let config: Config | undefined;
  let installation: Promise<Installation> | undefined;
  let reading: Promise<Reading> | undefined;
  const context: CliContext = {
    folder: terminal.folder,
    isTerminal: terminal.isTerminal,
    isInServer: false,
    print: (text) => terminal.print(text),
    complain: (text) => terminal.complain(text),
    config: () => {
      config ??= configOf(terminal, {});
      return config;
    },
    configWith: (overrides) => configOf(terminal, overrides),
    installation: () => {
      installation ??= open(context);
      return installation;
    },
    reading: () => {
      reading ??= read(context);
      return reading;
    },
  };
  try {
    return await runCommand(argv, context, commands);
  } catch (error) {
    if (!(error instanceof HeldByServer)) throw error;
    const path = controlPath(dataFolder(context.config(), context.folder));
    const code = await forward(path, { argv, folder: context.folder }, terminal);
    if (code !== null) return code;
    terminal.complain("another process has the database open and does not take commands: stop it first");
    return 1;
  } finally {
    const read = await reading?.catch(() => undefined);
    const whole = await installation?.catch(() => undefined);
    if (read !== whole) await read?.close();
    await whole?.close();
  }
}

function configOf(terminal: Terminal, overrides: Readonly<Record<string, string>>): Config {
  const result = readConfig({
    environment: terminal.environment,
    file: join(terminal.folder, "prilavok.yaml"),
    overrides,
  });
  if (result.kind === "read") return result.config;
  throw new CommandFailed(
    `The configuration is not usable:\n${result.problems.map((problem) => `  ${problem}`).join("\n")}`,
    78,
  );
}

async function open(context: CliContext): Promise<Installation> {
  const config = context.config();
  const url = databaseUrl(config, context.folder);
  if (url.startsWith("sqlite:") && isHeld(`${url.slice("sqlite:".length)}.lock`)) throw new HeldByServer();
  return openInstallation(config, context.folder, bellsOf(context));
}

async function read(context: CliContext): Promise<Reading> {
  const reading = await openReading(context.config(), context.folder, bellsOf(context));
  return reading ?? context.installation();
}

function bellsOf(context: CliContext): Bells {
  return { alarm: (kind, details) => context.complain(`alarm: ${kind} ${JSON.stringify(details)}`) };
}
