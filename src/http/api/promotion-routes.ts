// Promotions and the programme: read, check, apply, go back.
import {
  checkProgramme,
  checkPromotionSet,
  type FieldProblemBody,
  type Mistake,
  promotionCalls,
  promotionUseCalls,
} from "../../contract/index.ts";
import type { PromotionDocument } from "../../core/pricing/index.ts";
import type { Finding } from "../../core/publication/index.ts";
import {
  type ApiCaller,
  applyPromotion,
  applyRules,
  documentsOf,
  dropPromotion,
  judgePublication,
  problemsOfSet,
  type RulesApplied,
  returnToVersion,
  rulesHistory,
  rulesVersion,
  usesOfPromotion,
} from "../../flows/index.ts";
import { pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";

/** Versions that a list goes back. */
const HISTORY_LIMIT = 1000;

const listPromotions = route(promotionCalls.listPromotions, async ({ rules, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const { documents } = await rules.current();
  return pageOfWhole(
    documents.set.promotions,
    wish,
    (promotion) => promotion.id,
    (promotion) => promotion,
  );
});

const getPromotion = route(promotionCalls.getPromotion, async ({ rules, params }) => {
  const { documents } = await rules.current();
  return documents.set.promotions.find(({ id }) => id === params.promotionId) ?? refuse("not_found");
});

const putPromotion = route(promotionCalls.putPromotion, async ({ house, rules, query, body, caller }) => {
  const checked = checkPromotionSet({ promotions: [body ?? null] });
  if (checked.kind === "refused") return refused(checked.problems.map(ofOne));
  const promotion = checked.document.promotions[0] as PromotionDocument;
  return answered(await applyPromotion(house, rules, promotion, gatedOptions(query, caller)));
});

const removePromotion = route(
  promotionCalls.removePromotion,
  async ({ house, rules, params, query, caller }) => {
    const applied = await dropPromotion(house, rules, params.promotionId, options(query, caller));
    return applied.kind === "unchanged" ? refuse("not_found") : answered(applied);
  },
);

const getPromotionUses = route(promotionUseCalls.getPromotionUses, async ({ house, rules, params }) => {
  const uses = await usesOfPromotion(house, await rules.current(), params.promotionId);
  if (uses === null) return refuse("not_found");
  const { spent, limits, ...rest } = uses;
  return { ...rest, discountMinor: spent, limits: [...limits] };
});

const getPromotionSet = route(promotionCalls.getPromotionSet, async ({ rules }) => {
  const { version, hash, documents } = await rules.current();
  return { version, hash, set: documents.set };
});

const applyPromotionSet = route(
  promotionCalls.applyPromotionSet,
  async ({ house, rules, query, body, caller }) => {
    const checked = checkPromotionSet(body ?? null);
    if (checked.kind === "refused") return refused(checked.problems);
    return answered(await applyRules(house, rules, { set: checked.document }, gatedOptions(query, caller)));
  },
);

const validatePromotionSet = route(
  promotionCalls.validatePromotionSet,
  async ({ house, rules, query, body }) => {
    const checked = checkPromotionSet(body ?? null);
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
  },
);

function settingsOf({ lowestPercent, giftCap }: { lowestPercent?: number; giftCap?: number }) {
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

const listPromotionVersions = route(promotionCalls.listPromotionVersions, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  return pageOfWhole(
    await rulesHistory(house, HISTORY_LIMIT),
    wish,
    (header) => String(header.version),
    ({ version, hash, note, createdAt }) => ({ version, hash, note, createdAt: shown(createdAt) }),
  );
});

const getPromotionVersion = route(promotionCalls.getPromotionVersion, async ({ house, params }) => {
  const stored = await rulesVersion(house, params.version);
  if (stored === null) return refuse("not_found");
  const { version, hash, note, createdAt } = stored;
  return { version, hash, note, createdAt: shown(createdAt), ...documentsOf(stored) };
});

const restorePromotionVersion = route(
  promotionCalls.restorePromotionVersion,
  async ({ house, rules, params, query, caller }) =>
    answered(await returnToVersion(house, rules, params.version, options(query, caller))),
);

const getProgramme = route(promotionCalls.getProgramme, async ({ rules }) => {
  const { documents } = await rules.current();
  return { programme: documents.programme };
});

const applyProgramme = route(promotionCalls.applyProgramme, async ({ house, rules, query, body, caller }) => {
  const checked = checkProgramme(body ?? null);
  if (checked.kind === "refused") return refused(checked.problems);
  return answered(await applyRules(house, rules, { programme: checked.document }, options(query, caller)));
});

const removeProgramme = route(promotionCalls.removeProgramme, async ({ house, rules, query, caller }) =>
  answered(await applyRules(house, rules, { programme: null }, options(query, caller))),
);

/** Routes of the tag "promotions". */
export const promotionRoutes = [
  listPromotions,
  putPromotion,
  getPromotion,
  removePromotion,
  getPromotionUses,
  getPromotionSet,
  applyPromotionSet,
  validatePromotionSet,
  listPromotionVersions,
  getPromotionVersion,
  restorePromotionVersion,
  getProgramme,
  applyProgramme,
  removeProgramme,
];

function options(query: { note?: string; dryRun?: boolean }, { tokenId }: ApiCaller) {
  return { note: query.note ?? "", isDryRun: query.dryRun ?? false, actor: tokenId };
}

/** The gate is asked, and errors that the call does not name refuse it. */
function gatedOptions(query: { note?: string; dryRun?: boolean; despite?: string }, caller: ApiCaller) {
  const despite = (query.despite ?? "").split(",").map((code) => code.trim());
  return { ...options(query, caller), despite };
}

function answered(applied: RulesApplied) {
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
  const { added, removed, changed, settings, isReordered } = applied.difference;
  return {
    kind: applied.kind,
    version: applied.kind === "applied" ? applied.version : null,
    difference: {
      added: [...added],
      removed: [...removed],
      changed: changed.map(({ id, name, fields }) => ({ id, name, fields: [...fields] })),
      settings: [...settings],
      isReordered,
    },
  };
}

function refused(mistakes: readonly Mistake[]): Refusal {
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
function ofOne(mistake: Mistake): Mistake {
  return { ...mistake, path: mistake.path.replace(/^promotions\[0\]\.?/, "") };
}
