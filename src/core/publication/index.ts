// The door of publication: analyse a rule set before it is published.
export { analysePublication, type PublicationReport, type PublicationSettings } from "./analysis.ts";
export type { KnownNames } from "./authored-checks.ts";
export type { CatalogueView } from "./catalogue.ts";
export type { CodesView } from "./code-checks.ts";
export { type Finding, findingOf, rubles } from "./finding.ts";
export { findRivals, type Rivals } from "./rivals.ts";
export { FINDING_CODES, type FindingCode } from "./words.ts";
