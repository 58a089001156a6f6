// Drafts of rule sets: begun, changed by several people, judged, tried on recorded carts, published.
import { checkPromotionSet, PREVIEW_LIMIT, promotionDraftCalls } from "../../contract/index.ts";
import { instant } from "../../core/basics/index.ts";
import type { PromotionDocument } from "../../core/pricing/index.ts";
import {
  beginRuleDraft,
  catchUpRuleDraft,
  changeRuleDraft,
  dropRuleDraft,
  findRuleDraft,
  findRuleDrafts,
  previewRules,
  publishDraft,
  type RuleDraft,
  type RuleDraftHead,
  type RuleDraftKept,
  type RulesPreviewed,
  renameRuleDraft,
  withPromotion,
} from "../../flows/index.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";
import { answered, differenceShown, gatedOptions, judged, ofOne, refused } from "./rules-shown.ts";

const list = route(promotionDraftCalls.listPromotionDrafts, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const found = await findRuleDrafts(house, { before: wish.after, limit: wish.limit + 1 });
  return pageOf(found, wish.limit, ({ id }) => id, headShown);
});

const create = route(promotionDraftCalls.createPromotionDraft, async ({ house, body, caller }) => {
  const { name, note = "", fromVersion = null } = body;
  return kept(await beginRuleDraft(house, { name, note, fromVersion, actor: caller.tokenId }));
});

const get = route(promotionDraftCalls.getPromotionDraft, async ({ house, params }) => {
  const draft = await findRuleDraft(house, params.draftId);
  return draft === null ? refuse("not_found") : draftShown(draft, []);
});

const rename = route(promotionDraftCalls.putPromotionDraft, async ({ house, params, query, body, caller }) =>
  kept(await renameRuleDraft(house, handOf(params.draftId, query, caller), body)),
);

const remove = route(promotionDraftCalls.removePromotionDraft, async ({ house, params }) =>
  (await dropRuleDraft(house, params.draftId)) ? undefined : refuse("not_found"),
);

const putSet = route(
  promotionDraftCalls.putPromotionDraftSet,
  async ({ house, params, query, body, caller }) => {
    const checked = checkPromotionSet(body ?? null);
    if (checked.kind === "refused") return refused(checked.problems);
    const hand = handOf(params.draftId, query, caller);
    return kept(await changeRuleDraft(house, hand, () => checked.document));
  },
);

const putPromotion = route(
  promotionDraftCalls.putDraftPromotion,
  async ({ house, params, query, body, caller }) => {
    const checked = checkPromotionSet({ promotions: [body ?? null] });
    if (checked.kind === "refused") return refused(checked.problems.map(ofOne));
    const promotion = checked.document.promotions[0] as PromotionDocument;
    const hand = handOf(params.draftId, query, caller);
    return kept(await changeRuleDraft(house, hand, (set) => withPromotion(set, promotion)));
  },
);

const removePromotion = route(
  promotionDraftCalls.removeDraftPromotion,
  async ({ house, params, query, caller }) =>
    kept(
      await changeRuleDraft(house, handOf(params.draftId, query, caller), (set) => ({
        ...set,
        promotions: set.promotions.filter(({ id }) => id !== params.promotionId),
      })),
    ),
);

const catchUp = route(promotionDraftCalls.catchUpPromotionDraft, async ({ house, params, query, caller }) =>
  kept(await catchUpRuleDraft(house, handOf(params.draftId, query, caller))),
);

const check = route(promotionDraftCalls.checkPromotionDraft, async ({ house, rules, params, query }) => {
  const draft = await findRuleDraft(house, params.draftId);
  if (draft === null) return refuse("not_found");
  return judged(house, rules, { kind: "fits", document: draft.set }, query);
});

const preview = route(promotionDraftCalls.previewPromotionDraft, async ({ house, rules, params, query }) => {
  const draft = await findRuleDraft(house, params.draftId);
  if (draft === null) return refuse("not_found");
  const at = (text: string | undefined) => (text === undefined ? null : instant(Date.parse(text)));
  const previewed = await previewRules(house, rules, draft.set, {
    from: at(query.from),
    until: at(query.until),
    channel: query.channel ?? null,
    last: query.last ?? PREVIEW_LIMIT.usualCarts,
    mostMs: (query.seconds ?? PREVIEW_LIMIT.usualSeconds) * 1000,
    ignoreDates: query.ignoreDates ?? false,
    examples: query.examples ?? 5,
  });
  if (previewed.kind === "previewed") return previewShown(previewed);
  return previewed.reason === "busy" ? refuse("overloaded") : refused(previewed.problems);
});

const publish = route(
  promotionDraftCalls.publishPromotionDraft,
  async ({ house, rules, params, query, caller }) => {
    const options = gatedOptions(query, caller);
    const done = await publishDraft(house, rules, handOf(params.draftId, query, caller), options);
    if (done.kind === "refused" && (done.reason === "not_found" || done.reason === "draft_published"))
      return refuse(done.reason);
    return answered(done as Exclude<typeof done, { reason: "not_found" | "draft_published" }>);
  },
);

/** Routes of drafts, of the tag "promotions". */
export const promotionDraftRoutes = [
  list,
  create,
  get,
  rename,
  remove,
  putSet,
  putPromotion,
  removePromotion,
  catchUp,
  check,
  preview,
  publish,
];

function handOf(id: string, { version }: { version?: number }, { tokenId }: { tokenId: string }) {
  return { id, version: version ?? null, actor: tokenId };
}

function kept(outcome: RuleDraftKept) {
  return outcome.kind === "refused" ? refuse(outcome.reason) : draftShown(outcome.draft, outcome.conflicts);
}

function headShown({ createdAt, updatedAt, publishedAt, ...head }: RuleDraftHead) {
  const [created, updated] = [shown(createdAt), shown(updatedAt)];
  return { ...head, createdAt: created, updatedAt: updated, publishedAt: shownOrNull(publishedAt) };
}

function draftShown({ set, difference, ...head }: RuleDraft, conflicts: readonly string[]) {
  return { ...headShown(head), set, difference: differenceShown(difference), conflicts: [...conflicts] };
}

type Previewed = Extract<RulesPreviewed, { kind: "previewed" }>;
type Report = Previewed["report"];

function previewShown({ report, outcomes, span, recorded, underOtherRules, isWhole }: Previewed) {
  const { taken, carts, gifts, leftOut, gaps } = report;
  return {
    since: shown(span.from),
    until: shown(span.until),
    recorded,
    looked: taken,
    isWhole,
    underOtherRules,
    carts,
    before: sumsShown(report.before),
    after: sumsShown(report.after),
    promotions: report.promotions.map(({ id, before, after, gifts: giftUnits }) => {
      const outcome = outcomes.get(id);
      return {
        promotionId: id,
        before: { carts: before.carts, amountMinor: before.amount },
        after: { carts: after.carts, amountMinor: after.amount },
        giftUnits,
        changedCarts: outcome?.changedCarts ?? 0,
        winners: outcome?.winners ?? 0,
        losers: outcome?.losers ?? 0,
        winning: (outcome?.winning ?? []).map(exampleShown),
        losing: (outcome?.losing ?? []).map(exampleShown),
      };
    }),
    gifts: [...gifts],
    cheaper: report.cheaper.map(cartShown),
    dearer: report.dearer.map(cartShown),
    leftOut: { ...leftOut },
    gaps: { ...gaps },
    asleep: [...report.asleep],
    neverApplied: [...report.neverApplied],
    segmentsUnseen: [...report.segmentsUnseen],
    giftsUnknown: [...report.giftsUnknown],
  };
}

function sumsShown({ gross, discount, total, willEarn, maySpend, freeUnits }: Report["before"]) {
  return {
    grossMinor: gross,
    discountMinor: discount,
    totalMinor: total,
    willEarnPoints: willEarn,
    maySpendPoints: maySpend,
    freeUnits,
  };
}

type Outcome = NonNullable<ReturnType<Previewed["outcomes"]["get"]>>;

function exampleShown(example: Outcome["winning"][number]) {
  return {
    calculationId: example.calculationId,
    amountBeforeMinor: example.amountBefore,
    amountAfterMinor: example.amountAfter,
    totalBeforeMinor: example.totalBefore,
    totalAfterMinor: example.totalAfter,
  };
}

function cartShown({ id, at, channel, lines, totalBefore, totalAfter }: Report["cheaper"][number]) {
  const totals = { totalBeforeMinor: totalBefore, totalAfterMinor: totalAfter };
  return { calculationId: id, at: shown(at), channel, lines, ...totals };
}
