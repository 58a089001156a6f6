// `export ledger`: the points ledger as a table for accountants and auditors.
import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { ledgerTable } from "../flows/index.ts";
import type { CliContext } from "./context.ts";
import { timeOf } from "./loyalty.ts";

interface Options {
  readonly from?: string;
  readonly until?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Adds the command to the group `export`. */
export function registerExportLedger(group: Command, context: CliContext): void {
  group
    .command("ledger")
    .description("every entry of the points ledger as CSV; the amounts of each movement add up to 0")
    .option("--from <time>", "from here on")
    .option("--until <time>", "not within")
    .option("--out <file>", "write it there instead of the standard output")
    .action((options: Options) => exportLedger(context, options));
}

async function exportLedger(context: CliContext, options: Options): Promise<void> {
  const span = {
    from: timeOf("--from", options.from) ?? 0,
    until: timeOf("--until", options.until) ?? Number.MAX_SAFE_INTEGER,
  };
  const { house } = await context.installation();
  if (options.out === undefined) {
    for await (const piece of ledgerTable(house, span))
      context.print(piece.replaceAll("\r\n", "\n").trimEnd());
    return;
  }
  const path = resolve(context.folder, options.out);
  let rows = -1;
  async function* pieces(): AsyncGenerator<string> {
    for await (const piece of ledgerTable(house, span)) {
      rows += piece.split("\r\n").length - 1;
      yield piece;
    }
  }
  // Who has how many points is nobody else's business.
  await pipeline(Readable.from(pieces()), createWriteStream(path, { mode: 0o600 }));
  context.print(
    options.json ? JSON.stringify({ entries: rows, file: path }) : `Wrote ${rows} entries to ${path}.`,
  );
}
