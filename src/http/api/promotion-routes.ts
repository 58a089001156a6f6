// Promotions and the programme: read, check, apply, go back.
import {
  checkProgramme,
  checkPromotionSet,
  promotionCalls,
  promotionUseCalls,
} from "../../contract/index.ts";
import type { PromotionDocument } from "../../core/pricing/index.ts";
import {
  applyPromotion,
  applyRules,
  documentsOf,
  dropPromotion,
  returnToVersion,
  rulesHistory,
  rulesVersion,
  usesOfPromotion,
} from "../../flows/index.ts";
import { pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";
import { answered, gatedOptions, judged, ofOne, options, refused } from "./rules-shown.ts";

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
  async ({ house, rules, query, body }) => judged(house, rules, checkPromotionSet(body ?? null), query),
);

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
