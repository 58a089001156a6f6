// The composition root: hands the process's arguments, folder, environment and streams to the command line.
import { commands, runFromTerminal } from "./cli/index.ts";

// A reader that has seen enough (`prilavok … | head`) is no fault of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const code = await runFromTerminal(
  process.argv.slice(2),
  {
    folder: process.cwd(),
    isTerminal: process.stdout.isTTY === true,
    environment: process.env,
    print: (text) => process.stdout.write(`${text}\n`),
    complain: (text) => process.stderr.write(`${text}\n`),
  },
  commands,
);
process.exitCode = code;
