// Types a command at a terminal of the test's own, over a real database in the test's folder.
import { join } from "node:path";
import { commands, runFromTerminal } from "../../src/cli/index.ts";

/** What a command answered. */
export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs `argv` in `folder`, with the data in its folder "data". */
export async function typeAt(folder: string, argv: readonly string[]): Promise<Typed> {
  const said = { out: "", error: "" };
  const code = await runFromTerminal(
    argv,
    {
      folder,
      isTerminal: false,
      environment: { PRILAVOK_DATA_DIR: join(folder, "data") },
      print: (text) => {
        said.out += `${text}\n`;
      },
      complain: (text) => {
        said.error += `${text}\n`;
      },
    },
    commands,
  );
  return { code, ...said };
}
