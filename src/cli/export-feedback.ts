// `export feedback`: feedback of every channel as a table for spreadsheets.
import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { deskTable, TABLE_FORMATS } from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { typedFilter } from "./feedback-desk.ts";
import { exportShelf } from "./installation.ts";

interface Options {
  readonly filter: string;
  readonly format: string;
  readonly language: string;
  readonly zone?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Adds the command to the group `export`. */
export function registerExportFeedback(group: Command, context: CliContext): void {
  group
    .command("feedback")
    .description("items of the desk as CSV (UTF-8, semicolons) or XLSX, in the order of arrival")
    .option("--filter <text>", "which; without it all: rating:1..2 day:last-month", "")
    .option("--format <name>", TABLE_FORMATS.join(" or "), "csv")
    .option("--language <name>", "of the heading: ru or en", "ru")
    .option("--zone <name>", "IANA zone of times and of the filter's days; without it the shop's")
    .option("--out <file>", "write it there instead of the standard output")
    .action((options: Options) => exportFeedback(context, options));
}

async function exportFeedback(context: CliContext, options: Options): Promise<void> {
  const format = TABLE_FORMATS.find((name) => name === options.format);
  if (format === undefined) throw new CommandFailed(`--format is ${TABLE_FORMATS.join(" or ")}`, 2);
  const { language } = options;
  if (language !== "ru" && language !== "en") throw new CommandFailed("--language is ru or en", 2);
  if (options.out === undefined && format === "xlsx") {
    throw new CommandFailed("a spreadsheet needs a file: --out FILE", 2);
  }
  const { house, config } = await context.reading();
  const filter = typedFilter(house, options.filter, options.zone);
  let rows = 0;
  const table = deskTable(house, { filter, language, zone: options.zone ?? null }, format, (count) => {
    rows += count;
  });
  if (options.out === undefined) {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    for await (const piece of table) context.print(decoder.decode(piece).replaceAll("\r\n", "\n").trimEnd());
    return;
  }
  const path = resolve(context.folder, options.out);
  // An erasure has to find it.
  exportShelf(config, context.folder).note(path, house.now());
  // What customers said is nobody else's business.
  await pipeline(Readable.from(table), createWriteStream(path, { mode: 0o600 }));
  context.print(
    options.json ? JSON.stringify({ items: rows, file: path }) : `Wrote ${rows} items to ${path}.`,
  );
}
