// `feedback answer policy|templates|budgets|places|ledger|deadline`: the rules of answers, and what was sent, as a table.
import { createWriteStream, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { parse, stringify } from "yaml";
import { checkAnswerPolicy } from "../contract/index.ts";
import type { PromoBudget } from "../core/desk/index.ts";
import {
  answerBudgets,
  answerDeadline,
  answerLedger,
  answerMonth,
  answerPlaces,
  answerTemplates,
  dropAnswerTemplate,
  readAnswerPolicy,
  saveAnswerTemplate,
  setAnswerBudget,
  switchAnswerPlace,
  writeAnswerPolicy,
} from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { operatorName } from "./import-shop.ts";
import { timeOf } from "./loyalty.ts";

interface Json {
  readonly json?: boolean;
}

interface TemplateOptions extends Json {
  readonly name: string;
  readonly text: string;
  readonly language: string;
  readonly stars: string;
  readonly topics: string;
}

interface BudgetOptions extends Json {
  readonly promos?: string;
  readonly roubles?: string;
  readonly usual?: boolean;
}

/** Adds the commands to `feedback answer`. */
export function registerAnswerRules(group: Command, context: CliContext): void {
  group
    .command("policy")
    .description("the rules of answers as YAML")
    .option("--set <file>", "set them from this file")
    .action((options: Json & { set?: string }) => policy(context, options));
  group
    .command("templates")
    .description("all templates")
    .action((options: Json) => templates(context, options));
  group
    .command("template-add")
    .description("add a template")
    .requiredOption("--name <text>", "its name")
    .requiredOption("--text <text>", "with {name}, {branch}, {dish} and {promo} where they are filled in")
    .option("--language <name>", "ru or en", "ru")
    .option("--stars <range>", "stars that it suits, such as 1..3", "1..5")
    .option("--topics <list>", "topics that it suits, comma-separated; without it every one", "")
    .action((options: TemplateOptions) => addTemplate(context, options));
  group
    .command("template-remove <template>")
    .description("remove a template")
    .action((id: string, options: Json) => removeTemplate(context, id, options));
  group
    .command("budgets")
    .description("what branches may give away in a month, and have")
    .option("--month <month>", "such as 2026-11; without it this one")
    .action((options: Json & { month?: string }) => budgets(context, options));
  group
    .command("budget <branch>")
    .description("give a branch a monthly budget of its own")
    .option("--promos <number>", "promo codes in a month")
    .option("--roubles <number>", "roubles in a month, as percent of the orders' sums")
    .option("--usual", "the usual budget counts again")
    .action((branch: string, options: BudgetOptions) => setBudget(context, branch, options));
  group
    .command("places")
    .description("places of which it is known whether they take answers")
    .action((options: Json) => places(context, options));
  group
    .command("place <place>")
    .description("switch answers of a place on or off")
    .option("--on", "answers are offered there")
    .option("--off", "none are")
    .action((place: string, options: Json & { on?: boolean; off?: boolean }) =>
      setPlace(context, place, options),
    );
  group
    .command("deadline")
    .description("how old a feedback may be for an answer to arrive, as far as that was learned")
    .action((options: Json) => deadline(context, options));
  group
    .command("ledger")
    .description("every answer as CSV")
    .option("--from <time>", "drafted from here on")
    .option("--until <time>", "not drafted from there on")
    .option("--out <file>", "write it there instead of the standard output")
    .action((options: Json & { from?: string; until?: string; out?: string }) => ledger(context, options));
}

async function policy(context: CliContext, options: Json & { readonly set?: string }): Promise<void> {
  const { house } = await context.installation();
  if (options.set !== undefined) {
    const checked = checkAnswerPolicy(parse(readFileSync(resolve(context.folder, options.set), "utf8")));
    if (checked.kind === "refused")
      throw new CommandFailed(checked.problems.map(({ path, message }) => `${path} ${message}`).join("\n"));
    await writeAnswerPolicy(house, checked.document, operatorName());
  }
  const now = await readAnswerPolicy(house);
  context.print(options.json ? JSON.stringify(now) : stringify(now).trimEnd());
}

async function templates(context: CliContext, options: Json): Promise<void> {
  const { house } = await context.installation();
  const found = await answerTemplates(house);
  if (options.json) return context.print(JSON.stringify(found));
  if (found.length === 0) context.print("There are no templates.");
  for (const { id, name, language, starsFrom, starsTo, topics, text } of found)
    context.print(
      `${id}  ${name}  ${language}  ${starsFrom}..${starsTo}  ${topics.join(",") || "-"}  ${text.replaceAll(/\s+/g, " ")}`,
    );
}

async function addTemplate(context: CliContext, options: TemplateOptions): Promise<void> {
  const stars = /^([1-5])\.\.([1-5])$/.exec(options.stars);
  if (stars === null) throw new CommandFailed("--stars is a range such as 1..3", 2);
  const { language, name, text } = options;
  if (language !== "ru" && language !== "en") throw new CommandFailed("--language is ru or en", 2);
  const topics = options.topics.split(",").flatMap((topic) => (topic.trim() === "" ? [] : [topic.trim()]));
  const { house } = await context.installation();
  const range = { starsFrom: Number(stars[1]), starsTo: Number(stars[2]) };
  const wish = { id: null, name, text, language, topics, ...range } as const;
  const saved = await saveAnswerTemplate(house, wish, operatorName());
  if (saved.kind === "refused") throw new CommandFailed(`not added: ${saved.reason.replaceAll("_", " ")}`);
  context.print(options.json ? JSON.stringify(saved.template) : `Added: ${saved.template.id}`);
}

async function removeTemplate(context: CliContext, id: string, options: Json): Promise<void> {
  const { house } = await context.installation();
  const isRemoved = await dropAnswerTemplate(house, id, operatorName());
  if (!isRemoved) throw new CommandFailed("there is no such template");
  context.print(options.json ? JSON.stringify({ isRemoved }) : "Removed.");
}

const limitText = ({ promos, amountMinor }: PromoBudget): string =>
  `${promos ?? "any number of"} codes, ${amountMinor === null ? "any amount" : `${amountMinor / 100} roubles`}`;

async function budgets(context: CliContext, options: Json & { readonly month?: string }): Promise<void> {
  if (options.month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(options.month))
    throw new CommandFailed("--month is a month such as 2026-11", 2);
  const { house } = await context.installation();
  const month = options.month === undefined ? answerMonth(house) : Number(options.month.replace("-", ""));
  const found = await answerBudgets(house, month);
  if (options.json) return context.print(JSON.stringify({ month, ...found }));
  context.print(`Usual: ${limitText(found.usual)}.`);
  for (const { branchId, own, usedPromos, usedMinor } of found.branches)
    context.print(
      `${branchId || "(no branch)"}  used ${usedPromos} codes, ${usedMinor / 100} roubles, of ${limitText(own ?? found.usual)}`,
    );
}

async function setBudget(context: CliContext, branchId: string, options: BudgetOptions): Promise<void> {
  const { promos, roubles, usual } = options;
  if ((usual === true) === (promos !== undefined || roubles !== undefined))
    throw new CommandFailed("give --promos or --roubles or both, or --usual", 2);
  const budget = usual
    ? null
    : {
        promos: promos === undefined ? null : whole("--promos", promos),
        amountMinor: roubles === undefined ? null : whole("--roubles", roubles) * 100,
      };
  const { house } = await context.installation();
  await setAnswerBudget(house, { branchId, budget, actor: operatorName() });
  context.print(options.json ? JSON.stringify({ branchId, budget }) : "Set.");
}

function whole(name: string, text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new CommandFailed(`${name} is a whole number`, 2);
}

async function places(context: CliContext, options: Json): Promise<void> {
  const { house } = await context.installation();
  const found = await answerPlaces(house);
  if (options.json) return context.print(JSON.stringify(found));
  if (found.length === 0) context.print("Nothing is known yet: every place is tried.");
  for (const { placeId, isSubscribed, changedAt, changedBy } of found)
    context.print(
      `${placeId}  ${isSubscribed ? "answers" : "no answers"}  since ${new Date(changedAt).toISOString()}  ${changedBy ?? "said by the marketplace"}`,
    );
}

async function setPlace(
  context: CliContext,
  placeId: string,
  options: Json & { readonly on?: boolean; readonly off?: boolean },
): Promise<void> {
  const isSubscribed = options.on === true;
  if (isSubscribed === (options.off === true)) throw new CommandFailed("say --on or --off", 2);
  const { house } = await context.installation();
  const place = await switchAnswerPlace(house, { placeId, isSubscribed, actor: operatorName() });
  context.print(options.json ? JSON.stringify(place) : "Set.");
}

async function deadline(context: CliContext, options: Json): Promise<void> {
  const { house } = await context.installation();
  const learned = await answerDeadline(house);
  if (options.json) return context.print(JSON.stringify(learned));
  const hours = (ms: number): number => Math.round(ms / 360_000) / 10;
  if (learned.kind === "not_enough")
    context.print(
      `Not learned yet: ${learned.outcomes} outcomes, too few of one kind or not told apart by age.`,
    );
  else
    context.print(
      `Answers stop arriving at an age of ${hours(learned.ageMs)} hours (${hours(learned.fromMs)} to ${hours(learned.toMs)}), by ${learned.outcomes} outcomes.`,
    );
}

async function ledger(
  context: CliContext,
  options: Json & { readonly from?: string; readonly until?: string; readonly out?: string },
): Promise<void> {
  const span = {
    from: timeOf("--from", options.from) ?? 0,
    until: timeOf("--until", options.until) ?? Number.MAX_SAFE_INTEGER,
  };
  const { house } = await context.installation();
  if (options.out === undefined) {
    for await (const piece of answerLedger(house, span))
      context.print(piece.replaceAll("\r\n", "\n").trimEnd());
    return;
  }
  const path = resolve(context.folder, options.out);
  // Customers' and colleagues' words: nobody else's business.
  await pipeline(Readable.from(answerLedger(house, span)), createWriteStream(path, { mode: 0o600 }));
  context.print(options.json ? JSON.stringify({ file: path }) : `Written to ${path}.`);
}
