// The files that a world folder may hold, in the order in which they are taken: what others speak of goes first.
import { type ImportOutcome, importFeed, importOutlets, importStock } from "../flows/index.ts";
import { feedFile, stockFile } from "../protocols/yml-feed/index.ts";
import { countsText, outcomeLines } from "./import-report.ts";
import type { Installation } from "./installation.ts";
import { readOutlets } from "./outlets-file.ts";
import { ruleFiles } from "./rule-files.ts";
import { shopFiles } from "./shop-files.ts";

/** What came of one file. */
export interface FileOutcome {
  /** False: the file did not take effect, and the command fails. */
  readonly isDone: boolean;
  /** One sentence or a few counts, for a person. */
  readonly message: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** One kind of file. */
export interface WorldFile {
  /** Its name in the folder. */
  readonly file: string;
  /** Imports it; `report` takes lines for the operator, such as problems with their places. May be called again with the same file. */
  import(installation: Installation, path: string, report: (line: string) => void): Promise<FileOutcome>;
}

/** Every file that is known. */
export const worldFiles: readonly WorldFile[] = [
  {
    file: "outlets.csv",
    import: async ({ house }, path, report) =>
      outcomeOf(await importOutlets(house, path, await readOutlets(path)), report),
  },
  {
    file: "feed.yml.xml",
    import: async ({ house, config }, path, report) => {
      const mostVanishedPercent = config.number("feed.mostVanished");
      return outcomeOf(await importFeed(house, feedFile({ path }), { mostVanishedPercent }), report);
    },
  },
  {
    file: "stock.xml",
    import: async ({ house }, path, report) =>
      outcomeOf(await importStock(house, stockFile({ path })), report),
  },
  ...ruleFiles,
  ...shopFiles,
];

function outcomeOf(outcome: ImportOutcome, report: (line: string) => void): FileOutcome {
  const [headline = "", ...rest] = outcomeLines(outcome);
  for (const line of rest) report(line);
  const isDone = outcome.kind === "applied" || outcome.kind === "unchanged";
  if (outcome.kind === "refused") return { isDone, message: headline, counts: {} };
  return { isDone, message: isDone ? countsText(outcome.counts) : headline, counts: outcome.counts };
}
