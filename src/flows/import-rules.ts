// A file of promotions or of a programme, read and brought into force: what the command line, world imports and demos call.
import type { ProgrammeDocument, PromotionSet } from "../core/pricing/index.ts";
import { type ApplyOptions, applyRules, type RulesApplied } from "./apply-rules.ts";
import type { House } from "./house.ts";
import { type AuthoredProblem, readProgramme, readPromotions } from "./read-promotions.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** What came of the file: refused as text, or what came of applying it. */
export type RulesImported =
  | RulesApplied
  | {
      readonly kind: "refused";
      readonly reason: "unreadable";
      readonly problems: readonly AuthoredProblem[];
    };

/** Reads promotions from YAML or JSON and makes them the ones in force. */
export async function importPromotions(
  house: House,
  shelf: RuleShelf,
  text: string,
  options: ApplyOptions,
): Promise<RulesImported> {
  const read = readPromotions(text, shelf.timeZone);
  if (read.kind === "refused") return { kind: "refused", reason: "unreadable", problems: read.problems };
  return applyRules(house, shelf, { set: read.document }, options);
}

/** Reads a programme from YAML or JSON and makes it the one in force. */
export async function importProgramme(
  house: House,
  shelf: RuleShelf,
  text: string,
  options: ApplyOptions,
): Promise<RulesImported> {
  const read = readProgramme(text);
  if (read.kind === "refused") return { kind: "refused", reason: "unreadable", problems: read.problems };
  return applyRules(house, shelf, { programme: read.document }, options);
}

/** The promotions in force, as they were written. */
export async function exportPromotions(shelf: RuleShelf): Promise<PromotionSet> {
  shelf.forget();
  return (await shelf.current()).documents.set;
}

/** The programme in force, as it was written; null where there is none. */
export async function exportProgramme(shelf: RuleShelf): Promise<ProgrammeDocument | null> {
  shelf.forget();
  return (await shelf.current()).documents.programme;
}
