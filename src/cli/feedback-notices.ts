// `feedback destinations …` and `feedback alerts …`: who is told of what the desk finds, and which single items are worth it.
import type { Command } from "commander";
import {
  type DestinationRefusal,
  dropAlertRule,
  dropDestination,
  filterProblemText,
  findAlertRules,
  findDestinations,
  findMessages,
  keepAlertRule,
  keepDestination,
  tryDestination,
} from "../flows/index.ts";
import {
  type AlertRule,
  DESTINATION_KINDS,
  type DestinationState,
  type DestinationTerms,
  NOTICE_TOPICS,
} from "../storage/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { operatorName } from "./import-shop.ts";

interface Json {
  readonly json?: boolean;
}

interface DestinationOptions extends Json {
  readonly label: string;
  readonly language: string;
  readonly gets: string;
  readonly quiet?: string;
  readonly zone?: string;
  readonly off?: boolean;
}

interface RuleOptions extends Json {
  readonly name: string;
  readonly filter: string;
  readonly to: string;
  readonly off?: boolean;
}

/** Most messages that are listed. */
const MESSAGES = 100;

/** Adds the groups to `feedback`. */
export function registerFeedbackNotices(feedback: Command, context: CliContext): void {
  const group = feedback.command("destinations").description("who is told of alarms, alerts and the digest");
  group
    .command("list")
    .description("destinations with what waits for them, and why")
    .action((options: Json) => listAll(context, options));
  const described = (command: Command): Command =>
    command
      .option("--label <text>", "whose it is", "")
      .option("--language <name>", "ru or en", "ru")
      .option("--gets <list>", `comma-separated: ${NOTICE_TOPICS.join(", ")}`, NOTICE_TOPICS.join(","))
      .option("--quiet <hours>", "nothing is sent then, such as 22:00-08:00")
      .option("--zone <name>", "IANA zone of these hours; without it the shop's")
      .option("--off", "nothing is sent to it for now");
  described(group.command("add <kind> <address>"))
    .description(`add one: ${DESTINATION_KINDS.join(", ")}; a chat, a mailbox or the id of an endpoint`)
    .action((kind: string, address: string, options: DestinationOptions) =>
      keep(context, null, kind, address, options),
    );
  described(group.command("change <id> <kind> <address>"))
    .description("write one anew")
    .action((id: string, kind: string, address: string, options: DestinationOptions) =>
      keep(context, id, kind, address, options),
    );
  group
    .command("remove <id>")
    .description("remove one with all that it had still to get")
    .action(async (id: string) => {
      const { house } = await context.installation();
      if (!(await dropDestination(house, operatorName(), id))) throw new CommandFailed(WHY.not_found);
      context.print("Removed.");
    });
  group
    .command("test <id>")
    .description("send a trial message, in quiet hours too")
    .action(async (id: string) => {
      const { house } = await context.installation();
      const done = await tryDestination(house, id);
      if (done === "not_found") throw new CommandFailed(WHY.not_found);
      if (done === "off") throw new CommandFailed("it is switched off");
      context.print("Queued; a running server sends it. What came of it: feedback destinations messages");
    });
  group
    .command("messages <id>")
    .description("the latest messages to one, with why they were given up")
    .action((id: string, options: Json) => messages(context, id, options));
  registerAlerts(feedback.command("alerts").description("rules for single items"), context);
}

function registerAlerts(group: Command, context: CliContext): void {
  group
    .command("list")
    .description("all rules")
    .action(async (options: Json) => {
      const { house } = await context.reading();
      tellRules(context, await findAlertRules(house), options);
    });
  group
    .command("add")
    .description("add a rule: an item that passes its filter is told at once, and once")
    .requiredOption("--name <text>", "what it is called in messages")
    .requiredOption("--filter <text>", "such as: rating:1..2 total:>5000")
    .option("--to <list>", "ids of destinations, comma-separated; without it all that get items", "")
    .action((options: RuleOptions) => keepRule(context, null, options, true));
  group
    .command("change <id>")
    .description("write a rule anew; it counts for what comes from now on")
    .requiredOption("--name <text>", "what it is called in messages")
    .requiredOption("--filter <text>", "such as: rating:1..2 total:>5000")
    .option("--to <list>", "ids of destinations, comma-separated; without it all that get items", "")
    .option("--off", "nothing is held against it for now")
    .action((id: string, options: RuleOptions) => keepRule(context, id, options, options.off !== true));
  group
    .command("remove <id>")
    .description("remove a rule")
    .action(async (id: string) => {
      const { house } = await context.installation();
      if (!(await dropAlertRule(house, operatorName(), id))) throw new CommandFailed("there is no such rule");
      context.print("Removed.");
    });
}

const WHY: Readonly<Record<DestinationRefusal, string>> = {
  not_found: "there is no such destination",
  too_many_destinations: "there are too many destinations: remove one first",
  bad_address: "the address is not one chat, such as -1001234567890, or one mailbox",
  unknown_endpoint: "the address is not the id of an endpoint: see webhook list",
  unknown_zone: "--zone is no IANA time zone",
};

async function listAll(context: CliContext, options: Json): Promise<void> {
  const { house } = await context.reading();
  const found = await findDestinations(house);
  if (options.json) return context.print(JSON.stringify(found));
  if (found.length === 0) context.print("There are none yet.");
  for (const destination of found) context.print(lineOf(destination));
}

function lineOf({
  id,
  kind,
  address,
  label,
  gets,
  isOn,
  waiting,
  givenUp,
  problem,
}: DestinationState): string {
  const state = isOn ? (problem === null ? "on" : `on, ${problem}`) : "off";
  const counts = `${waiting} waiting, ${givenUp} given up`;
  return `${id}  ${kind}  ${address}  ${label || "-"}  ${gets.join(",") || "-"}  ${state}  ${counts}`;
}

async function keep(
  context: CliContext,
  id: string | null,
  kind: string,
  address: string,
  options: DestinationOptions,
): Promise<void> {
  const terms = termsOf(kind, address, options);
  const { house } = await context.installation();
  const done = await keepDestination(house, operatorName(), id, terms);
  if (done.kind === "refused") {
    const isUse = done.reason !== "not_found" && done.reason !== "too_many_destinations";
    throw new CommandFailed(WHY[done.reason], isUse ? 2 : 1);
  }
  context.print(options.json ? JSON.stringify(done.destination) : lineOf(done.destination));
}

function termsOf(kind: string, address: string, options: DestinationOptions): DestinationTerms {
  const known = DESTINATION_KINDS.find((name) => name === kind);
  if (known === undefined) throw new CommandFailed(`the kind is one of ${DESTINATION_KINDS.join(", ")}`, 2);
  const { language, label, zone = null, off = false } = options;
  if (language !== "ru" && language !== "en") throw new CommandFailed("--language is ru or en", 2);
  const wanted = listOf(options.gets);
  const unknown = wanted.find((name) => !NOTICE_TOPICS.some((topic) => topic === name));
  if (unknown !== undefined)
    throw new CommandFailed(`--gets knows ${NOTICE_TOPICS.join(", ")}, not ${unknown}`, 2);
  const gets = NOTICE_TOPICS.filter((topic) => wanted.includes(topic));
  const quiet = options.quiet === undefined ? null : quietOf(options.quiet);
  return { kind: known, address, label, language, gets, quiet, zone, isOn: !off };
}

function quietOf(text: string): { readonly from: number; readonly to: number } {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (match === null) throw new CommandFailed("--quiet is written 22:00-08:00", 2);
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  return { from: 60 * fromHour + fromMinute, to: 60 * toHour + toMinute };
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

async function messages(context: CliContext, id: string, options: Json): Promise<void> {
  const { house } = await context.reading();
  const found = await findMessages(house, id, MESSAGES);
  if (found === null) throw new CommandFailed(WHY.not_found);
  if (options.json) return context.print(JSON.stringify(found));
  if (found.length === 0) context.print("None yet.");
  for (const { madeAt, state, attempts, notices, problem } of found) {
    const why = problem === null ? "" : `, ${problem}`;
    context.print(
      `${new Date(madeAt).toISOString()}  ${state}, ${attempts} failures${why}  ${notices} notices`,
    );
  }
}

async function keepRule(
  context: CliContext,
  id: string | null,
  options: RuleOptions,
  isOn: boolean,
): Promise<void> {
  const { house } = await context.installation();
  const { name, filter } = options;
  const wish = { name, filter, destinations: listOf(options.to), isOn };
  const done = await keepAlertRule(house, operatorName(), id, wish);
  if (done.kind === "unreadable") throw new CommandFailed(filterProblemText(done.problem), 2);
  if (done.kind === "refused")
    throw new CommandFailed(WHY_NO_RULE[done.reason], done.reason === "unknown_destination" ? 2 : 1);
  tellRules(context, [done.rule], options);
}

const WHY_NO_RULE = {
  not_found: "there is no such rule",
  too_many_rules: "there are too many rules: remove one first",
  unknown_destination: "--to names a destination that is not there",
} as const;

function tellRules(context: CliContext, rules: readonly AlertRule[], options: Json): void {
  if (options.json) context.print(JSON.stringify(rules));
  else if (rules.length === 0) context.print("There are none yet.");
  for (const { id, name, filter, destinations, isOn } of options.json ? [] : rules) {
    context.print(`${id}  ${name}  ${filter}  ${destinations.join(",") || "all"}  ${isOn ? "on" : "off"}`);
  }
}
