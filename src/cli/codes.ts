// `codes`: promo codes in batches: made, imported from a table, listed, handed out, switched off.
import { createReadStream, createWriteStream } from "node:fs";
import { basename, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { readMoment } from "../core/pricing/index.ts";
import {
  batchMistake,
  type CodesGenerated,
  type CodesImported,
  codeTable,
  findBatch,
  findBatches,
  generateCodes,
  importCodes,
  patternMistake,
  switchBatch,
  table,
  type WishField,
} from "../flows/index.ts";
import type { CodeBatch } from "../storage/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { countsText, existingFile, withProgress } from "./import-report.ts";
import { keepMemoryLow } from "./memory.ts";

/** Batches that are listed. */
const LISTED = 100;

interface GenerateFlags {
  readonly count: string;
  readonly pattern: string;
  readonly name: string;
  readonly alphabet?: string;
  readonly uses: string;
  readonly until?: string;
  readonly json?: boolean;
}

/** Adds the commands. */
export function registerCodes(program: Command, context: CliContext): void {
  const codes = program.command("codes").description("promo codes");
  codes
    .command("generate <promotion>")
    .description(
      "make a batch of random codes; the same again makes nothing new and goes on where it was interrupted",
    )
    .requiredOption("--count <number>", "how many")
    .requiredOption("--pattern <pattern>", "such as SALE-####-####-###; each # is a random character")
    .requiredOption("--name <name>", "what the batch is called")
    .option("--uses <number>", "how often each may be used: 1 for personal codes, or unlimited", "1")
    .option("--until <moment>", "end: a date, a local date-time or an ISO 8601 instant")
    .option(
      "--alphabet <characters>",
      "what random characters are chosen from; the usual ones look like no other",
    )
    .action((promotion: string, flags: GenerateFlags) => generate(context, promotion, flags));
  codes
    .command("import <file>")
    .description("take codes from a CSV table: code, promotion, and if wanted state, until, uses, customer")
    .option("--batch <name>", "what this lot is called; the file's name when not given")
    .option("--promotion <id>", "promotion of rows that name none")
    .action((file: string, flags: { batch?: string; promotion?: string; json?: boolean }) =>
      take(context, file, flags),
    );
  codes
    .command("batches")
    .description("list batches, newest first")
    .action((flags: { json?: boolean }) => list(context, flags));
  codes
    .command("export <batch>")
    .description("the codes of a batch (its name or id) as a CSV table")
    .option("--out <file>", "write to a file instead of here")
    .action((batch: string, flags: { out?: string; json?: boolean }) => hand(context, batch, flags));
  codes
    .command("disable <batch>")
    .description("switch all codes of a batch (its name or id) off, from the next cart on")
    .option("--undo", "switch them on again")
    .action((batch: string, flags: { undo?: boolean; json?: boolean }) => disable(context, batch, flags));
}

async function generate(context: CliContext, promotionId: string, flags: GenerateFlags): Promise<void> {
  const { house, rules } = await context.installation();
  const { zone } = (await rules.current()).rules;
  if (!context.isInServer) keepMemoryLow();
  const count = wholeNumber(flags.count, "--count");
  const validUntil = flags.until === undefined ? null : readMoment(flags.until, zone);
  if (flags.until !== undefined && validUntil === null)
    throw new CommandFailed("--until must be a date, a local date-time or an ISO 8601 instant", 2);
  const wish = {
    name: flags.name,
    promotionId,
    pattern: flags.pattern,
    alphabet: flags.alphabet ?? null,
    count,
    usesPerCode: flags.uses === "unlimited" ? null : wholeNumber(flags.uses, "--uses"),
    validUntil,
  };
  const made = await withProgress(context, count, (onMade) => generateCodes(house, rules, wish, { onMade }));
  if (flags.json) context.print(JSON.stringify(made));
  else if (made.kind === "made") context.print(`Made ${made.batch.codes} codes: batch ${made.batch.name}.`);
  else if (made.kind === "unchanged")
    context.print(`Nothing to do: batch ${made.batch.name} has its ${made.batch.codes} codes.`);
  if (made.kind === "refused") throw new CommandFailed(flags.json ? "" : refusalText(made));
}

function wholeNumber(text: string, option: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new CommandFailed(`${option} must be a whole number`, 2);
  return Number(text);
}

const OPTIONS: Readonly<Record<WishField, string>> = {
  name: "--name",
  promotionId: "the promotion",
  pattern: "--pattern",
  alphabet: "--alphabet",
  count: "--count",
  usesPerCode: "--uses",
  validUntil: "--until",
};

function refusalText(made: Extract<CodesGenerated, { kind: "refused" }>): string {
  const { field, message } =
    made.reason === "pattern_refused" ? patternMistake(made.problem) : batchMistake(made.reason);
  return `No codes were made: ${OPTIONS[field]} ${message}.`;
}

async function take(
  context: CliContext,
  file: string,
  flags: { batch?: string; promotion?: string; json?: boolean },
): Promise<void> {
  const { path, bytes } = await existingFile(context, file);
  const { house, rules } = await context.installation();
  if (!context.isInServer) keepMemoryLow();
  const options = {
    batch: flags.batch ?? basename(file),
    ...(flags.promotion === undefined ? {} : { promotionId: flags.promotion }),
  };
  // Read three times: for the encoding, for the form, for the codes.
  const result = await withProgress(context, 3 * bytes, (onBytes) => {
    let done = 0;
    const open = async function* () {
      for await (const piece of createReadStream(path)) {
        done += (piece as Buffer).length;
        onBytes(done);
        yield piece as Buffer;
      }
    };
    return importCodes(house, rules, { open }, options);
  });
  if (flags.json) context.print(JSON.stringify(result));
  else for (const line of resultLines(result)) context.print(line);
  if (result.refused > 0) throw new CommandFailed("");
}

function resultLines({ problems, reasons, ...counts }: CodesImported): string[] {
  const { added, changed, unchanged, repeated, refused } = counts;
  const lines = problems.map(({ line, message }) => `line ${line}: ${message}`);
  if (refused > problems.length) {
    const byReason = Object.entries(reasons).map(([reason, count]) => [reason.replaceAll("_", " "), count]);
    lines.push(`… ${countsText(Object.fromEntries(byReason))}`);
  }
  const twice = repeated === 0 ? "" : `, ${repeated} repeated`;
  return [
    ...lines,
    added + changed + refused === 0
      ? `Nothing to do: ${unchanged} codes are known already${twice}.`
      : `${added} added, ${changed} changed, ${unchanged} unchanged${twice}, ${refused} left out.`,
  ];
}

async function list(context: CliContext, flags: { json?: boolean }): Promise<void> {
  const { house } = await context.installation();
  const batches = await findBatches(house, { before: null, limit: LISTED });
  if (flags.json) return context.print(JSON.stringify(batches));
  if (batches.length === 0) return context.print("There are no batches of codes.");
  const rows = batches.map((batch) => [
    batch.name,
    batch.promotionId ?? "several",
    String(batch.codes),
    batch.pattern ?? batch.kind,
    batch.usesPerCode === null ? "" : `${batch.usesPerCode} use${batch.usesPerCode === 1 ? "" : "s"}`,
    batch.validUntil === null ? "" : `until ${new Date(batch.validUntil).toISOString()}`,
    stateOf(batch),
  ]);
  for (const line of table(rows, [2])) context.print(line);
}

function stateOf(batch: CodeBatch): string {
  if (batch.disabledAt !== null) return "off";
  return batch.completedAt === null ? "unfinished" : "";
}

async function batchOf(context: CliContext, name: string): Promise<CodeBatch> {
  const { house } = await context.installation();
  const batch = await findBatch(house, name);
  if (batch === null) throw new CommandFailed(`there is no batch ${name}`);
  return batch;
}

async function hand(
  context: CliContext,
  name: string,
  flags: { out?: string; json?: boolean },
): Promise<void> {
  const { house } = await context.installation();
  const batch = await batchOf(context, name);
  if (flags.out === undefined) {
    for await (const piece of codeTable(house, batch.id))
      context.print(piece.replaceAll("\r\n", "\n").trimEnd());
    return;
  }
  const path = resolve(context.folder, flags.out);
  // Codes are as good as money: nobody else of the machine reads them.
  const file = createWriteStream(path, { mode: 0o600 });
  await withProgress(context, batch.codes, (onCodes) => {
    let rows = -1;
    const pieces = async function* () {
      for await (const piece of codeTable(house, batch.id)) {
        rows += piece.split("\n").length - 1;
        onCodes(rows);
        yield piece;
      }
    };
    return pipeline(Readable.from(pieces()), file);
  });
  context.print(
    flags.json ? JSON.stringify({ batch, file: path }) : `Wrote ${batch.codes} codes to ${path}.`,
  );
}

async function disable(
  context: CliContext,
  name: string,
  flags: { undo?: boolean; json?: boolean },
): Promise<void> {
  const { house } = await context.installation();
  const { id } = await batchOf(context, name);
  const batch = await switchBatch(house, id, flags.undo !== true);
  if (flags.json) context.print(JSON.stringify(batch));
  else
    context.print(
      flags.undo ? `Batch ${name} is on again.` : `Batch ${name} is off: none of its codes works.`,
    );
}
