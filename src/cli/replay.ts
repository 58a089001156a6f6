// `replay`: recorded carts computed again, by the rules that answered them or by a draft.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { readMoment } from "../core/pricing/index.ts";
import {
  type CheckTally,
  checkLines,
  checkReport,
  DraftShelf,
  draftLines,
  draftReport,
  newCheck,
  newDraftReplay,
  problemLine,
  type ReplayPlan,
  type ReplayState,
  readProgramme,
  readPromotions,
  replayCalculations,
  replayUnderDraft,
  type ShelvedRules,
  tallyJson,
  tallyOf,
  withoutDates,
} from "../flows/index.ts";
import { countCalculations } from "../storage/index.ts";
import { argumentFile } from "./argument-file.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { databaseUrl, dataFolder, type Reading } from "./installation.ts";
import { keepYoungSmall } from "./memory.ts";
import { EffectTable, type KeptReplay, ReplayKeeping } from "./replay-keeping.ts";

/** Calculations that are named of each kind, unless told otherwise. */
const WORST = 10;

interface Options {
  readonly rules?: string;
  readonly programme?: string;
  readonly ignoreDates?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly channel?: string;
  readonly limit?: string;
  readonly every?: string;
  readonly worst?: string;
  readonly out?: string;
  readonly resume?: boolean;
  readonly json?: boolean;
}

const HELP = `
Without --rules every calculation is computed again with its own cart, facts, rules and instant, and compared with what was
answered, bit for bit; the exit code is 1 where one differs under the same version of the engine.
With --rules the same carts are priced under a draft: what it would have cost. Nothing is changed, a server may run.
Times are local to the shop or ISO 8601: 2026-11-01, 2026-11-01T10:00, 2026-11-01T10:00:00Z.`;

/** Adds the command. */
export function registerReplay(program: Command, context: CliContext): void {
  program
    .command("replay")
    .description(
      "recorded carts computed again: the same figures? or, under a draft: what would it have cost?",
    )
    .option("--rules <file>", "price them under the promotions of this file")
    .option("--programme <file>", "and under the loyalty programme of this one")
    .option("--ignore-dates", "promotions of the draft run at any date")
    .option("--since <time>", "not before this")
    .option("--until <time>", "before this; now when not given")
    .option("--channel <name>", "app or seller")
    .option("--every <n>", "every n-th calculation only", "1")
    .option("--limit <number>", "no more than so many")
    .option("--worst <number>", "how many to name", String(WORST))
    .option("--out <file>", ".json: the report; .csv: a line for each cart under the draft")
    .option("--resume", "go on where the same replay was stopped or killed")
    .addHelpText("after", HELP)
    .action((options: Options) => replay(context, options));
}

/** A replay as it was asked for. */
interface Asked {
  readonly reading: Reading;
  readonly plan: ReplayPlan;
  readonly draft: ShelvedRules | null;
  readonly keeping: ReplayKeeping;
  readonly kept: KeptReplay | null;
}

async function replay(context: CliContext, options: Options): Promise<void> {
  const isTable = options.out?.endsWith(".csv") === true;
  if (options.out !== undefined && !isTable && !options.out.endsWith(".json"))
    throw new CommandFailed("--out is a file that ends in .json or .csv", 2);
  if (isTable && options.rules === undefined && options.programme === undefined)
    throw new CommandFailed("a table of carts comes with --rules or --programme", 2);
  if (!context.isInServer) keepYoungSmall();
  const asked = await readAsked(context, options);
  const { reading, plan, kept } = asked;
  if (options.resume && kept === null) context.complain("nothing was kept of such a replay: it begins anew");
  const total = await reading.house.database.read((tx) => countCalculations(tx, plan.span));
  const bar = context.isTerminal ? barOver(total) : null;
  const onSeen = (seen: number): void => bar?.update(Math.min(seen, total));
  try {
    if (asked.draft === null) await check(context, asked, options, onSeen, () => bar?.stop());
    else await underDraft(context, asked, asked.draft, options, onSeen, () => bar?.stop());
  } finally {
    bar?.stop();
  }
}

async function check(
  context: CliContext,
  asked: Asked,
  options: Options,
  onSeen: (seen: number) => void,
  onEnd: () => void,
): Promise<void> {
  const { reading, plan, keeping, kept } = asked;
  const before = kept === null ? newCheck() : (kept.state as ReplayState<CheckTally>);
  const state = await replayCalculations(reading.house, reading.rules, plan, before, {
    onPage: (state) => {
      onSeen(state.seen);
      keeping.keep(() => ({ until: plan.span.until, state, tableBytes: 0 }));
    },
  });
  onEnd();
  const report = checkReport(state);
  tell(context, options, report, checkLines(report));
  keeping.forget();
  if (report.counts.differs > 0) throw new CommandFailed("");
}

async function underDraft(
  context: CliContext,
  asked: Asked,
  draft: ShelvedRules,
  options: Options,
  onSeen: (seen: number) => void,
  onEnd: () => void,
): Promise<void> {
  const { reading, plan, keeping, kept } = asked;
  const before = kept === null ? newDraftReplay() : stateOf(kept);
  const table = options.out?.endsWith(".csv")
    ? tableAt(context, options.out, kept === null ? null : kept.tableBytes)
    : null;
  const state = await replayUnderDraft(reading.house, reading.rules, draft, plan, before, {
    onCart: (effect) => table?.add(effect),
    onPage: (state) => {
      onSeen(state.seen);
      keeping.keep(() => ({
        until: plan.span.until,
        state: { ...state, tally: tallyJson(state.tally) },
        tableBytes: table?.flush() ?? 0,
      }));
    },
  });
  table?.close();
  onEnd();
  const report = draftReport(state, draft, plan.span);
  const { from, until } = plan.span;
  const when = {
    since: from === 0 ? null : new Date(from).toISOString(),
    until: new Date(until).toISOString(),
  };
  tell(context, options, { ...when, draftHash: draft.hash, ...report }, draftLines(report));
  if (table !== null && !options.json) context.print(`A line for each cart is in ${options.out}.`);
  keeping.forget();
}

function stateOf({ state }: KeptReplay): ReturnType<typeof newDraftReplay> {
  const kept = state as ReplayState<object>;
  return { ...kept, tally: tallyOf(kept.tally) };
}

function tableAt(context: CliContext, path: string, keptBytes: number | null): EffectTable {
  try {
    return new EffectTable(resolve(context.folder, path), keptBytes);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): CommandFailed {
  return new CommandFailed(
    `${path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? "unknown"}`,
  );
}

function tell(context: CliContext, options: Options, report: object, lines: readonly string[]): void {
  if (options.out?.endsWith(".json")) {
    try {
      writeFileSync(resolve(context.folder, options.out), `${JSON.stringify(report, null, 2)}\n`);
    } catch (error) {
      throw unwritable(options.out, error);
    }
  }
  context.print(options.json ? JSON.stringify(report) : lines.join("\n").trimEnd());
}

function barOver(total: number): SingleBar {
  const bar = new SingleBar({
    format: "{bar} {percentage} %  {value} of {total}  {eta_formatted} left",
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(total, 0);
  return bar;
}

async function readAsked(context: CliContext, options: Options): Promise<Asked> {
  const texts = [options.rules, options.programme].map((file) =>
    file === undefined ? null : argumentFile(context, file),
  );
  const [every, worst] = [count(options.every, "--every", 1), count(options.worst, "--worst", 0)];
  const limit = options.limit === undefined ? null : count(options.limit, "--limit", 1);
  if (options.channel !== undefined && !["app", "seller"].includes(options.channel))
    throw new CommandFailed("--channel is app or seller", 2);
  const reading = await context.reading();
  const draft = await draftOf(context, reading, options, texts[0] ?? null, texts[1] ?? null);
  const { zone } = (await reading.rules.current()).rules;
  const [since, until] = [options.since, options.until].map((text) => {
    const at = text === undefined ? null : readMoment(text, zone);
    if (text !== undefined && at === null)
      throw new CommandFailed("a time is a date, a local date-time or an ISO 8601 instant", 2);
    return at;
  });
  const channel = options.channel ?? null;
  const keeping = new ReplayKeeping(dataFolder(reading.config, context.folder), {
    ...{ since, until, channel, every, limit, worst, draft: draft?.hash },
    out: options.out === undefined ? null : resolve(context.folder, options.out),
    database: databaseUrl(reading.config, context.folder),
  });
  const kept = options.resume ? keeping.load() : null;
  if (kept === null) keeping.forget();
  const span = { from: since ?? 0, until: until ?? kept?.until ?? reading.house.now(), channel };
  return { reading, plan: { span, every, limit, worst }, draft, keeping, kept };
}

/** Promotions and programme of the files; what is not given is as it is in force. */
async function draftOf(
  context: CliContext,
  { house, rules }: Reading,
  options: Options,
  promotions: string | null,
  programme: string | null,
): Promise<ShelvedRules | null> {
  if (promotions === null && programme === null) return null;
  const read = [
    promotions === null ? null : readPromotions(promotions, rules.timeZone),
    programme === null ? null : readProgramme(programme),
  ] as const;
  for (const each of read) {
    if (each?.kind !== "refused") continue;
    for (const problem of each.problems) context.complain(problemLine(problem));
    throw new CommandFailed("the rules to try have mistakes");
  }
  const { documents } = await rules.current();
  const set = read[0]?.kind === "read" ? read[0].document : documents.set;
  return new DraftShelf(house, rules.timeZone, {
    set: options.ignoreDates ? withoutDates(set) : set,
    programme: read[1]?.kind === "read" ? read[1].document : documents.programme,
  }).current();
}

function count(text: string | undefined, option: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new CommandFailed(`${option} is a whole number from ${least}`, 2);
  return number;
}
