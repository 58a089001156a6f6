// Promotions, the programme and promo codes as files of a world: the same importers as the commands of their own.
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import {
  findingLine,
  importCodes,
  importProgramme,
  importPromotions,
  problemLine,
  type RulesImported,
} from "../flows/index.ts";
import { countsText } from "./import-report.ts";
import type { FileOutcome, WorldFile } from "./world-files.ts";

/** In the order in which they are taken: codes name promotions. */
export const ruleFiles: readonly WorldFile[] = [
  {
    file: "programme.yaml",
    import: async ({ house, rules }, path, report) =>
      outcomeOf(
        await importProgramme(house, rules, await readFile(path, "utf8"), { note: "import world" }),
        report,
      ),
  },
  {
    file: "promotions.yaml",
    import: async ({ house, rules }, path, report) =>
      outcomeOf(
        await importPromotions(house, rules, await readFile(path, "utf8"), {
          note: "import world",
          despite: [],
        }),
        report,
      ),
  },
  {
    file: "codes.csv",
    import: async ({ house, rules }, path, report) => {
      const file = { open: () => createReadStream(path) };
      const {
        problems,
        reasons: _,
        ...counts
      } = await importCodes(house, rules, file, { batch: "codes.csv" });
      for (const { line, message } of problems) report(`line ${line}: ${message}`);
      const { added, changed, unchanged, refused } = counts;
      const message = `${added} added, ${changed} changed, ${unchanged} unchanged, ${refused} left out`;
      return { isDone: refused === 0, message, counts };
    },
  },
];

function outcomeOf(outcome: RulesImported, report: (line: string) => void): FileOutcome {
  if (outcome.kind === "unchanged") return { isDone: true, message: "nothing to do", counts: {} };
  if (outcome.kind === "refused") {
    const problems = "problems" in outcome ? outcome.problems : [];
    for (const problem of problems) report(problemLine({ line: null, ...problem }));
    for (const finding of "findings" in outcome ? outcome.findings : []) report(findingLine(finding, "en"));
    return { isDone: false, message: `not applied: ${outcome.reason.replaceAll("_", " ")}`, counts: {} };
  }
  const { added, changed, removed, settings } = outcome.difference;
  const counts = {
    added: added.length,
    changed: changed.length,
    removed: removed.length,
    settings: settings.length,
  };
  const version = outcome.kind === "applied" ? `version ${outcome.version}: ` : "";
  const message = `${version}${countsText(counts)}`;
  return { isDone: true, message, counts };
}
