// `db move --to URL`: takes everything from the SQLite file to an empty PostgreSQL database, while no server runs.
import { createHash } from "node:crypto";
import { createReadStream, existsSync, statSync } from "node:fs";
import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { type MoveOutcome, type MovePlan, type MoveStep, moveDatabase } from "../flows/index.ts";
import {
  countRows,
  DatabaseUnavailable,
  migrate,
  type OpenedDatabase,
  openDatabase,
  planMigration,
  ValueUnmovable,
} from "../storage/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { databaseUrl } from "./installation.ts";

interface MoveOptions {
  readonly to: string;
  readonly dryRun?: boolean;
  readonly anew?: boolean;
  readonly json?: boolean;
}

/** Adds the command to its group. */
export function registerMove(db: Command, context: CliContext): void {
  db.command("move")
    .description(
      "copy everything from SQLite to an empty PostgreSQL database and compare; the server must be stopped",
    )
    .requiredOption("--to <url>", "postgres://… of the empty database")
    .option("--dry-run", "read and check everything, copy nothing")
    .option("--anew", "throw away what an unfinished move has brought, and begin again")
    .action((options: MoveOptions) => moveTo(context, options));
}

async function moveTo(context: CliContext, options: MoveOptions): Promise<void> {
  const path = sourcePath(context);
  if (!/^postgres(ql)?:\/\//.test(options.to)) throw new CommandFailed("--to must be a postgres:// URL", 2);
  const started = performance.now();
  const source = await openDatabase({ url: `sqlite:${path}` });
  try {
    await bringUpToDate(source, options);
    const target = await openTarget(options.to);
    try {
      const bar = barOf(context, source);
      const outcome = await moveDatabase({
        source,
        target,
        mark: await markOf(source, path),
        now: Date.now(),
        isDryRun: options.dryRun === true,
        isAnew: options.anew === true,
        onProgress: await bar.start(),
      }).finally(bar.stop);
      tell(context, outcome, options, performance.now() - started);
    } finally {
      await target.close();
    }
  } catch (error) {
    if (error instanceof ValueUnmovable)
      throw new CommandFailed(`${error.message}: mend it before the move; nothing was lost`);
    throw error;
  } finally {
    await source.close();
  }
}

/** The file that is moved; throws CommandFailed where there is none. */
function sourcePath(context: CliContext): string {
  const url = databaseUrl(context.config(), context.folder);
  if (!url.startsWith("sqlite:"))
    throw new CommandFailed("this installation is on PostgreSQL already: only SQLite is moved");
  const path = url.slice("sqlite:".length);
  if (!existsSync(path)) throw new CommandFailed(`there is no database at ${path}`);
  return path;
}

/** The source must have the schema of this program; a dry run changes nothing, not even this. */
async function bringUpToDate(source: OpenedDatabase, options: MoveOptions): Promise<void> {
  const { applied } = await planMigration(source);
  if (applied.length === 0) return;
  if (options.dryRun)
    throw new CommandFailed(
      `the schema is ${applied.length} steps behind: run \`prilavok db migrate\` first`,
    );
  await migrate(source, Date.now());
}

async function openTarget(url: string): Promise<OpenedDatabase> {
  try {
    return await openDatabase({ url });
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    const reason = (error.cause as Error | undefined)?.message ?? "";
    throw new CommandFailed(`the database to move to does not answer: ${reason}`);
  }
}

/** A mark of the file's contents; everything of the log is in the file by then, and nobody writes. */
async function markOf(source: OpenedDatabase, path: string): Promise<string> {
  source.truncateLog?.();
  const log = `${path}-wal`;
  if (existsSync(log) && statSync(log).size > 0)
    throw new CommandFailed("something else has the database open: stop it first");
  const sum = createHash("sha256");
  for await (const chunk of createReadStream(path)) sum.update(chunk as Buffer);
  return sum.digest("hex");
}

const STEPS: Readonly<Record<MoveStep, string>> = {
  look: "looking",
  copy: "copying",
  compare: "comparing",
};

/** A bar over all rows, thrice: looked at, copied, compared. Without a person at the terminal there is none. */
function barOf(context: CliContext, source: OpenedDatabase) {
  const bar = new SingleBar({
    format: "{step} {bar} {percentage} % of {total} rows",
    clearOnComplete: true,
    hideCursor: true,
  });
  return {
    start: async (): Promise<NonNullable<MovePlan["onProgress"]>> => {
      if (!context.isTerminal) return () => undefined;
      const counts = await source.read(countRows);
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const done: Record<MoveStep, number> = { look: 0, copy: 0, compare: 0 };
      let current: MoveStep = "look";
      bar.start(total, 0, { step: STEPS.look });
      return (step, rows) => {
        done[step] += rows;
        if (step !== current) current = step;
        bar.update(Math.min(total, done[current]), { step: STEPS[current] });
      };
    },
    stop: (): void => bar.stop(),
  };
}

function tell(context: CliContext, outcome: MoveOutcome, options: MoveOptions, ms: number): void {
  const seconds = Math.round(ms / 100) / 10;
  if (options.json) context.print(JSON.stringify({ ...outcome, seconds }));
  switch (outcome.kind) {
    case "refused":
      throw new CommandFailed(
        options.json ? "" : "the database to move to holds tables already: give an empty one",
      );
    case "differs":
      throw new CommandFailed(
        options.json
          ? ""
          : `not equal after the copy: ${outcome.tables.map(({ name }) => name).join(", ") || "the sum of the ledger"}; the move stays unfinished, begin again with --anew`,
      );
    case "planned":
    case "moved":
      if (!options.json) for (const line of lines(outcome, seconds)) context.print(line);
  }
}

function lines(outcome: Extract<MoveOutcome, { kind: "planned" | "moved" }>, seconds: number): string[] {
  const rows = outcome.tables.reduce((sum, table) => sum + table.rows, 0);
  const counted = outcome.tables
    .filter((table) => table.rows > 0)
    .map((table) => `${table.name}: ${table.rows}`);
  if (outcome.kind === "planned")
    return [
      ...counted,
      `${rows} rows of ${outcome.tables.length} tables would be moved${outcome.isResumed ? ", going on with an unfinished move" : ""}; nothing was changed.`,
    ];
  const ledger = outcome.ledgerSum === null ? "" : " The entries of the ledger add up to 0 on both sides.";
  return [
    ...counted,
    `${rows} rows of ${outcome.tables.length} tables are on both sides alike, in ${seconds} s.${ledger}`,
    "Now set PRILAVOK_DATABASE_URL to the new database, keep PRILAVOK_SECRET_KEY or the key's file as it is, and start.",
  ];
}
