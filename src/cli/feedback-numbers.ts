// `feedback numbers|windows|alarms|alarm|digest`: what the desk's ratings come to, at the terminal.
import type { Command } from "commander";
import { writeDay } from "../core/desk/index.ts";
import { alarmText } from "../core/numbers/index.ts";
import {
  type AlarmAct,
  actOnAlarm,
  findAlarms,
  readDashboard,
  readDigest,
  readWindows,
  SECTIONS,
  type Section,
  type StarNumbers,
  table,
} from "../flows/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { typedFilter } from "./feedback-desk.ts";
import { operatorName } from "./import-shop.ts";
import { timeOf } from "./loyalty.ts";
import { changeText, meanText, rankText, shareText, weightedText } from "./numbers-text.ts";

interface Json {
  readonly json?: boolean;
}

interface NumbersOptions extends Json {
  readonly filter: string;
  readonly zone?: string;
  readonly sections: string;
}

interface WindowsOptions extends Json {
  readonly filter: string;
  readonly zone?: string;
  readonly today?: boolean;
}

interface AlarmOptions extends Json {
  readonly note?: string;
  readonly until?: string;
}

/** Alarms that are listed. */
const ALARMS = 200;

const DAY_MS = 86_400_000;

/** Adds the commands to the group `feedback`. */
export function registerFeedbackNumbers(feedback: Command, context: CliContext): void {
  const filtered = (command: Command): Command =>
    command
      .option("--filter <text>", "of which items; without it all: branch:lesnaya day:30d", "")
      .option("--zone <name>", "the IANA zone of the filter's days; without it the shop's");
  filtered(feedback.command("numbers"))
    .description("mean, shares and changes by source, and by branch with --sections branches")
    .option(
      "--sections <names>",
      `also these, separated by commas, all of them with --json: ${SECTIONS.join(", ")}`,
      "",
    )
    .action((options: NumbersOptions) => numbers(context, options));
  filtered(feedback.command("windows"))
    .description("the last 7, 30 and 90 days, the last 200 ratings, and weights that halve in 30 days")
    .option("--today", "with what there is of today; else up to yesterday")
    .action((options: WindowsOptions) => windows(context, options));
  feedback
    .command("alarms")
    .description("rises of low ratings beyond luck, latest first")
    .option("--open", "only those that nobody has closed")
    .action((options: Json & { open?: boolean }) => alarms(context, options));
  feedback
    .command("alarm <id> <act>")
    .description("what is done about an alarm: acknowledge, known_cause, snooze or mute")
    .option("--note <text>", "what is known of it; needed for a known cause")
    .option("--until <time>", "snooze or mute until then; without it for a day")
    .action((id: string, act: string, options: AlarmOptions) => actOn(context, id, act, options));
  feedback
    .command("digest")
    .description("the last seven whole days in seven lines at most")
    .option("--language <name>", "ru or en", "ru")
    .action((options: Json & { language: string }) => digest(context, options));
}

async function numbers(context: CliContext, options: NumbersOptions): Promise<void> {
  const { house } = await context.reading();
  const filter = typedFilter(house, options.filter, options.zone);
  const found = await readDashboard(house, filter, sectionsOf(options.sections));
  if (options.json) return context.print(JSON.stringify(found));
  if (found.sources.length === 0) return context.print("Nothing matches.");
  const rows = found.sources.map(({ source, tiles, changes, warnings }) => [
    source,
    meanText(tiles.mean),
    shareText(tiles.satisfied),
    shareText(tiles.low),
    changeText(changes?.low ?? null),
    tiles.response.kind === "response" ? shareText(tiles.response.rate) : "not measurable",
    shareText(tiles.answerRate),
    [String(tiles.open), ...warnings].join(" "),
  ]);
  const heading = ["source", "mean", "4 and 5", "1 and 2", "change", "responses", "answered", "open"];
  for (const line of table([heading, ...rows], [])) context.print(line);
  if (found.branches === null) return;
  const places = found.branches.map((one) => [
    one.source,
    one.branchId ?? "-",
    meanText(one.tiles.mean),
    shareText(one.tiles.low),
    rankText(one.attention),
    rankText(one.best),
  ]);
  const head = ["source", "branch", "mean", "1 and 2", "attention", "best"];
  for (const line of ["", ...table([head, ...places], [])]) context.print(line);
}

function sectionsOf(text: string): Section[] {
  const names = text.split(",").filter((name) => name !== "");
  return names.map((name) => {
    const known = SECTIONS.find((section) => section === name.trim());
    if (known === undefined) throw new CommandFailed(`--sections are of ${SECTIONS.join(", ")}`, 2);
    return known;
  });
}

async function windows(context: CliContext, options: WindowsOptions): Promise<void> {
  const { house } = await context.reading();
  const filter = typedFilter(house, options.filter, options.zone);
  const found = await readWindows(house, filter, options.today ? "today" : "yesterday");
  if (options.json) return context.print(JSON.stringify(found));
  if (found.sources.length === 0) return context.print("Nothing matches.");
  const cells = ({ mean, satisfied, low }: StarNumbers): string[] => [
    meanText(mean),
    shareText(satisfied),
    shareText(low),
  ];
  const rows = found.sources.flatMap(({ source, rolling, last, weighted }) => [
    ...rolling.map((one) => [source, `${one.days} days`, ...cells(one), changeText(one.change)]),
    [source, `last ${last.most}`, ...cells(last), "-"],
    [source, `half-life ${weighted.halfLifeDays} days`, "-", "-", weightedText(weighted), "-"],
  ]);
  const heading = ["source", `to ${found.day}`, "mean", "4 and 5", "1 and 2", "change"];
  for (const line of table([heading, ...rows], [])) context.print(line);
}

async function alarms(context: CliContext, options: Json & { open?: boolean }): Promise<void> {
  const { house } = await context.reading();
  const found = await findAlarms(house, options.open ?? false, ALARMS);
  if (options.json) return context.print(JSON.stringify(found));
  if (found.length === 0) context.print("Nothing has risen beyond luck.");
  for (const { id, state, place, source, evidence } of found) {
    context.print(`${id}  ${state}  ${source}  ${alarmText(nameOf(place), evidence, "en")}`);
  }
}

/** A city's name stands behind a line break in its row. */
function nameOf(place: string): string {
  return place === "" ? "all branches" : place.replace("\n", " ");
}

async function actOn(context: CliContext, id: string, act: string, options: AlarmOptions): Promise<void> {
  const { house } = await context.installation();
  const moved = await actOnAlarm(house, id, operatorName(), actOf(act, options, house.now()));
  if (moved === null) throw new CommandFailed(`there is no open alarm ${id}`);
  context.print(options.json ? JSON.stringify(moved) : `${id} is ${moved.state}.`);
}

function actOf(act: string, { note, until }: AlarmOptions, now: number): AlarmAct {
  switch (act) {
    case "acknowledge":
      return { kind: act, note: note ?? null };
    case "known_cause":
      if (note === undefined) throw new CommandFailed("a known cause needs --note", 2);
      return { kind: act, note };
    case "snooze":
    case "mute":
      return { kind: act, until: timeOf("--until", until) ?? now + DAY_MS };
    default:
      throw new CommandFailed("an alarm can be acknowledged, given a known_cause, snoozed or muted", 2);
  }
}

async function digest(context: CliContext, options: Json & { language: string }): Promise<void> {
  const { language } = options;
  if (language !== "ru" && language !== "en") throw new CommandFailed("--language is ru or en", 2);
  const { house } = await context.reading();
  const { days, digest: found, lines } = await readDigest(house, language);
  const span = { from: writeDay(days.from), to: writeDay(days.to) };
  if (options.json) return context.print(JSON.stringify({ ...span, kind: found.kind, lines }));
  context.print(`${span.from} to ${span.to}`);
  if (lines.length === 0) context.print("It pauses: no rating has come since the last one.");
  for (const line of lines) context.print(line);
}
