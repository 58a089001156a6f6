// `import feed FILE|URL`: the catalogue from a YML feed.
import type { Command } from "commander";
import type { Config } from "../config/index.ts";
import { acceptHeldFeed, type ImportOutcome, importFeed } from "../flows/index.ts";
import { type FeedSource, refreshFeed } from "../jobs/index.ts";
import { feedFile } from "../protocols/yml-feed/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import { existingFile, reportImport, withProgress } from "./import-report.ts";
import { keepMemoryLow } from "./memory.ts";

/** Adds the command. */
export function registerImportFeed(group: Command, context: CliContext): void {
  group
    .command("feed [fileOrUrl]")
    .description("goods from a YML feed (UTF-8 or windows-1251, gzip or not)")
    .option("--accept-held <id>", "apply an import that was held because goods would vanish")
    .action(async (target: string | undefined, options: { acceptHeld?: string; json?: boolean }) => {
      if (options.acceptHeld !== undefined) return accept(context, options.acceptHeld, options.json);
      if (target === undefined)
        throw new CommandFailed("name a file or an address, or an import to accept", 2);
      reportImport(context, await take(context, target), options.json);
    });
}

/** The scheduled feed as it is set; null when there is none. */
export function feedSource(config: Config): FeedSource | null {
  const url = config.optional("feed.url");
  return url === null ? null : { url, mostVanishedPercent: config.number("feed.mostVanished") };
}

async function accept(context: CliContext, id: string, isJson: boolean | undefined): Promise<void> {
  const { house } = await context.installation();
  const isApplied = await acceptHeldFeed(house, id);
  if (isJson) context.print(JSON.stringify({ accepted: isApplied }));
  else if (isApplied) context.print("Applied: carts see the held catalogue now.");
  if (!isApplied)
    throw new CommandFailed(
      isJson ? "" : "nothing was applied: no held import has that id, or a newer one came",
    );
}

async function take(context: CliContext, target: string): Promise<ImportOutcome> {
  const { house } = await context.installation();
  if (!context.isInServer) keepMemoryLow();
  const mostVanishedPercent = context.config().number("feed.mostVanished");
  if (/^https?:\/\//i.test(target)) {
    const refresh = await refreshFeed(house, { url: target, mostVanishedPercent, isConditional: false });
    if (refresh.kind === "imported") return refresh.outcome;
    throw new CommandFailed(
      `not imported: ${refresh.kind === "unreachable" ? refresh.reason : refresh.kind}`,
    );
  }
  const { path, bytes } = await existingFile(context, target);
  return withProgress(context, bytes, (onBytes) =>
    importFeed(house, feedFile({ path, onBytes }), { mostVanishedPercent }),
  );
}
