// Everything that decides a price beside facts, as documents: the promotions, the programme, and their one hash.
import type { ProgrammeDocument, PromotionSet } from "../core/pricing/index.ts";
import type { StoredRuleset } from "../storage/index.ts";
import { canonicalJson, sha256 } from "./canonical-json.ts";

/** A rule set as its authors wrote it. */
export interface RuleDocuments {
  readonly set: PromotionSet;
  readonly programme: ProgrammeDocument | null;
}

/** What an installation has before anything was applied. */
export const NO_RULES: RuleDocuments = { set: { promotions: [] }, programme: null };

/** SHA-256 of the canonical documents: equal documents, equal hash, on any machine. */
export function hashOf(documents: RuleDocuments): string {
  return sha256(canonicalJson([documents.set, documents.programme]));
}

/** The documents of a stored version; they were checked before they were stored. */
export function documentsOf(stored: StoredRuleset): RuleDocuments {
  return {
    set: JSON.parse(stored.documents) as PromotionSet,
    programme: stored.programme === null ? null : (JSON.parse(stored.programme) as ProgrammeDocument),
  };
}
