// What the API says of rules: what an apply changed, what the gate found, where a mistake stands.
import type { Checked, FieldProblemBody, Mistake } from "../../contract/index.ts";
import type { PromotionSet } from "../../core/pricing/index.ts";
import type { Finding } from "../../core/publication/index.ts";
import {
  type ApiCaller,
  type House,
  judgePublication,
  problemsOfSet,
  type RuleShelf,
  type RulesApplied,
  type RulesDifference,
} from "../../flows/index.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { shown } from "./route.ts";

/** Judges a set that was checked by its shape: mistakes first, the gate where there are none of shape. */
export async function judged(
  house: House,
  rules: RuleShelf,
  checked: Checked<PromotionSet>,
  query: GateQuery,
) {
  const problems =
    checked.kind === "refused" ? checked.problems : problemsOfSet(checked.document, rules.timeZone);
  const isUsable = problems.length === 0;
  const { findings, notAnalysed } =
    checked.kind === "refused"
      ? { findings: [], notAnalysed: [] }
      : await judgePublication(house, checked.document, rules.timeZone, settingsOf(query));
  return {
    isUsable,
    isPublishable: isUsable && findings.every(({ severity }) => severity !== "error"),
    problems: problems.map(told),
    findings: findings.map(findingShown),
    notAnalysed: notAnalysed.map((each) => ({ ...each, promotionIds: [...each.promotionIds] })),
  };
}

interface GateQuery {
  readonly lowestPercent?: number;
  readonly giftCap?: number;
}

function settingsOf({ lowestPercent, giftCap }: GateQuery) {
  return {
    ...(lowestPercent === undefined ? {} : { lowestShareBps: Math.round(lowestPercent * 100) }),
    ...(giftCap === undefined ? {} : { giftPriceCap: Math.round(giftCap * 100) }),
  };
}

function findingShown({ path, promotionIds, witness, ...rest }: Finding) {
  return {
    ...rest,
    path: pointerTo(path),
    promotionIds: [...promotionIds],
    witness:
      witness === null
        ? null
        : {
            lines: witness.cart.lines.map(({ offerId, quantity }) => ({
              offerId: offerId ?? "",
              quantity: (quantity ?? 0) / 1000,
            })),
            code: witness.cart.code,
            choices: witness.cart.choices.map(({ promotionId }) => promotionId),
            at: shown(witness.at),
            totalMinor: witness.total,
            applied: witness.applied.map(({ promotionId, amount }) => ({ promotionId, amountMinor: amount })),
          },
  };
}

/** How rules are applied. */
export function options(query: { note?: string; dryRun?: boolean }, { tokenId }: ApiCaller) {
  return { note: query.note ?? "", isDryRun: query.dryRun ?? false, actor: tokenId };
}

/** The gate is asked, and errors that the call does not name refuse it. */
export function gatedOptions(
  query: { note?: string; dryRun?: boolean; despite?: string },
  caller: ApiCaller,
) {
  const despite = (query.despite ?? "").split(",").map((code) => code.trim());
  return { ...options(query, caller), despite };
}

/** What became of an apply. */
export function answered(applied: RulesApplied) {
  if (applied.kind === "refused") {
    if (applied.reason === "not_publishable")
      return refused(
        applied.findings.map(({ path, code, message, suggestion }) => ({
          path,
          message: `${message.en} [${code}]`,
          suggestion: suggestion.en,
        })),
      );
    if (applied.reason === "does_not_compile") return refused(applied.problems);
    return refuse(applied.reason === "no_such_version" ? "not_found" : applied.reason);
  }
  if (applied.kind === "unchanged") return { kind: applied.kind, version: applied.version, difference: null };
  return {
    kind: applied.kind,
    version: applied.kind === "applied" ? applied.version : null,
    difference: differenceShown(applied.difference),
  };
}

/** Refuses rules with their mistakes. */
export function refused(mistakes: readonly Mistake[]): Refusal {
  return refuse("promotions_refused", undefined, mistakes.map(told));
}

/** A mistake with its place as all refusals write places: promotions[0].then is /body/promotions/0/then. */
function told({ path, message, suggestion }: Mistake): FieldProblemBody {
  return { path: pointerTo(path), message, ...(suggestion === undefined ? {} : { suggestion }) };
}

function pointerTo(path: string): string {
  const steps = [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\.?([^.[\]]+)/gu)];
  const pointer = steps.map(([, index, quoted, name]) => `/${index ?? quoted ?? name ?? ""}`).join("");
  return `/body${pointer}`;
}

/** A mistake of a set of one, told of the one. */
export function ofOne(mistake: Mistake): Mistake {
  return { ...mistake, path: mistake.path.replace(/^promotions\[0\]\.?/, "") };
}

/** What differs, promotion by promotion. */
export function differenceShown({ added, removed, changed, settings, isReordered }: RulesDifference) {
  return {
    added: [...added],
    removed: [...removed],
    changed: changed.map(({ id, name, fields }) => ({ id, name, fields: [...fields] })),
    settings: [...settings],
    isReordered,
  };
}
