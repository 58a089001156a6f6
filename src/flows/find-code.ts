// What a typed promo code is worth to the engine: the code table first, then the codes listed in the rules themselves.
import { type CodeFacts, foldCode, type Rules } from "../core/pricing/index.ts";
import { type FoundPromoCode, findPromoCode, type Tx } from "../storage/index.ts";

/**
 * Facts of `code` for a customer (null: unknown), null for no code or an empty one. A row of the table beats the listed
 * code of the same spelling, so that a listed code can be blocked. A code of another customer, or of a batch that is
 * switched off, is blocked.
 */
export async function codeFacts(
  tx: Tx,
  code: string | null,
  rules: Pick<Rules, "codes">,
  at: number,
  customerId: string | null = null,
): Promise<CodeFacts | null> {
  const folded = code === null ? "" : foldCode(code);
  if (folded === "") return null;
  const stored = await findPromoCode(tx, folded);
  if (stored === null) return codeFactsOfList(code, rules);
  return { promotionId: stored.promotionId, state: stateOf(stored, at, customerId) };
}

function stateOf(stored: FoundPromoCode, at: number, customerId: string | null): CodeFacts["state"] {
  if (stored.state !== "free") return stored.state;
  if (stored.isBatchOff || (stored.customerId !== null && stored.customerId !== customerId)) return "blocked";
  return stored.validUntil !== null && at >= stored.validUntil ? "expired" : "free";
}

/** Facts of `code` by the listed codes alone, where there is no table to ask. */
export function codeFactsOfList(code: string | null, rules: Pick<Rules, "codes">): CodeFacts | null {
  const folded = code === null ? "" : foldCode(code);
  return folded === "" ? null : { promotionId: rules.codes.get(folded) ?? null, state: "free" };
}
