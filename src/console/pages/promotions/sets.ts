// Rule sets as the pages read them: the promotions inside, and which answers are out of date once a draft or the rules change.
import { promotionBoardCalls, promotionCalls, promotionDraftCalls } from "../../../contract/index.ts";

/** A promotion of a set: its id and whatever it says. */
export type SetPromotion = Readonly<Record<string, unknown>> & { readonly id: string };

/** Promotions of a set. */
export function promotionsOf(set: object): readonly SetPromotion[] {
  return ((set as { promotions?: readonly SetPromotion[] }).promotions ?? []) as readonly SetPromotion[];
}

/** What a changed draft makes old. */
export const DRAFT_TOUCHES = [
  promotionDraftCalls.getPromotionDraft,
  promotionDraftCalls.listPromotionDrafts,
  promotionDraftCalls.checkPromotionDraft,
  promotionDraftCalls.previewPromotionDraft,
];

/** What other rules in force make old. */
export const RULES_TOUCHES = [
  ...DRAFT_TOUCHES,
  promotionBoardCalls.readPromotionBoard,
  promotionCalls.getPromotion,
  promotionCalls.getPromotionSet,
  promotionCalls.listPromotionVersions,
];
