// The door of publication: analyse a rule set before it is published.
export {
  analysePublication,
  type PublicationInput,
  type PublicationReport,
  type PublicationSettings,
  type Unanalysed,
} from "./analysis.ts";
export { type KnownNames, SHOWN_LENGTHS } from "./authored-checks.ts";
export type { CatalogueView } from "./catalogue.ts";
export type { CodesView } from "./code-checks.ts";
export { type BothWords, type Finding, rubles, type Severity } from "./finding.ts";
export type { FloorSettings } from "./stacks.ts";
export type { Witness } from "./witness.ts";
export { FINDING_CODES, type FindingCode } from "./words.ts";
