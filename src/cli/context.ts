// What a command is handed: where it runs, how it speaks, and how it gets at the data.
import type { Config } from "../config/index.ts";
import type { Installation, Reading } from "./installation.ts";

/** How a command ended: done, failed, wrong use, bad configuration. */
export type ExitCode = 0 | 1 | 2 | 78;

/** Everything a command may use. In a running server the same commands run through its control socket. */
export interface CliContext {
  /** Folder that relative paths of arguments start from. */
  readonly folder: string;
  /** True when a person watches: progress bars and colour. */
  readonly isTerminal: boolean;
  /** True when the command is carried out inside the running server, whose manners must not change. */
  readonly isInServer?: boolean;
  /** One line to the standard output. */
  print(text: string): void;
  /** One line to the standard error. */
  complain(text: string): void;
  /** The configuration; reports every mistake and throws CommandFailed(78) when it is not usable. */
  config(): Config;
  /** The same configuration with other values by setting name, spelled as the environment would. */
  configWith(overrides: Readonly<Record<string, string>>): Config;
  /** The opened, migrated database with clock and ids; opened once, closed after the command. */
  installation(): Promise<Installation>;
  /** The same for reading only, beside a running server too: for long commands that must not hold it up. */
  reading(): Promise<Reading>;
}

/** Thrown by a command that cannot go on; the message is for the person at the terminal; empty when all is said. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  readonly code: ExitCode;

  constructor(message: string, code: ExitCode = 1) {
    super(message);
    this.code = code;
  }
}
