// `loyalty …` and `export ledger`: points of customers at a terminal, for whoever runs the programme.
import type { Command } from "commander";
import type { Config } from "../config/index.ts";
import { instant } from "../core/basics/index.ts";
import { formatDecimal } from "../core/money/index.ts";
import {
  type CorrectionLimits,
  decideCorrection,
  findWaitingCorrections,
  type LoyaltyReport,
  makeCorrection,
  readPointsOf,
  reportLoyalty,
  table,
} from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { operatorName } from "./import-shop.ts";

/** Corrections that are listed at once. */
const LISTED = 100;

interface Json {
  readonly json?: boolean;
}

interface ReportOptions extends Json {
  readonly at?: string;
  readonly from?: string;
  readonly until?: string;
  readonly by: string;
}

/** What one person may correct alone, by the settings. */
export function correctionLimitsOf(config: Config): CorrectionLimits {
  return {
    mostPoints: config.number("loyalty.correctionPoints"),
    mostPerDay: config.number("loyalty.correctionsPerDay"),
  };
}

/** Adds the group. */
export function registerLoyalty(program: Command, context: CliContext): void {
  const group = program.command("loyalty").description("points of customers");
  group
    .command("balance <customer>")
    .description("what a customer has, by any id that leads to them")
    .action((customer: string, options: Json) => balance(context, customer, options));
  group
    .command("adjust <customer> <points>")
    .description(
      "put points in, or take them out (-50); above the limits of one person it waits for a second",
    )
    .requiredOption("--reason <text>", "why; kept for ever")
    .option("--expires <time>", "when points that are put in end; without it never")
    .action((customer: string, amount: string, options: { reason: string; expires?: string } & Json) =>
      adjust(context, customer, amount, options),
    );
  group
    .command("waiting")
    .description("corrections that wait for a second person")
    .action((options: Json) => waiting(context, options));
  for (const verb of ["approve", "decline"] as const)
    group
      .command(`${verb} <request>`)
      .description(`${verb} a correction as the second person`)
      .action((request: string, options: Json) => decide(context, request, verb === "approve", options));
  group
    .command("report")
    .description("what is owed, what ends soon, what came and went")
    .option("--at <time>", "the liability at this past instant")
    .option("--from <time>", "turnover from here on; without it 30 days")
    .option("--until <time>", "not within; without it now")
    .option("--by <period>", "rows of the turnover: day, month or whole", "whole")
    .action((options: ReportOptions) => report(context, options));
}

/** An instant of an option in ISO form; throws CommandFailed(2) for anything else. */
export function timeOf(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new CommandFailed(`${name} is a time like 2026-11-22T12:00:00+03:00`, 2);
  return at;
}

async function balance(context: CliContext, customer: string, options: Json): Promise<void> {
  const { house } = await context.installation();
  const found = await readPointsOf(house, customer);
  if (found === null) throw new CommandFailed("nothing is known of this customer");
  if (options.json) return context.print(JSON.stringify(found));
  const { available, pending, held, next } = found;
  context.print(`${found.customerId}: ${available} points to spend, ${pending} pending, ${held} held.`);
  if (next !== null) context.print(`${next.points} end at ${new Date(next.at).toISOString()}.`);
}

async function adjust(
  context: CliContext,
  customerId: string,
  text: string,
  options: { readonly reason: string; readonly expires?: string } & Json,
): Promise<void> {
  const amount = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : 0;
  if (amount === 0) throw new CommandFailed("points are a whole number other than 0, such as 50 or -50", 2);
  const ends = timeOf("--expires", options.expires);
  const { house, config } = await context.installation();
  const made = await makeCorrection(house, {
    customerId,
    amount,
    reason: options.reason,
    actor: operatorName(),
    expiresAt: ends === null ? null : instant(ends),
    limits: correctionLimitsOf(config),
  });
  if (options.json) context.print(JSON.stringify(made));
  else if (made.kind === "refused") context.print(`Not done: ${made.reason.replaceAll("_", " ")}.`);
  else if (made.kind === "waits")
    context.print(`It waits for a second person: loyalty approve ${made.requestId}`);
  else context.print(`Done: ${amount > 0 ? "+" : ""}${amount} points.`);
  if (made.kind === "refused") throw new CommandFailed("");
}

async function waiting(context: CliContext, options: Json): Promise<void> {
  const { house } = await context.installation();
  const found = await findWaitingCorrections(house, { after: null, limit: LISTED });
  if (options.json) return context.print(JSON.stringify(found));
  if (found.length === 0) return context.print("No correction waits.");
  for (const { id, customerId, amount, reason, askedBy } of found)
    context.print(`${id}  ${customerId}  ${amount}  ${askedBy}: ${reason}`);
}

async function decide(
  context: CliContext,
  requestId: string,
  isApproved: boolean,
  options: Json,
): Promise<void> {
  const { house } = await context.installation();
  const decided = await decideCorrection(house, { requestId, actor: operatorName(), isApproved });
  if (options.json) context.print(JSON.stringify(decided));
  else if (decided.kind === "refused") context.print(`Not done: ${decided.reason.replaceAll("_", " ")}.`);
  else context.print(decided.kind === "approved" ? "Approved: the points were moved." : "Declined.");
  if (decided.kind === "refused") throw new CommandFailed("");
}

async function report(context: CliContext, options: ReportOptions): Promise<void> {
  const { by } = options;
  if (by !== "day" && by !== "month" && by !== "whole")
    throw new CommandFailed("--by is day, month or whole", 2);
  const [at, from, until] = [
    timeOf("--at", options.at),
    timeOf("--from", options.from),
    timeOf("--until", options.until),
  ];
  const { house, rules } = await context.installation();
  const made = await reportLoyalty(house, rules, { at, from, until, by });
  if (made.kind === "refused") throw new CommandFailed(`no report: ${made.reason.replaceAll("_", " ")}`, 2);
  const { kind: _, ...told } = made;
  if (options.json) context.print(JSON.stringify(told));
  else for (const line of reportLines(told)) context.print(line);
}

function reportLines({ liability, ending, turnover }: LoyaltyReport): string[] {
  const { available, pending, held, total, totalMinor, at } = liability;
  const worth = totalMinor === null ? "" : `, worth ${formatDecimal(totalMinor, 2)} roubles`;
  const rows = turnover.map((row) => [
    new Date(row.from).toISOString().slice(0, 16),
    ...[row.issued, row.takenBack, row.redeemed, row.returned, row.expired].map(String),
    ...[row.correctedUp, row.correctedDown, row.openedUp, row.openedDown].map(String),
  ]);
  const heading = [
    "from",
    "issued",
    "taken back",
    "redeemed",
    "returned",
    "expired",
    "corrected +",
    "corrected -",
    "opened +",
    "opened -",
  ];
  return [
    `Owed at ${new Date(at).toISOString()}: ${total} points${worth} (${available} to spend, ${pending} pending, ${held} held).`,
    ...ending.map(
      ({ days, points, customers }) =>
        `Ending within ${days} days: ${points} points of ${customers} customers.`,
    ),
    ...table([heading, ...rows], [1, 2, 3, 4, 5, 6, 7, 8, 9]),
  ];
}
