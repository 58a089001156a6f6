// What a typed promo code is worth to the engine: the code table first, then the codes listed in the rules themselves.
import { type CodeFacts, countersOf, foldCode, type Limits, type Rules } from "../core/pricing/index.ts";
import { type FoundPromoCode, findPromoCode, readUses, type Tx } from "../storage/index.ts";

/** The rules as far as codes go. */
export type CodeRules = Pick<Rules, "codes"> & {
  /** Limits of promotions that limit the uses of a code, and the zone of their periods; absent: there are none. */
  readonly ofCodes?: ReadonlyMap<string, Limits>;
  readonly zone?: Rules["zone"];
};

/**
 * Facts of `code` for a customer (null: unknown), null for no code or an empty one. A row of the table beats the listed
 * code of the same spelling, so that a listed code can be blocked. A code of another customer, or of a batch that is
 * switched off, is blocked; one whose uses are used up is redeemed, until an order that used it is cancelled.
 */
export async function codeFacts(
  tx: Tx,
  code: string | null,
  rules: CodeRules,
  at: number,
  customerId: string | null = null,
): Promise<CodeFacts | null> {
  const folded = code === null ? "" : foldCode(code);
  if (folded === "") return null;
  const stored = await findPromoCode(tx, folded);
  const facts =
    stored === null
      ? codeFactsOfList(code, rules)
      : { promotionId: stored.promotionId, state: stateOf(stored, at, customerId) };
  // A code's own limit goes before the promotion's, and was read with it.
  if (facts?.state !== "free" || facts.promotionId === null || (stored?.usesPerCode ?? null) !== null)
    return facts;
  return (await isUsedUp(tx, folded, facts.promotionId, rules, at)) ? { ...facts, state: "redeemed" } : facts;
}

/** Whether a limit on uses of each code of the promotion leaves this one nothing. */
async function isUsedUp(
  tx: Tx,
  foldedCode: string,
  promotionId: string,
  { ofCodes, zone }: CodeRules,
  at: number,
): Promise<boolean> {
  const limits = ofCodes?.get(promotionId);
  if (limits === undefined || zone === undefined) return false;
  const use = { promotionId, limits, customerKey: null, foldedCode, usesOfCode: null, at, zone };
  const counters = countersOf(use).filter(({ kind }) => kind === "code");
  const used = await readUses(tx, counters);
  return counters.some(
    ({ period, mostUses }) =>
      mostUses !== null && (used.find((each) => each.period === period)?.uses ?? 0) >= mostUses,
  );
}

function stateOf(stored: FoundPromoCode, at: number, customerId: string | null): CodeFacts["state"] {
  if (stored.state !== "free") return stored.state;
  if (stored.usesPerCode !== null && stored.uses >= stored.usesPerCode) return "redeemed";
  if (stored.isBatchOff || (stored.customerId !== null && stored.customerId !== customerId)) return "blocked";
  return stored.validUntil !== null && at >= stored.validUntil ? "expired" : "free";
}

/** Facts of `code` by the listed codes alone, where there is no table to ask. */
export function codeFactsOfList(code: string | null, rules: Pick<Rules, "codes">): CodeFacts | null {
  const folded = code === null ? "" : foldCode(code);
  return folded === "" ? null : { promotionId: rules.codes.get(folded) ?? null, state: "free" };
}
