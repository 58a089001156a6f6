// Drafts of rule sets: begun from what is in force, changed by several people, brought up to date, published.
import type { PromotionDocument, PromotionSet } from "../core/pricing/index.ts";
import {
  addRuleDraft,
  countOpenRuleDrafts,
  latestRuleset,
  listRuleDrafts,
  removeRuleDraft,
  rewriteRuleDraft,
  ruleDraftById,
  rulesetOf,
  type StoredRuleDraft,
  type Tx,
} from "../storage/index.ts";
import { applyRules, type RulesApplied } from "./apply-rules.ts";
import { compareRules, type RulesDifference } from "./compare-rules.ts";
import type { House } from "./house.ts";
import { mergeSets } from "./merge-rule-drafts.ts";
import { documentsOf, NO_RULES, type RuleDocuments } from "./rule-documents.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** Drafts that may be open at once. */
export const OPEN_DRAFTS_LIMIT = 50;

/** A draft with its set, and how it stands to the rules in force. */
export interface RuleDraft extends Omit<StoredRuleDraft, "document"> {
  readonly set: PromotionSet;
  /** Version of the rules in force now. */
  readonly inForce: number;
  readonly difference: RulesDifference;
}

/** A draft among others: without its set. */
export interface RuleDraftHead extends Omit<StoredRuleDraft, "document"> {
  readonly inForce: number;
}

/** What became of a draft. */
export type RuleDraftKept =
  | { readonly kind: "kept"; readonly draft: RuleDraft; readonly conflicts: readonly string[] }
  | {
      readonly kind: "refused";
      readonly reason: "not_found" | "stale_version" | "draft_published" | "too_many_drafts";
    };

const refused = (reason: Extract<RuleDraftKept, { kind: "refused" }>["reason"]): RuleDraftKept => ({
  kind: "refused",
  reason,
});

/** Begins a draft; `fromVersion`: an old version to begin from, null: the one in force. */
export function beginRuleDraft(
  house: House,
  wish: {
    readonly name: string;
    readonly note: string;
    readonly fromVersion: number | null;
    readonly actor: string;
  },
): Promise<RuleDraftKept> {
  const at = house.now();
  const id = house.newId();
  const { name, note, actor } = wish;
  return house.database.transaction(async (tx) => {
    if ((await countOpenRuleDrafts(tx)) >= OPEN_DRAFTS_LIMIT) return refused("too_many_drafts");
    const latest = await latestRuleset(tx);
    const from = wish.fromVersion === null ? latest : await rulesetOf(tx, wish.fromVersion);
    if (wish.fromVersion !== null && from === null) return refused("not_found");
    const { set } = from === null ? NO_RULES : documentsOf(from);
    const draft: StoredRuleDraft = {
      ...{ id, name, note, version: 1, baseVersion: latest?.version ?? 0, document: JSON.stringify(set) },
      ...{ createdBy: actor, createdAt: at, updatedBy: actor, updatedAt: at },
      ...{ publishedVersion: null, publishedAt: null },
    };
    await addRuleDraft(tx, draft);
    return kept(tx, draft);
  });
}

/** One draft; null: there is none. */
export function findRuleDraft(house: House, id: string): Promise<RuleDraft | null> {
  return house.database.read(async (tx) => {
    const stored = await ruleDraftById(tx, id);
    return stored === null ? null : wholeOf(tx, stored);
  });
}

/** Drafts, newest first, published ones too. */
export function findRuleDrafts(
  house: House,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly RuleDraftHead[]> {
  return house.database.read(async (tx) => {
    const inForce = (await latestRuleset(tx))?.version ?? 0;
    return (await listRuleDrafts(tx, page)).map(({ document: _document, ...head }) => ({ ...head, inForce }));
  });
}

/** Who changes which draft; `version`: the one that was seen, null: whatever it is. */
export interface DraftHand {
  readonly id: string;
  readonly version: number | null;
  readonly actor: string;
}

/** Changes the set of an open draft. */
export function changeRuleDraft(
  house: House,
  hand: DraftHand,
  change: (set: PromotionSet) => PromotionSet,
): Promise<RuleDraftKept> {
  return rewrite(house, hand, async (_tx, draft) => {
    const document = JSON.stringify(change(JSON.parse(draft.document) as PromotionSet));
    return { draft: { ...draft, document }, conflicts: [] };
  });
}

/** Gives an open draft another name or note. */
export function renameRuleDraft(
  house: House,
  hand: DraftHand,
  words: { readonly name?: string; readonly note?: string },
): Promise<RuleDraftKept> {
  return rewrite(house, hand, async (_tx, draft) => ({ draft: { ...draft, ...words }, conflicts: [] }));
}

/** Puts a promotion into a set: in its place, or at the end. */
export function withPromotion(set: PromotionSet, promotion: PromotionDocument): PromotionSet {
  const isKnown = set.promotions.some(({ id }) => id === promotion.id);
  const promotions = isKnown
    ? set.promotions.map((each) => (each.id === promotion.id ? promotion : each))
    : [...set.promotions, promotion];
  return { ...set, promotions };
}

/** Brings an open draft up to the rules in force; where both changed a promotion, the draft's stands and is named. */
export function catchUpRuleDraft(house: House, hand: DraftHand): Promise<RuleDraftKept> {
  return rewrite(house, hand, async (tx, draft) => {
    const latest = await latestRuleset(tx);
    const version = latest?.version ?? 0;
    const theirs = latest === null ? NO_RULES : documentsOf(latest);
    const base = await documentsAt(tx, draft.baseVersion);
    const { set, conflicts } = mergeSets(base.set, theirs.set, JSON.parse(draft.document) as PromotionSet);
    return { draft: { ...draft, baseVersion: version, document: JSON.stringify(set) }, conflicts };
  });
}

/** Throws a draft away; false: there is none. */
export function dropRuleDraft(house: House, id: string): Promise<boolean> {
  return house.database.transaction((tx) => removeRuleDraft(tx, id));
}

/** Why a draft was not published. */
export type DraftPublished =
  | RulesApplied
  | { readonly kind: "refused"; readonly reason: "not_found" | "draft_published" };

/** Brings a draft into force: by way of the gate, and only over the version that it was made for. */
export async function publishDraft(
  house: House,
  shelf: RuleShelf,
  hand: DraftHand,
  options: { readonly note: string; readonly isDryRun: boolean; readonly despite: readonly string[] },
): Promise<DraftPublished> {
  const draft = await house.database.read((tx) => ruleDraftById(tx, hand.id));
  if (draft === null) return { kind: "refused", reason: "not_found" };
  if (draft.publishedVersion !== null) return { kind: "refused", reason: "draft_published" };
  if (hand.version !== null && hand.version !== draft.version)
    return { kind: "refused", reason: "stale_version" };
  const note =
    options.note === "" ? [draft.name, draft.note].filter((part) => part !== "").join(": ") : options.note;
  const set = JSON.parse(draft.document) as PromotionSet;
  const applied = { id: draft.id, version: draft.version, actor: hand.actor };
  return applyRules(
    house,
    shelf,
    { set },
    { ...options, note, actor: hand.actor, ifVersion: draft.baseVersion, draft: applied },
  );
}

async function rewrite(
  house: House,
  { id, version, actor }: DraftHand,
  change: (
    tx: Tx,
    draft: StoredRuleDraft,
  ) => Promise<{ readonly draft: StoredRuleDraft; readonly conflicts: readonly string[] }>,
): Promise<RuleDraftKept> {
  const at = house.now();
  return house.database.transaction(async (tx) => {
    const stored = await ruleDraftById(tx, id);
    if (stored === null) return refused("not_found");
    if (stored.publishedVersion !== null) return refused("draft_published");
    if (version !== null && version !== stored.version) return refused("stale_version");
    const { draft, conflicts } = await change(tx, { ...stored, updatedBy: actor, updatedAt: at });
    if (!(await rewriteRuleDraft(tx, draft))) return refused("stale_version");
    return kept(tx, { ...draft, version: draft.version + 1 }, conflicts);
  });
}

async function kept(
  tx: Tx,
  draft: StoredRuleDraft,
  conflicts: readonly string[] = [],
): Promise<RuleDraftKept> {
  return { kind: "kept", draft: await wholeOf(tx, draft), conflicts };
}

async function wholeOf(tx: Tx, { document, ...draft }: StoredRuleDraft): Promise<RuleDraft> {
  const latest = await latestRuleset(tx);
  const before = latest === null ? NO_RULES : documentsOf(latest);
  const set = JSON.parse(document) as PromotionSet;
  return {
    ...draft,
    set,
    inForce: latest?.version ?? 0,
    difference: compareRules(before, { ...before, set }),
  };
}

async function documentsAt(tx: Tx, version: number): Promise<RuleDocuments> {
  const stored = version === 0 ? null : await rulesetOf(tx, version);
  return stored === null ? NO_RULES : documentsOf(stored);
}
