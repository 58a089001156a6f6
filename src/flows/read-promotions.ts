// From a file's text to a rule set or a programme: well formed, fitting the schema, and meaning something to the engine.
import { type Checked, checkProgramme, checkPromotionSet, type Mistake } from "../contract/index.ts";
import {
  compileProgramme,
  compileRules,
  type ProgrammeDocument,
  type PromotionSet,
} from "../core/pricing/index.ts";
import { showcaseProblems } from "./check-showcase.ts";
import { type DocumentRead, readDocument } from "./read-document.ts";

/** A mistake with the line it stands in, where that is known. */
export interface AuthoredProblem extends Mistake {
  /** From 1. */
  readonly line: number | null;
}

/** The document, or everything that is wrong with it. */
export type Authored<Document> =
  | { readonly kind: "read"; readonly document: Document }
  | { readonly kind: "refused"; readonly problems: readonly AuthoredProblem[] };

/** Reads promotions from YAML or JSON for a shop in `timeZone`. */
export function readPromotions(text: string, timeZone: string): Authored<PromotionSet> {
  return read(text, checkPromotionSet, (set) => problemsOfSet(set, timeZone));
}

/** Reads a programme from YAML or JSON. */
export function readProgramme(text: string): Authored<ProgrammeDocument> {
  return read(text, checkProgramme, problemsOfProgramme);
}

/** What the engine finds wrong with a set that fits the schema, and texts of codes that the app cannot show whole. */
export function problemsOfSet(set: PromotionSet, timeZone: string): readonly Mistake[] {
  const compiled = compileRules(set, timeZone);
  return [...(compiled.kind === "refused" ? compiled.problems : []), ...showcaseProblems(set)];
}

/** What the engine finds wrong with a programme that fits the schema. */
export function problemsOfProgramme(programme: ProgrammeDocument): readonly Mistake[] {
  const compiled = compileProgramme(programme);
  return compiled.kind === "refused" ? compiled.problems : [];
}

function read<Document>(
  text: string,
  check: (value: unknown) => Checked<Document>,
  compile: (document: Document) => readonly Mistake[],
): Authored<Document> {
  const source = readDocument(text);
  if (source.kind === "broken") {
    const { line, message } = source;
    return { kind: "refused", problems: [{ path: "", line, message }] };
  }
  const checked = check(source.value);
  if (checked.kind === "refused") return refused(source, checked.problems);
  const problems = compile(checked.document);
  return problems.length > 0 ? refused(source, problems) : { kind: "read", document: checked.document };
}

function refused(source: DocumentRead, problems: readonly Mistake[]): Authored<never> {
  return { kind: "refused", problems: problems.map((each) => ({ ...each, line: source.lineOf(each.path) })) };
}

/** A problem for a person to read: line, path, sentence, suggestion. */
export function problemLine({ line, path, message, suggestion }: AuthoredProblem): string {
  const place = line === null ? "" : `line ${line}: `;
  const subject = path === "" ? "the document" : path;
  return `${place}${subject} ${message}${suggestion === undefined ? "" : ` — ${suggestion}`}`;
}
