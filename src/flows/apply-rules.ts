// A new rule set comes into force: compared with the one before, kept as a new version, all in one transaction.
import type { Mistake } from "../contract/index.ts";
import type { Instant } from "../core/basics/index.ts";
import type { ProgrammeDocument, PromotionDocument, PromotionSet } from "../core/pricing/index.ts";
import type { Finding } from "../core/publication/index.ts";
import {
  addRuleset,
  holdRuleDraft,
  latestRuleset,
  latestRulesetVersion,
  listRulesets,
  publishRuleDraft,
  type RulesetHeader,
  replacePromotions,
  rulesetOf,
  type StoredRuleset,
  type Tx,
} from "../storage/index.ts";
import { compareRules, isUnchanged, type RulesDifference } from "./compare-rules.ts";
import type { House } from "./house.ts";
import { obstaclesOf } from "./judge-publication.ts";
import { keepAudit } from "./keep-audit.ts";
import { noteEvent } from "./note-event.ts";
import { problemsOfProgramme, problemsOfSet } from "./read-promotions.ts";
import { documentsOf, hashOf, NO_RULES, type RuleDocuments } from "./rule-documents.ts";
import type { RuleShelf } from "./rule-shelf.ts";

/** What to change; what is absent stays as it is. */
export interface RulesChange {
  readonly set?: PromotionSet;
  readonly programme?: ProgrammeDocument | null;
}

/** How to apply. */
export interface ApplyOptions {
  /** Why, for whoever reads the history. */
  readonly note: string;
  /** Who, for the audit log; a command of the terminal when absent. */
  readonly actor?: string;
  /** Compare only. */
  readonly isDryRun?: boolean;
  /** Asks the publication gate; codes of its errors that shall not stand in the way. Absent: the gate is not asked. */
  readonly despite?: readonly string[];
  /** The version in force that the change was made for; refused where there is another one. */
  readonly ifVersion?: number;
  /** The draft that it is, at the version that was seen: published in the same transaction. */
  readonly draft?: { readonly id: string; readonly version: number; readonly actor: string };
}

/** What came of it. */
export type RulesApplied =
  | {
      readonly kind: "applied";
      readonly version: number;
      readonly hash: string;
      readonly difference: RulesDifference;
    }
  | { readonly kind: "planned"; readonly difference: RulesDifference }
  | { readonly kind: "unchanged"; readonly version: number; readonly hash: string }
  | { readonly kind: "refused"; readonly reason: "changed_meanwhile" | "no_such_version" | "stale_version" }
  | { readonly kind: "refused"; readonly reason: "does_not_compile"; readonly problems: readonly Mistake[] }
  | { readonly kind: "refused"; readonly reason: "not_publishable"; readonly findings: readonly Finding[] };

/** Brings `change` into force. Applying the same again does nothing and says so. */
export function applyRules(
  house: House,
  shelf: RuleShelf,
  change: RulesChange,
  options: ApplyOptions,
): Promise<RulesApplied> {
  const { set } = change;
  const read = async (): Promise<RulesChange> => change;
  if (set === undefined || options.despite === undefined) return apply(house, shelf, read, options);
  return applyGated(house, shelf, { set, read, options, about: null });
}

interface Gated {
  readonly set: PromotionSet;
  readonly read: (tx: Tx) => Promise<RulesChange>;
  readonly options: ApplyOptions;
  /** The one promotion whose findings count; null: all do. */
  readonly about: string | null;
}

/** Asks the gate first, outside of the transaction: it may take seconds. What it was made to pass stands in the note. */
async function applyGated(
  house: House,
  shelf: RuleShelf,
  { set, read, options, about }: Gated,
): Promise<RulesApplied> {
  // A set that does not compile, or changes nothing, is told apart before anything is searched.
  const planned = await apply(house, shelf, read, { ...options, isDryRun: true });
  if (planned.kind !== "planned") return planned;
  const { standing, passed } = await obstaclesOf(house, set, shelf.timeZone, options.despite ?? []);
  const findings = standing.filter(({ promotionIds }) => about === null || promotionIds.includes(about));
  if (findings.length > 0) return { kind: "refused", reason: "not_publishable", findings };
  if (options.isDryRun) return planned;
  const despite = passed.length === 0 ? [] : [`despite ${passed.join(", ")}`];
  const note = [options.note, ...despite].filter((part) => part !== "").join("; ");
  return apply(house, shelf, read, { ...options, note });
}

/**
 * Brings a whole old version into force again, as a new version: its promotions and its programme. Null: the version
 * before the one in force, so that the last change is undone. Codes of the code table are no part of a version and stay.
 */
export async function returnToVersion(
  house: House,
  shelf: RuleShelf,
  version: number | null,
  options: ApplyOptions,
): Promise<RulesApplied> {
  const wanted = version ?? (await house.database.read(latestRulesetVersion)) - 1;
  const change = async (tx: Tx): Promise<RulesChange | null> => {
    if (wanted === 0) return NO_RULES;
    const stored = await rulesetOf(tx, wanted);
    return stored === null ? null : documentsOf(stored);
  };
  const note = options.note === "" ? `back to version ${wanted}` : options.note;
  return apply(house, shelf, change, { ...options, note });
}

/** Adds a promotion to the ones in force, or replaces the one of its id in its place. */
export async function applyPromotion(
  house: House,
  shelf: RuleShelf,
  promotion: PromotionDocument,
  options: ApplyOptions,
): Promise<RulesApplied> {
  const read = readerOf((promotions) => {
    const isKnown = promotions.some(({ id }) => id === promotion.id);
    return isKnown
      ? promotions.map((each) => (each.id === promotion.id ? promotion : each))
      : [...promotions, promotion];
  });
  if (options.despite === undefined) return apply(house, shelf, read, options);
  const { set } = await house.database.read(read);
  return applyGated(house, shelf, { set, read, options, about: promotion.id });
}

/** Takes a promotion out of the ones in force; `unchanged` when it is not among them. */
export function dropPromotion(
  house: House,
  shelf: RuleShelf,
  promotionId: string,
  options: ApplyOptions,
): Promise<RulesApplied> {
  const read = readerOf((promotions) => promotions.filter(({ id }) => id !== promotionId));
  return apply(house, shelf, read, options);
}

/** The set in force with its promotions changed. */
function readerOf(change: (promotions: readonly PromotionDocument[]) => readonly PromotionDocument[]) {
  return async (tx: Tx): Promise<{ readonly set: PromotionSet }> => {
    const stored = await latestRuleset(tx);
    const { set } = stored === null ? NO_RULES : documentsOf(stored);
    return { set: { ...set, promotions: change(set.promotions) } };
  };
}

/** The version of that number; null when there is none. */
export function rulesVersion(house: House, version: number): Promise<StoredRuleset | null> {
  return house.database.read((tx) => rulesetOf(tx, version));
}

/** Versions there were, newest first. */
export function rulesHistory(house: House, limit: number): Promise<RulesetHeader[]> {
  return house.database.read((tx) => listRulesets(tx, limit));
}

async function apply(
  house: House,
  shelf: RuleShelf,
  read: (tx: Tx) => Promise<RulesChange | null>,
  options: ApplyOptions,
): Promise<RulesApplied> {
  const now = house.now();
  const outcome = await house.database.transaction(async (tx): Promise<RulesApplied> => {
    const change = await read(tx);
    if (change === null) return { kind: "refused", reason: "no_such_version" };
    const stored = await latestRuleset(tx);
    const isOther = options.ifVersion !== undefined && options.ifVersion !== (stored?.version ?? 0);
    if (isOther) return { kind: "refused", reason: "changed_meanwhile" };
    const before = stored === null ? NO_RULES : documentsOf(stored);
    const after: RuleDocuments = { ...before, ...change };
    const problems = [
      ...problemsOfSet(after.set, shelf.timeZone),
      ...(after.programme === null ? [] : problemsOfProgramme(after.programme)),
    ];
    if (problems.length > 0) return { kind: "refused", reason: "does_not_compile", problems };
    const difference = compareRules(before, after);
    const hash = hashOf(after);
    if (isUnchanged(difference)) return { kind: "unchanged", version: stored?.version ?? 0, hash };
    if (options.isDryRun) return { kind: "planned", difference };
    const { draft } = options;
    const isHeld = draft === undefined || (await holdRuleDraft(tx, draft.id, draft.version));
    if (!isHeld) return { kind: "refused", reason: "stale_version" };
    const version = (stored?.version ?? 0) + 1;
    const isAdded = await addRuleset(tx, {
      version,
      hash,
      documents: JSON.stringify(after.set),
      programme: after.programme === null ? null : JSON.stringify(after.programme),
      note: options.note,
      createdAt: now,
    });
    // Only PostgreSQL with two instances gets here: the other apply was first, and this comparison is out of date.
    if (!isAdded) return { kind: "refused", reason: "changed_meanwhile" };
    const promotions = after.set.promotions.map((each) => ({ id: each.id, document: JSON.stringify(each) }));
    await replacePromotions(tx, promotions);
    await tellApplied(tx, house, options, { version, hash, difference, at: now });
    return { kind: "applied", version, hash, difference };
  });
  shelf.forget();
  return outcome;
}

/** What follows from a new version: the event, the draft's end, the entry of the audit log. */
async function tellApplied(
  tx: Tx,
  house: House,
  { draft, note, actor }: ApplyOptions,
  applied: {
    readonly version: number;
    readonly hash: string;
    readonly difference: RulesDifference;
    readonly at: Instant;
  },
): Promise<void> {
  const { version, hash, difference, at } = applied;
  const subject = { type: "rules", id: "promotions" };
  await noteEvent(tx, house, { kind: "rules.published", subject, body: { version, hash, note }, at });
  if (draft !== undefined) await publishRuleDraft(tx, draft.id, { version, actor: draft.actor, at });
  await keepAudit(tx, {
    at,
    actor: actor ?? "cli",
    action: "promotions.publish",
    subject: `version ${version}`,
    details: {
      note,
      ...(draft === undefined ? {} : { draft: draft.id }),
      before: version - 1,
      after: version,
      difference,
    },
  });
}
