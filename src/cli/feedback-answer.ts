// `feedback answer …`: answers to feedback of marketplaces at a terminal.
import type { Command } from "commander";
import { ANSWER_STATES, type AnswerRemark } from "../core/desk/index.ts";
import {
  type AnswerMoved,
  approveAnswer,
  declineAnswer,
  draftAnswer,
  dropDraft,
  findAnswers,
  offerAnswer,
  readAnswer,
  resolveAnswer,
  sendAnswer,
  undoAnswer,
} from "../flows/index.ts";
import type { StoredAnswer } from "../storage/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { registerAnswerRules } from "./feedback-answer-rules.ts";
import { operatorName } from "./import-shop.ts";

/** Most answers of one list. */
const LIMIT = 200;

/** Characters of a text that a line shows. */
const SHOWN = 60;

interface Json {
  readonly json?: boolean;
}

interface DraftOptions extends Json {
  readonly text?: string;
  readonly template?: string;
  readonly promo?: string;
}

interface ListOptions extends Json {
  readonly state?: string;
  readonly branch?: string;
  readonly item?: string;
  readonly limit: string;
}

/** Adds the group to `feedback`. */
export function registerFeedbackAnswer(feedback: Command, context: CliContext): void {
  const group = feedback.command("answer").description("answers to feedback: sent at most once");
  group
    .command("draft <item>")
    .description("write a draft; nothing leaves until it is sent")
    .option("--text <text>", "what the customer reads")
    .option("--template <id>", "fill a template in")
    .option("--promo <percent>", "with a promo code of 10, 15, 20, 30 or 40 percent")
    .action((item: string, options: DraftOptions) => draft(context, item, options));
  group
    .command("list")
    .description("answers, newest first")
    .option("--state <name>", `only in this state: ${ANSWER_STATES.join(", ")}`)
    .option("--branch <id>", "only of this outlet")
    .option("--item <id>", "only to this item")
    .option("--limit <number>", `how many, up to ${LIMIT}`, "20")
    .action((options: ListOptions) => list(context, options));
  group
    .command("show <answer>")
    .description("one answer with every call that was made")
    .action((answer: string, options: Json) => show(context, answer, options));
  group
    .command("check <answer>")
    .description("what there is to remark on a draft")
    .action((answer: string, options: Json) => check(context, answer, options));
  group
    .command("offer <item>")
    .description("whether an item can be answered, and with which templates")
    .action((item: string, options: Json) => offer(context, item, options));
  group
    .command("send <answer>")
    .description("send a draft; it goes ten seconds later")
    .option("--confirm <checks>", "warnings that are meant so, comma-separated")
    .action((answer: string, options: Json & { confirm?: string }) => send(context, answer, options));
  group
    .command("drop <answer>")
    .description("throw a draft away")
    .action((answer: string, options: Json) => drop(context, answer, options));
  registerMoves(group, context);
  registerAnswerRules(group, context);
}

function registerMoves(group: Command, context: CliContext): void {
  group
    .command("undo <answer>")
    .description("take an answer back that is not on its way")
    .action(async (answerId: string, options: Json) => {
      const { house } = await context.installation();
      tell(context, await undoAnswer(house, { answerId, actor: operatorName() }), options);
    });
  for (const [verb, decide] of [
    ["approve", approveAnswer],
    ["decline", declineAnswer],
  ] as const)
    group
      .command(`${verb} <answer>`)
      .description(`${verb} an answer as the second person`)
      .action(async (answerId: string, options: Json) => {
        const { house } = await context.installation();
        tell(context, await decide(house, { answerId, actor: operatorName(), role: "admin" }), options);
      });
  group
    .command("resolve <answer>")
    .description("say what became of an unknown answer")
    .option("--sent", "the customer has got it")
    .option("--not-sent", "the customer has not got it: send it again")
    .action(async (answerId: string, options: Json & { sent?: boolean; notSent?: boolean }) => {
      const wasSent = options.sent === true;
      if (wasSent === (options.notSent === true)) throw new CommandFailed("say --sent or --not-sent", 2);
      const { house } = await context.installation();
      tell(context, await resolveAnswer(house, { answerId, actor: operatorName(), wasSent }), options);
    });
}

async function draft(context: CliContext, itemId: string, options: DraftOptions): Promise<void> {
  const { text = null, template = null, promo } = options;
  if (text === null && template === null) throw new CommandFailed("give --text or --template", 2);
  const { house } = await context.installation();
  const drafted = await draftAnswer(house, {
    itemId,
    text,
    templateId: template,
    promoPercent: promo === undefined ? null : Number(promo),
    actor: operatorName(),
  });
  if (drafted.kind === "refused") throw new CommandFailed(`no draft: ${drafted.reason.replaceAll("_", " ")}`);
  if (options.json) return context.print(JSON.stringify(drafted));
  context.print(drafted.answer.text);
  printRemarks(context, drafted.remarks);
  context.print(`To send it: feedback answer send ${drafted.answer.id}`);
}

async function list(context: CliContext, options: ListOptions): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT)
    throw new CommandFailed(`--limit is a whole number from 1 to ${LIMIT}`, 2);
  const state = ANSWER_STATES.find((one) => one === options.state);
  if (options.state !== undefined && state === undefined)
    throw new CommandFailed(`--state is one of ${ANSWER_STATES.join(", ")}`, 2);
  const { house } = await context.installation();
  const found = await findAnswers(house, {
    limit,
    ...(state === undefined ? {} : { state }),
    ...(options.branch === undefined ? {} : { branchId: options.branch }),
    ...(options.item === undefined ? {} : { itemId: options.item }),
  });
  if (options.json) return context.print(JSON.stringify(found));
  if (found.length === 0) context.print("There are no answers.");
  for (const answer of found) context.print(lineOf(answer));
}

async function show(context: CliContext, answerId: string, options: Json): Promise<void> {
  const story = await read(context, answerId);
  if (options.json) return context.print(JSON.stringify(story));
  context.print(lineOf(story.answer));
  context.print(story.answer.text);
  printRemarks(context, story.remarks);
  for (const { number, startedAt, outcome, status, note } of story.attempts)
    context.print(
      `call ${number}  ${new Date(startedAt).toISOString()}  ${outcome ?? "on its way"}  ${status ?? "-"}  ${note ?? ""}`,
    );
}

async function check(context: CliContext, answerId: string, options: Json): Promise<void> {
  const { remarks } = await read(context, answerId);
  if (options.json) context.print(JSON.stringify(remarks));
  else if (remarks.length === 0) context.print("Nothing to remark.");
  else printRemarks(context, remarks);
  if (remarks.some(({ level }) => level === "block")) throw new CommandFailed("");
}

async function read(context: CliContext, answerId: string) {
  const { house } = await context.installation();
  const story = await readAnswer(house, answerId);
  if (story === null) throw new CommandFailed("there is no such answer");
  return story;
}

async function offer(context: CliContext, itemId: string, options: Json): Promise<void> {
  const { house } = await context.installation();
  const found = await offerAnswer(house, itemId);
  if (found === null) throw new CommandFailed("there is no such feedback");
  if (options.json) return context.print(JSON.stringify(found));
  const { obstacles, templates, answers, leftMs } = found;
  context.print(obstacles.length === 0 ? "It can be answered." : "It cannot be answered now:");
  printRemarks(context, obstacles);
  if (leftMs !== null) context.print(`About ${Math.round(leftMs / 3_600_000)} hours left.`);
  for (const { id, name, text } of templates) context.print(`template ${id}  ${name}  ${shortened(text)}`);
  for (const answer of answers) context.print(lineOf(answer));
}

async function send(
  context: CliContext,
  answerId: string,
  options: Json & { readonly confirm?: string },
): Promise<void> {
  const { answer } = await read(context, answerId);
  const confirmed = (options.confirm ?? "").split(",").map((name) => name.trim());
  const { house } = await context.installation();
  const wish = {
    answerId,
    version: answer.version,
    confirmed,
    actor: operatorName(),
    role: "admin",
  } as const;
  tell(context, await sendAnswer(house, wish), options);
}

async function drop(context: CliContext, answerId: string, options: Json): Promise<void> {
  const { house } = await context.installation();
  const dropped = await dropDraft(house, answerId);
  if (dropped !== "dropped") throw new CommandFailed(`not done: ${dropped.replaceAll("_", " ")}`);
  context.print(options.json ? JSON.stringify({ dropped: true }) : "Dropped.");
}

const DONE = {
  queued: "It goes in ten seconds unless it is taken back: feedback answer undo",
  waits: "It waits for a second person: feedback answer approve",
  taken_back: "It is a draft again:",
  delivered: "It counts as delivered:",
} as const;

/** Says what became of a move; one that was not made ends the command. */
function tell(context: CliContext, moved: AnswerMoved, options: Json): void {
  if (options.json) context.print(JSON.stringify(moved));
  else if (moved.kind === "refused") context.print(`Not done: ${moved.reason.replaceAll("_", " ")}.`);
  else if (moved.kind === "kept_back") {
    context.print("It is kept back:");
    printRemarks(context, moved.remarks);
  } else context.print(`${DONE[moved.kind]} ${moved.answer.id}`);
  if (moved.kind === "refused" || moved.kind === "kept_back") throw new CommandFailed("");
}

function printRemarks(context: CliContext, remarks: readonly AnswerRemark[]): void {
  for (const { check: name, level, detail } of remarks)
    context.print(
      `${level === "block" ? "forbids" : "to be confirmed"}  ${name}${detail === null ? "" : `  ${detail}`}`,
    );
}

function lineOf(answer: StoredAnswer): string {
  const promo = answer.promoPercent === null ? "-" : `${answer.promoPercent}%`;
  const when = new Date(answer.endedAt ?? answer.queuedAt ?? answer.createdAt).toISOString();
  return `${answer.id}  ${answer.state}  ${when}  ${answer.branchId ?? "-"}  ${promo}  ${answer.problem ?? "-"}  ${shortened(answer.text)}`;
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
