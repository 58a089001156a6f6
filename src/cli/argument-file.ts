// Files named as arguments: a missing or unreadable one is a sentence for the person, never a stack trace.
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type CliContext, CommandFailed } from "./context.ts";

/** Longest file that a command reads into memory, bytes. */
export const ARGUMENT_FILE_LIMIT = 256 * 1024 * 1024;

/** The text of a file of the person's folder; throws CommandFailed when it cannot be read. */
export function argumentFile(context: CliContext, path: string): string {
  const full = resolve(context.folder, path);
  try {
    if (statSync(full).size > ARGUMENT_FILE_LIMIT) throw new CommandFailed(`${path} is too large`, 2);
    return readFileSync(full, "utf8");
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new CommandFailed(
      code === "ENOENT" ? `there is no file ${path}` : `${path} cannot be read: ${code}`,
      2,
    );
  }
}
