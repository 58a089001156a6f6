// Drafts as the pages know them, and catching up with the rules in force.
import { promotionDraftCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { DRAFT_TOUCHES } from "./sets.ts";

/** A draft with its set. */
export type Draft = AnswerOf<typeof promotionDraftCalls.getPromotionDraft>;

/** Brings a draft up to the rules in force, and tells what both changed. */
export function useCatchUp() {
  const { say } = useReader();
  const { tell } = useToasts();
  return useChange(promotionDraftCalls.catchUpPromotionDraft, {
    touches: DRAFT_TOUCHES,
    onDone: ({ conflicts }) => {
      const both =
        conflicts.length === 0 ? "" : ` ${say("promotions.draft.conflicts")} ${conflicts.join(", ")}`;
      tell(`${say("promotions.draft.caughtUp")}.${both}`);
    },
  });
}
