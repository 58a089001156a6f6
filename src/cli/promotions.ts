// `promotions validate|apply|rollback|export|schema|history`: rule sets as files.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { stringify } from "yaml";
import { type Mistake, programmeSchema, promotionSetSchema } from "../contract/index.ts";
import { parseDecimal } from "../core/money/index.ts";
import type { PromotionSet } from "../core/pricing/index.ts";
import type { PublicationReport, PublicationSettings } from "../core/publication/index.ts";
import {
  type AuthoredProblem,
  differenceLines,
  exportProgramme,
  exportPromotions,
  findingLine,
  importProgramme,
  importPromotions,
  judgePublication,
  problemLine,
  type RulesImported,
  readProgramme,
  readPromotions,
  returnToVersion,
  rulesHistory,
  unanalysedLines,
} from "../flows/index.ts";
import { argumentFile } from "./argument-file.ts";
import { type CliContext, CommandFailed } from "./context.ts";

/** Versions that `history` lists unless told otherwise. */
const HISTORY = 20;

interface Options {
  readonly json?: boolean;
  readonly programme?: boolean;
}

interface ApplyFlags extends Options {
  readonly dryRun?: boolean;
  readonly note?: string;
  readonly version?: string;
  readonly despite?: string;
}

interface ValidateFlags extends Options {
  readonly lowestPercent?: string;
  readonly giftCap?: string;
  readonly ru?: boolean;
}

/** Adds the command. */
export function registerPromotions(program: Command, context: CliContext): void {
  const promotions = program.command("promotions").description("promotions as files");
  const about = "the file holds the loyalty programme instead of promotions";
  promotions
    .command("validate <file>")
    .description("find every mistake of a file, and what should not be published")
    .option("--programme", about)
    .option("--lowest-percent <number>", "no price may fall below this share of the list price")
    .option("--gift-cap <roubles>", "no gift may be worth more")
    .option("--ru", "findings in Russian")
    .action((file: string, options: ValidateFlags) => validate(context, file, options));
  promotions
    .command("apply [file]")
    .description("show what a file changes and bring it into force")
    .option("--dry-run", "show it and change nothing")
    .option("--note <text>", "why, for the history", "")
    .option("--version <number>", "go back to an old version, as rollback does")
    .option("--despite <codes>", "publish although these findings of the gate stand, comma between them")
    .option("--programme", about)
    .action((file: string | undefined, options: ApplyFlags) => apply(context, file, options));
  promotions
    .command("rollback [version]")
    .description(
      "go back to a whole old version, promotions and programme; without a number: undo the last change",
    )
    .option("--dry-run", "show what would change and change nothing")
    .option("--note <text>", "why, for the history", "")
    .action((version: string | undefined, options: ApplyFlags) =>
      rollBack(context, version === undefined ? null : versionOf(version), options),
    );
  promotions
    .command("export [file]")
    .description("write what is in force; - or nothing: to the terminal; .json: as JSON")
    .option("--programme", "the loyalty programme instead of promotions")
    .action((file: string | undefined, options: Options) => exportRules(context, file ?? "-", options));
  promotions
    .command("schema")
    .description("the JSON Schema of promotion files, for editors")
    .option("--programme", "of the loyalty programme's file")
    .action((options: Options) => {
      const schema = options.programme ? programmeSchema : promotionSetSchema;
      context.print(JSON.stringify(schema, null, options.json ? 0 : 2));
    });
  promotions
    .command("history")
    .description("versions there were, newest first")
    .option("--limit <number>", "how many", String(HISTORY))
    .action((options: { limit: string; json?: boolean }) => history(context, options));
}

async function validate(context: CliContext, file: string, options: ValidateFlags): Promise<void> {
  const text = argumentFile(context, file);
  const settings = settingsOf(options);
  const { house, rules } = await context.installation();
  const read = options.programme ? readProgramme(text) : readPromotions(text, rules.timeZone);
  const isSet = read.kind === "read" && !options.programme;
  const set = isSet ? (read.document as PromotionSet) : null;
  const gate = set === null ? NOTHING_FOUND : await judgePublication(house, set, rules.timeZone, settings);
  report(context, file, options, read.kind === "read" ? [] : read.problems, gate);
}

const NOTHING_FOUND: PublicationReport = { findings: [], notAnalysed: [] };

function settingsOf({ lowestPercent, giftCap }: ValidateFlags): PublicationSettings {
  const number = (text: string, most: number): number => {
    const value = parseDecimal(text, 2);
    if (value === null || value < 0 || value > most) throw new CommandFailed(`${text} is no such number`, 2);
    return value;
  };
  return {
    ...(lowestPercent === undefined ? {} : { lowestShareBps: number(lowestPercent, 10_000) }),
    ...(giftCap === undefined ? {} : { giftPriceCap: number(giftCap, Number.MAX_SAFE_INTEGER) }),
  };
}

function report(
  context: CliContext,
  file: string,
  options: ValidateFlags,
  problems: readonly AuthoredProblem[],
  gate: PublicationReport,
): void {
  const errors = gate.findings.filter(({ severity }) => severity === "error").length;
  const isGood = problems.length + errors === 0;
  if (options.json) context.print(JSON.stringify({ valid: isGood, problems, ...gate }));
  else {
    for (const problem of problems) context.print(problemLine(problem));
    for (const finding of gate.findings) context.print(findingLine(finding, options.ru ? "ru" : "en"));
    if (gate.findings.length > 0) for (const line of unanalysedLines(gate)) context.print(line);
    if (isGood) context.print(`${file} is valid.`);
  }
  if (!isGood) throw new CommandFailed(options.json ? "" : `${file}: ${count(problems.length + errors)}`);
}

async function apply(context: CliContext, file: string | undefined, options: ApplyFlags): Promise<void> {
  if ((file === undefined) === (options.version === undefined))
    throw new CommandFailed("give a file, or --version with the number of an old version", 2);
  if (options.version !== undefined) return rollBack(context, versionOf(options.version), options);
  const text = file === undefined ? "" : argumentFile(context, file);
  const { house, rules } = await context.installation();
  const bring = options.programme ? importProgramme : importPromotions;
  tell(context, await bring(house, rules, text, howOf(options)), options);
}

async function rollBack(context: CliContext, version: number | null, options: ApplyFlags): Promise<void> {
  const { house, rules } = await context.installation();
  const outcome = await returnToVersion(house, rules, version, howOf(options));
  tell(context, outcome, options);
  if (outcome.kind === "applied" && !options.json)
    context.print(
      "Promotions and programme are those of that version; codes of the code table stay as they are.",
    );
}

function howOf(options: ApplyFlags) {
  const despite = (options.despite ?? "").split(",").map((code) => code.trim());
  return { note: options.note ?? "", isDryRun: options.dryRun === true, despite };
}

function versionOf(text: string): number {
  const version = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(version) || version < 0)
    throw new CommandFailed("a version is a whole number, see `promotions history`", 2);
  return version;
}

function tell(context: CliContext, outcome: RulesImported, options: Options): void {
  if (options.json) context.print(JSON.stringify(outcome));
  else if (outcome.kind === "unchanged") {
    context.print(`Nothing to do: this is version ${outcome.version} already.`);
  } else if (outcome.kind !== "refused") {
    for (const line of differenceLines(outcome.difference)) context.print(line);
    context.print(
      outcome.kind === "planned"
        ? "Nothing was changed."
        : `Applied as version ${outcome.version}, ${outcome.hash.slice(0, 12)}.`,
    );
  } else if ("findings" in outcome) {
    for (const finding of outcome.findings) context.print(findingLine(finding, "en"));
  } else if ("problems" in outcome) {
    for (const problem of outcome.problems) context.print(problemLine(located(problem)));
  }
  if (outcome.kind === "refused") throw new CommandFailed(options.json ? "" : refusal(outcome));
}

function located(problem: Mistake | AuthoredProblem): AuthoredProblem {
  return "line" in problem ? problem : { ...problem, line: null };
}

function refusal(outcome: Extract<RulesImported, { kind: "refused" }>): string {
  if (outcome.reason === "changed_meanwhile") return "somebody else applied something meanwhile: look again";
  if (outcome.reason === "no_such_version") return "there is no such version, see `promotions history`";
  if (outcome.reason === "not_publishable")
    return `nothing was changed: ${count(outcome.findings.length)}; --despite CODE publishes all the same`;
  return `nothing was changed: ${count("problems" in outcome ? outcome.problems.length : 0)}`;
}

async function exportRules(context: CliContext, file: string, options: Options): Promise<void> {
  const { rules } = await context.installation();
  const document = options.programme ? await exportProgramme(rules) : await exportPromotions(rules);
  if (document === null) throw new CommandFailed("there is no programme");
  const isJson = file.endsWith(".json") || (file === "-" && options.json === true);
  const text = isJson ? `${JSON.stringify(document, null, 2)}\n` : stringify(document, { lineWidth: 110 });
  if (file === "-") return context.print(text.trimEnd());
  try {
    writeFileSync(resolve(context.folder, file), text);
  } catch (error) {
    throw new CommandFailed(
      `${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`,
    );
  }
  if (options.json) context.print(JSON.stringify({ written: file }));
  else context.print(`Written to ${file}.`);
}

async function history(context: CliContext, options: { limit: string; json?: boolean }): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new CommandFailed("--limit is a whole number from 1", 2);
  const { house } = await context.installation();
  const versions = await rulesHistory(house, limit);
  if (options.json) return context.print(JSON.stringify(versions));
  if (versions.length === 0) context.print("Nothing was ever applied.");
  for (const { version, createdAt, hash, note } of versions)
    context.print(
      `${version}  ${new Date(createdAt).toISOString()}  ${hash.slice(0, 12)}  ${note}`.trimEnd(),
    );
}

function count(problems: number): string {
  return problems === 1 ? "1 mistake" : `${problems} mistakes`;
}
