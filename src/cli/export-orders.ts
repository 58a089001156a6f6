// `export orders`: orders as a table for spreadsheets, or as JSON lines for other systems.
import { createWriteStream } from "node:fs";
import { chmod } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { type ExportedOrders, orderLines, ordersTable } from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { exportShelf } from "./installation.ts";
import { timeOf } from "./loyalty.ts";

interface Options {
  readonly format: string;
  readonly from?: string;
  readonly until?: string;
  readonly status?: string;
  readonly contacts?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

/** Adds the command to the group `export`. */
export function registerExportOrders(group: Command, context: CliContext): void {
  group
    .command("orders")
    .description(
      "orders, newest first, those imported too: a table, or JSON lines with what was sold and came back",
    )
    .option("--format <name>", "csv or jsonl", "csv")
    .option("--from <time>", "placed from here on")
    .option("--until <time>", "not within")
    .option("--status <name>", "only those that have this status now")
    .option("--contacts", "also names, phones and addresses")
    .option("--out <file>", "write it there instead of the standard output")
    .action((options: Options) => exportOrders(context, options));
}

async function exportOrders(context: CliContext, options: Options): Promise<void> {
  const { format, out } = options;
  if (format !== "csv" && format !== "jsonl") throw new CommandFailed("--format is csv or jsonl", 2);
  const wish = wishOf(options);
  const { house, config } = await context.reading();
  const pieces = format === "csv" ? ordersTable(house, wish) : orderLines(house, wish);
  if (out === undefined) {
    for await (const piece of pieces) context.print(piece.replaceAll("\r\n", "\n").trimEnd());
    return;
  }
  const path = resolve(context.folder, out);
  let orders = format === "csv" ? -1 : 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const piece of pieces) {
      orders += rowsOf(piece);
      yield piece;
    }
  }
  // An erasure has to find it.
  exportShelf(config, context.folder).note(path, house.now());
  // Who bought what is nobody else's business, whoever could read a file of this name before.
  const stream = createWriteStream(path, { mode: 0o600 });
  stream.once("open", () => void chmod(path, 0o600));
  await pipeline(Readable.from(counted()), stream);
  context.print(options.json ? JSON.stringify({ orders, file: path }) : `Wrote ${orders} orders to ${path}.`);
}

/** Rows of a piece: ends of lines that stand in a quoted cell do not count. */
function rowsOf(piece: string): number {
  let rows = 0;
  let isQuoted = false;
  for (const character of piece)
    if (character === '"') isQuoted = !isQuoted;
    else if (character === "\n" && !isQuoted) rows += 1;
  return rows;
}

function wishOf({ from, until, status, contacts }: Options): ExportedOrders {
  const placedFrom = timeOf("--from", from);
  const placedBefore = timeOf("--until", until);
  return {
    hasContacts: contacts ?? false,
    ...(placedFrom === null ? {} : { placedFrom }),
    ...(placedBefore === null ? {} : { placedBefore }),
    ...(status === undefined ? {} : { status }),
  };
}
